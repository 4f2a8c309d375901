import {
  closeSync,
  existsSync,
  fsync,
  ftruncateSync,
  openSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  write
} from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import type Database from 'better-sqlite3-multiple-ciphers'
import { z } from 'zod'
import { SALT_BYTES } from '#shared/cipher/sqlcipher-page.ts'
import { PAGE_BYTES } from '#shared/cipher/sqlcipher-sizes.ts'
import { CASE_TABLES, type SchemaEntry, SELECT_CASE_SCHEMA, schemaText } from '#shared/store-format/schema.ts'
import { syncFolder, writeFileAtomically } from '../keys/atomic-file.ts'
import { nodeCipher, pageSealer } from '../keys/node-crypto.ts'
import { openKeyedConnection } from './connection.ts'
import { createReader, type ReadableDb } from './statements.ts'
import { createWriteTx, type WriteTx } from './write-tx.ts'

/**
 * A store that comes as ready-made pages: they lie sealed under the store's own key in a file beside the store, from the
 * first byte on, until they take its place. What is in place already outlives a crash, to the last mark.
 */
export interface StoreImage {
  /** Parts that are in place. */
  readonly parts: number
  /**
   * The next part: whole plain pages, which are sealed where they are, a few at a time; `between` gives the thread to
   * whoever waits. It is written while the next one is sealed. One call at a time.
   */
  append(pages: Uint8Array, between: () => Promise<void>): Promise<void>
  /** Writes down how far it is, on the disk, while other parts come. */
  mark(): Promise<void>
  /** When all is written. */
  close(): Promise<void>
}

export interface KeyedFile {
  readonly file: string
  readonly key: Uint8Array
  readonly nativeBinding?: string | undefined
}

const markSchema = z.object({
  snapshotId: z.string(),
  parts: z.int().nonnegative(),
  pages: z.int().nonnegative()
})

const imagePath = (storeFile: string): string => `${storeFile}.incoming`
const markPath = (storeFile: string): string => `${storeFile}.incoming.json`

/** Goes on with the image of this snapshot, or begins it. */
export function openStoreImage({ file, key }: KeyedFile, snapshotId: string): StoreImage {
  const known = readMark(file)
  const isKnown = known?.snapshotId === snapshotId && existsSync(imagePath(file))
  if (!isKnown) dropStoreImage(file)
  let { parts, pages } = isKnown ? known : { parts: 0, pages: 0 }
  const handle = openSync(imagePath(file), isKnown ? 'r+' : 'wx+', 0o600)
  ftruncateSync(handle, pages * PAGE_BYTES)
  const salt = pages === 0 ? nodeCipher.randomBytes(SALT_BYTES) : readSalt(handle)
  const sealer = pageSealer(key, salt)
  const writes = createWrites(handle)
  return {
    get parts() {
      return parts
    },
    append: async (plain, between) => {
      for (let at = 0; at < plain.length; at += SLICE_BYTES) {
        sealer.seal(pages + 1 + at / PAGE_BYTES, plain.subarray(at, at + SLICE_BYTES))
        await between()
      }
      await writes.settled()
      writes.begin(plain, pages * PAGE_BYTES)
      parts += 1
      pages += plain.length / PAGE_BYTES
    },
    mark: async () => {
      const reached = { snapshotId, parts, pages }
      await writes.settled()
      await sync(handle)
      writeFileAtomically(markPath(file), JSON.stringify(reached))
    },
    close: async () => {
      await writes.ended()
      closeSync(handle)
    }
  }
}

/** A millisecond or two of sealing. */
const SLICE_BYTES = 64 * PAGE_BYTES

const writeAt = promisify(write)
const sync = promisify(fsync)

/** One write at a time, beside the thread; what went wrong is thrown where it is asked for. */
function createWrites(handle: number) {
  let writing: Promise<{ readonly fault: unknown } | null> = Promise.resolve(null)
  return {
    begin: (bytes: Uint8Array, at: number): void => {
      writing = writeWhole(handle, bytes, at).then(
        () => null,
        (fault: unknown) => ({ fault })
      )
    },
    settled: async (): Promise<void> => {
      const failed = await writing
      if (failed !== null) throw failed.fault
    },
    ended: async (): Promise<void> => {
      await writing
    }
  }
}

/** A disk that is nearly full takes a part of it, and says so at the next try. */
async function writeWhole(handle: number, bytes: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await writeAt(handle, bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}

export function dropStoreImage(file: string): void {
  for (const one of [markPath(file), imagePath(file)]) rmSync(one, { force: true })
}

function readMark(file: string): z.infer<typeof markSchema> | null {
  if (!existsSync(markPath(file))) return null
  try {
    return markSchema.safeParse(JSON.parse(readFileSync(markPath(file), 'utf8'))).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null // half a file of before a power cut: begin anew
    throw error
  }
}

function readSalt(handle: number): Uint8Array {
  const salt = new Uint8Array(SALT_BYTES)
  readSync(handle, salt, 0, SALT_BYTES, 0)
  return salt
}

/** What an image is filled up with before it takes the store's place. */
export type FillImage = (live: ReadableDb, tx: WriteTx) => void

/**
 * Makes the image a whole store: everything of the live one but the cases, then what `fill` adds. false: its tables are
 * not those of this program, or it is no sound database. From here on a crash leaves the live store as it is, and the
 * download begins anew.
 */
export function completeImage(keyed: KeyedFile, live: Database.Database, fill: FillImage): boolean {
  rmSync(markPath(keyed.file), { force: true })
  const raw = openKeyedConnection({ ...keyed, file: imagePath(keyed.file) })
  try {
    if (caseSchemaOf(raw) !== caseSchemaOf(live)) return false
    raw.unsafeMode(true) // without it "no journal" is taken and ignored
    raw.pragma('journal_mode = OFF')
    raw.pragma('synchronous = FULL')
    raw.exec('BEGIN IMMEDIATE')
    copyOthers(live, raw)
    fill(createReader(live), createWriteTx(raw))
    raw.pragma(`user_version = ${Number(live.pragma('user_version', { simple: true }))}`)
    raw.exec('COMMIT')
    return true
  } finally {
    raw.close()
  }
}

const caseSchemaOf = (raw: Database.Database): string =>
  schemaText(raw.prepare<[], SchemaEntry>(SELECT_CASE_SCHEMA).all())

const CASES = CASE_TABLES.map((name) => `'${name}'`).join()
const OTHERS = `SELECT type, name, sql FROM sqlite_schema
  WHERE tbl_name NOT IN (${CASES}) AND name NOT LIKE 'sqlite_%' AND sql IS NOT NULL
  ORDER BY CASE type WHEN 'table' THEN 0 ELSE 1 END, rowid`

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`

/** Outbox, drafts, access log and whatever else there is: few rows, on a PC that has no cases yet. */
function copyOthers(live: Database.Database, image: Database.Database): void {
  for (const { type, name, sql } of live.prepare<[], { type: string; name: string; sql: string }>(OTHERS).all()) {
    image.exec(sql)
    if (type !== 'table') continue
    const columns = live.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(name)
    const list = columns.map(quoted).join()
    const insert = image.prepare(`INSERT INTO ${quoted(name)} (${list}) VALUES (${columns.map(() => '?').join()})`)
    for (const row of live
      .prepare<[], unknown[]>(`SELECT ${list} FROM ${quoted(name)}`)
      .raw()
      .iterate())
      insert.run(row)
  }
}

/** The image becomes the store's file. Nobody may have either open. */
export function putImageInPlace(file: string): void {
  renameSync(imagePath(file), file)
  syncFolder(path.dirname(file))
}
