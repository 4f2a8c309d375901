import path from 'node:path'
import type { ErasurePlace } from '#shared/domain/erasure/erasure-place.ts'
import type { Queryable } from '../db/pool.ts'

/** A folder in which PostgreSQL keeps one or both of the databases. */
export interface DataFolder {
  readonly dir: string
  /** What a file of it is; null: another database's. */
  placeOf(file: string): ErasurePlace | null
}

/** The account may not ask where PostgreSQL keeps its files: it takes a superuser, or `pg_read_all_settings`. */
export class DataFolderHiddenError extends Error {
  override readonly name = 'DataFolderHiddenError'
}

type Places = Map<string, ErasurePlace>

/** Of the databases behind these connections. @throws DataFolderHiddenError */
export async function dataFoldersOf(databases: readonly Queryable[]): Promise<DataFolder[]> {
  const byDir = new Map<string, { places: Places; databases: Set<string> }>()
  for (const db of databases) {
    const { dir, oid } = await whereIs(db)
    const known = byDir.get(dir) ?? { places: new Map(), databases: new Set() }
    byDir.set(dir, known)
    known.databases.add(oid)
    for (const [file, place] of await relationFiles(db)) known.places.set(file, place)
  }
  return [...byDir].map(([dir, known]) => ({ dir, placeOf: (file) => placeOf(path.relative(dir, file), known) }))
}

async function whereIs(db: Queryable): Promise<{ dir: string; oid: string }> {
  const { rows } = await db.query<{ dir: string | null; oid: string }>(
    `SELECT (SELECT setting FROM pg_settings WHERE name = 'data_directory') AS dir, oid::text AS oid
     FROM pg_database WHERE datname = current_database()`
  )
  const { dir, oid } = rows[0] ?? { dir: null, oid: '' }
  if (dir === null) throw new DataFolderHiddenError('the database account may not ask for the data folder')
  return { dir, oid }
}

const OF_DOCUMENTS = ['document_chunks', 'rescued_chunks']
const PREPARED = ['snapshot_copies', 'snapshot_chunks']

async function relationFiles(db: Queryable): Promise<Array<[string, ErasurePlace]>> {
  const { rows } = await db.query<{ file: string; kind: string; owner: string }>(
    `SELECT pg_relation_filepath(c.oid) AS file, c.relkind AS kind, coalesce(o.relname, c.relname) AS owner
     FROM pg_class c LEFT JOIN pg_class o ON o.reltoastrelid = c.oid
     WHERE c.relkind IN ('r', 't', 'i') AND pg_relation_filepath(c.oid) IS NOT NULL`
  )
  return rows.map(({ file, kind, owner }) => [file, relationPlace(kind, owner)])
}

function relationPlace(kind: string, owner: string): ErasurePlace {
  if (kind === 'i') return 'index'
  if (OF_DOCUMENTS.includes(owner)) return 'documents'
  if (PREPARED.includes(owner)) return 'prepared'
  return kind === 't' ? 'toast' : 'heap'
}

/** `base/16384/2619.1` is the second gigabyte of `base/16384/2619`, `_fsm` and `_vm` are its maps. */
const SUFFIX = /(\.\d+|_fsm|_vm|_init)+$/

function placeOf(
  file: string,
  { places, databases }: { readonly places: Places; readonly databases: ReadonlySet<string> }
): ErasurePlace | null {
  const [top = '', second = ''] = file.split(path.sep)
  if (top === 'pg_wal') return 'wal'
  if (top === 'log' || file.endsWith('.log')) return 'logs'
  if (top === 'base' && second === 'pgsql_tmp') return 'temp'
  if (top === 'base' && !databases.has(second)) return null
  return places.get(file.split(path.sep).join('/').replace(SUFFIX, '')) ?? 'other'
}
