import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ErasurePlace } from '#shared/domain/erasure/erasure-place.ts'
import { type Marker, textMarkers } from '#shared/domain/erasure/marker.ts'
import { termMarkers } from '#shared/domain/erasure/term-markers.ts'
import { blockKey } from '#shared/store-format/postings/posting-store.ts'
import type { StoreDb } from '../db/database.ts'

/** A residue that was put somewhere on purpose, to see whether a search finds it there. */
export interface Planted {
  readonly what: string
  readonly place: ErasurePlace
  readonly marker: Marker
}

export interface PlantingStore {
  readonly db: StoreDb
  readonly file: string
  readonly tempFolder: string
}

const ROWS = 40
const FILLING = 'x'.repeat(2000)
const TERM = 2 ** 46 + 987_654

/** One residue in each place of a real store, as a careless program would leave it. `numberFor` gives 13 digits, each time others. */
export function plantInStore({ db, file, tempFolder }: PlantingStore, numberFor: () => string): Planted[] {
  const { raw } = db
  const planted: Planted[] = []
  const plant = (what: string, place: ErasurePlace): string => {
    const number = numberFor()
    const [marker] = textMarkers('registration_no', number)
    if (marker === undefined) throw new Error('a number that is no marker')
    planted.push({ what, place, marker })
    return number
  }
  raw.pragma('wal_autocheckpoint = 0')
  raw.exec('CREATE TABLE planted (no INTEGER PRIMARY KEY, text TEXT NOT NULL)')
  const insert = raw.prepare('INSERT INTO planted (text) VALUES (?)')
  insert.run(plant('a row', 'store_pages'))
  db.raw.prepare('INSERT INTO search_blocks (key, postings) VALUES (?, ?)').run(blockKey(TERM, 0), new Uint8Array(1))
  const [term] = termMarkers([TERM])
  if (term !== undefined) planted.push({ what: 'a posting list', place: 'store_pages', marker: term })
  raw.pragma('secure_delete = OFF')
  const deleted = plant('a deleted row in a free page', 'store_free')
  for (let row = 0; row < ROWS; row++) insert.run(`${deleted} ${FILLING}`)
  raw.exec("DELETE FROM planted WHERE text LIKE '% x%'")
  raw.pragma('secure_delete = ON')
  raw.pragma('wal_checkpoint(TRUNCATE)')
  const logged = plant('a row that was deleted again, in the log', 'store_log')
  insert.run(logged)
  raw.prepare('DELETE FROM planted WHERE text = ?').run(logged)
  appendFileSync(`${file}-shm`, plant('bytes in the shared memory file', 'store_shm'))
  writeFileSync(path.join(path.dirname(file), 'draft.tmp'), plant('a file beside the store', 'store_files'))
  mkdirSync(tempFolder, { recursive: true })
  writeFileSync(path.join(tempFolder, 'print.tmp'), plant('a temporary file', 'store_temp'))
  return planted
}
