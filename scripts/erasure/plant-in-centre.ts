import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { v7 as newUuid } from 'uuid'
import type { ErasurePlace } from '#shared/domain/erasure/erasure-place.ts'
import { textMarkers } from '#shared/domain/erasure/marker.ts'
import type { Planted } from '../../electron/store/testing/plant-residues.ts'
import type { Centre } from '../../server/centre.ts'
import { dataFoldersOf } from '../../server/erasure/data-folders.ts'

export interface PlantingCentre {
  readonly centre: Pick<Centre, 'pool' | 'keysPool' | 'cipher'>
  readonly logFolder: string
  readonly tempFolder: string
}

type Plant = (what: string, place: ErasurePlace) => string

/** One residue in each place where a centre could leave it, in the clear: real rows, real files. */
export async function plantInCentre(planting: PlantingCentre, numberFor: () => string): Promise<Planted[]> {
  const planted: Planted[] = []
  const plant: Plant = (what, place) => {
    const number = numberFor()
    const [marker] = textMarkers('registration_no', number)
    if (marker === undefined) throw new Error('a number that is no marker')
    planted.push({ what, place, marker })
    return number
  }
  await plantRows(planting.centre, plant)
  await plantPieces(planting.centre, plant)
  const [folder] = await dataFoldersOf([planting.centre.pool])
  const { rows } = await planting.centre.pool.query<{ oid: string }>(
    'SELECT oid::text AS oid FROM pg_database WHERE datname = current_database()'
  )
  const dir = folder?.dir ?? ''
  for (const made of ['log', 'base/pgsql_tmp']) mkdirSync(path.join(dir, made), { recursive: true })
  for (const made of [planting.logFolder, planting.tempFolder]) mkdirSync(made, { recursive: true })
  const files: Array<[string, string, ErasurePlace]> = [
    [path.join(dir, 'log/postgresql.log'), 'the log of PostgreSQL', 'logs'],
    [path.join(planting.logFolder, 'centre.log'), 'the log of the centre', 'logs'],
    [path.join(dir, 'base/pgsql_tmp/pgsql_tmp9.0'), 'a sort that PostgreSQL spilled', 'temp'],
    [path.join(planting.tempFolder, 'export.tmp'), 'a temporary file', 'temp'],
    [path.join(dir, 'base', rows[0]?.oid ?? '', 't9_999999'), 'a temporary table', 'other']
  ]
  for (const [file, what, place] of files) {
    if (place === 'logs') appendFileSync(file, `${plant(what, place)}\n`)
    else writeFileSync(file, plant(what, place))
  }
  return planted
}

async function plantRows({ pool, keysPool, cipher }: PlantingCentre['centre'], plant: Plant): Promise<void> {
  await pool.query('CREATE TABLE planted (text text) WITH (autovacuum_enabled = false)')
  await pool.query('CREATE TABLE planted_keys (text text) WITH (autovacuum_enabled = false)')
  await pool.query('CREATE INDEX planted_index ON planted_keys (text)')
  await pool.query('CREATE TABLE planted_long (text text) WITH (autovacuum_enabled = false)')
  await pool.query('ALTER TABLE planted_long ALTER COLUMN text SET STORAGE EXTERNAL')
  await pool.query('INSERT INTO planted VALUES ($1)', [plant('a row that was deleted, before vacuum', 'heap')])
  await pool.query('DELETE FROM planted')
  const filling = Buffer.from(cipher.randomBytes(6000)).toString('hex')
  await pool.query('INSERT INTO planted_long VALUES ($1)', [plant('a long value', 'toast') + filling])
  await pool.query('DELETE FROM planted_long')
  await pool.query('INSERT INTO planted_keys VALUES ($1)', [plant('an entry of an index', 'index')])
  await pool.query('DELETE FROM planted_keys')
  await pool.query("SELECT pg_logical_emit_message(false, 'planted', $1::text)", [plant('the write-ahead log', 'wal')])
  await keysPool.query('CREATE TABLE planted (text text)')
  await keysPool.query('INSERT INTO planted VALUES ($1)', [plant('a row of the keys database', 'heap')])
}

async function plantPieces({ pool, cipher }: PlantingCentre['centre'], plant: Plant): Promise<void> {
  const piece = (what: string, place: ErasurePlace): Uint8Array =>
    Buffer.concat([cipher.randomBytes(9000), Buffer.from(plant(what, place)), cipher.randomBytes(9000)])
  await pool.query('INSERT INTO document_chunks (case_id, sha256, received_at, content) VALUES ($1, $2, now(), $3)', [
    ...[newUuid(), cipher.randomBytes(32), piece('a piece of a document', 'documents')]
  ])
  await pool.query('INSERT INTO snapshot_chunks (snapshot_id, no, sha256, content) VALUES ($1, 0, $2, $3)', [
    ...[newUuid(), cipher.randomBytes(32), piece('a part of a prepared copy', 'prepared')]
  ])
}
