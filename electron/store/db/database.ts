import { existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3-multiple-ciphers'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { askKeyCheck, keyCheckPath, writeKeyCheck } from '../keys/key-check.ts'
import { MIGRATIONS } from '../migrations/index.ts'
import type { Migration } from '../migrations/migration-types.ts'
import { openKeyedConnection } from './connection.ts'
import { migrate } from './migrate.ts'
import { openPageReader, type PageReader } from './page-reader.ts'
import { storeFailureOf } from './sqlite-failure.ts'
import { createReader, type ReadableDb } from './statements.ts'
import {
  completeImage,
  dropStoreImage,
  type FillImage,
  type KeyedFile,
  openStoreImage,
  putImageInPlace,
  type StoreImage
} from './store-image.ts'
import { createWriter, type WriteTx } from './write-tx.ts'

export type { ReadableDb, SqlValue } from './statements.ts'
export type { WriteTx } from './write-tx.ts'

/** The one open connection to a store file. Reads go through it directly, writes through `write` alone. */
export interface StoreDb extends ReadableDb {
  /** One transaction (BEGIN IMMEDIATE). An `Err` or a throw rolls everything back. */
  write<T, E>(work: (tx: WriteTx) => Result<T, E>): Result<T, E>
  close(): void
  /** For bulk paths inside `db/` and `search/` only; not to be kept. */
  readonly raw: Database.Database
  /** The pages of the file as they lie on the disk; the same reader each time. */
  pages(): PageReader
  /** A store that comes as ready-made pages. */
  openImage(snapshotId: string): StoreImage
  dropImage(): void
  /** The image, with everything of this store but its cases, becomes the store. false: it cannot, and is dropped. */
  adoptImage(fill: FillImage): boolean
}

export type OpenFailure =
  | { type: 'KeyWrong' }
  | { type: 'FileTruncated' }
  | { type: 'FileDamaged' }
  | { type: 'FileFromFuture'; version: number }
  | { type: 'FileMissing' }
  | { type: 'DiskFull' }

export interface OpenOptions {
  readonly file: string
  /** The raw store key, 32 bytes: wipe it after the call. A copy is kept while the store is open, as SQLCipher does. */
  readonly key: Uint8Array
  /** The compiled SQLite addon when it is not the package's own (another Electron ABI). */
  readonly nativeBinding?: string | undefined
  /** Makes the file when it is not there. Without it a missing file is `FileMissing`, never an empty store. */
  readonly create: boolean
  /** The steps to bring the file to; a test stops at an older version. */
  readonly migrations?: readonly Migration[]
}

const PAGE_BYTES = 4096
const CACHE_KIB = 64 * 1024
/** The log is merged in quiet moments; only a burst of writes gets this far (32 MiB). */
const LOG_PAGES = 8192

/** Opens the encrypted store, brings it to the newest version and says exactly what is wrong when it cannot. */
export function openStoreDb(options: OpenOptions): Result<StoreDb, OpenFailure> {
  const isNew = !existsSync(options.file)
  if (isNew && !options.create) return err({ type: 'FileMissing' })
  if (!isNew && isShort(options.file)) return err({ type: 'FileTruncated' })
  let raw: Database.Database | null = null
  try {
    if (isNew) writeKeyCheck(options.file, options.key)
    raw = connect(options)
    const migrated = migrate(raw, options.migrations ?? MIGRATIONS)
    if (!migrated.ok) {
      raw.close()
      return migrated
    }
    // A file that is older than its check, or lost it, gets one now that the key has proved right.
    if (!isNew && !existsSync(keyCheckPath(options.file))) writeKeyCheck(options.file, options.key)
    return ok(createStoreDb(raw, options))
  } catch (error) {
    raw?.close()
    return err(openFailureOf(error, options))
  }
}

/** The store's own connection: readable by now, and set up for daily work. */
function connect(options: OpenOptions): Database.Database {
  const raw = openKeyedConnection(options)
  try {
    raw.pragma('user_version') // reads page 1: the first moment at which a wrong key shows
    raw.pragma('journal_mode = WAL')
    raw.pragma(`wal_autocheckpoint = ${LOG_PAGES}`)
    raw.pragma(`journal_size_limit = ${LOG_PAGES * PAGE_BYTES}`)
    raw.pragma('synchronous = NORMAL')
    raw.pragma('foreign_keys = ON')
    raw.pragma(`cache_size = -${CACHE_KIB}`)
    requireSettings(raw)
    return raw
  } catch (error) {
    raw.close()
    throw error
  }
}

/** SQLite ignores a setting it cannot take without a word; these two are promises, so they are asked back. */
function requireSettings(raw: Database.Database): void {
  if (raw.pragma('temp_store', { simple: true }) !== 2) throw new Error('temp_store is not MEMORY')
  if (raw.pragma('secure_delete', { simple: true }) !== 1) throw new Error('secure_delete is not ON')
  if (raw.pragma('journal_mode', { simple: true }) !== 'wal') throw new Error('journal_mode is not WAL')
}

/** The connection can be exchanged for that of another file under the same key; who holds the store does not notice. */
function createStoreDb(first: Database.Database, options: OpenOptions): StoreDb {
  const keyed: KeyedFile = { ...options, key: Uint8Array.from(options.key) }
  let open = openParts(first)
  let reader: PageReader | null = null
  const closeFile = (): void => {
    open.raw.close()
    reader?.close()
    reader = null
  }
  return {
    all: (sql, ...params) => open.reader.all(sql, ...params),
    get: (sql, ...params) => open.reader.get(sql, ...params),
    iterate: (sql, ...params) => open.reader.iterate(sql, ...params),
    pluck: (sql, ...params) => open.reader.pluck(sql, ...params),
    write: (work) => open.write(work),
    close: () => {
      closeFile()
      keyed.key.fill(0)
    },
    pages: () => {
      reader ??= openPageReader(keyed)
      return reader
    },
    get raw() {
      return open.raw
    },
    openImage: (snapshotId) => openStoreImage(keyed, snapshotId),
    dropImage: () => dropStoreImage(keyed.file),
    adoptImage: (fill) => {
      const isWhole = completeImage(keyed, open.raw, fill)
      if (isWhole) {
        closeFile()
        // Somebody else has the file open, and with it its log: the image must not come under that log.
        const isAlone = !existsSync(`${keyed.file}-wal`)
        if (isAlone) putImageInPlace(keyed.file)
        open = openParts(connect({ ...options, key: keyed.key }))
        if (isAlone) return true
      }
      dropStoreImage(keyed.file)
      return false
    }
  }
}

const openParts = (raw: Database.Database) => ({ raw, reader: createReader(raw), write: createWriter(raw) })

function openFailureOf(error: unknown, options: OpenOptions): OpenFailure {
  const failure = storeFailureOf(error)
  if (failure === null) throw error
  switch (failure) {
    case 'disk_full':
      return { type: 'DiskFull' }
    case 'truncated':
      return { type: 'FileTruncated' }
    case 'damaged':
      return isNotADatabase(error) ? keyOrPageOne(options) : cutOrDamaged(options)
  }
}

const isNotADatabase = (error: unknown): boolean =>
  error instanceof Database.SqliteError && error.code === 'SQLITE_NOTADB'

/** Page 1 could not be read: the key check beside the file says whether the key or the page is to blame. */
function keyOrPageOne(options: OpenOptions): OpenFailure {
  return askKeyCheck(options.file, options.key) === 'fits' ? { type: 'FileDamaged' } : { type: 'KeyWrong' }
}

/**
 * SQLite refuses a file that has fewer pages than its header says. With `writable_schema` it skips that one test: when
 * the header then reads, pages are missing at the end; otherwise something else is damaged.
 */
function cutOrDamaged(options: OpenOptions): OpenFailure {
  const raw = openKeyedConnection(options)
  try {
    raw.unsafeMode(true) // without it this build takes `writable_schema` and ignores it
    raw.pragma('writable_schema = ON')
    raw.pragma('user_version')
    raw.pragma('writable_schema = OFF')
    return refusesHeader(raw) ? { type: 'FileTruncated' } : { type: 'FileDamaged' }
  } catch (error) {
    if (storeFailureOf(error) === null) throw error
    return { type: 'FileDamaged' }
  } finally {
    raw.close()
  }
}

function refusesHeader(raw: Database.Database): boolean {
  try {
    raw.pragma('schema_version')
    return false
  } catch (error) {
    if (storeFailureOf(error) === null) throw error
    return true
  }
}

/** Every page is whole on disk, and a file that exists has its first one. */
function isShort(file: string): boolean {
  const { size } = statSync(file)
  return size === 0 || size % PAGE_BYTES !== 0
}
