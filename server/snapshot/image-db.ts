import Database from 'better-sqlite3-multiple-ciphers'
import { CASE_SCHEMA, emptyImage } from '#shared/store-format/schema.ts'
import type { SqlWriter } from '#shared/store-format/sql.ts'

/** A desk's tables in memory: nothing of it touches a disk. */
export interface ImageDb {
  readonly tx: SqlWriter
  /** Ends the one transaction and gives the file's bytes; the database is closed. */
  finish(): Uint8Array
}

export function openImageDb(): ImageDb {
  const raw = new Database(Buffer.from(emptyImage()))
  raw.pragma('temp_store = MEMORY')
  raw.unsafeMode(true) // without it "no journal" is taken and ignored
  raw.pragma('journal_mode = OFF')
  raw.exec(CASE_SCHEMA)
  raw.exec('BEGIN')
  const statements = new Map<string, Database.Statement<unknown[]>>()
  const prepared = (sql: string) => {
    const known = statements.get(sql)
    if (known !== undefined) return known
    const statement = raw.prepare<unknown[]>(sql)
    statements.set(sql, statement)
    return statement
  }
  const rows = <T>(sql: string, params: unknown[]): T[] => raw.prepare<unknown[], T>(sql).all(...params)
  return {
    tx: {
      run: (sql, ...params) => prepared(sql).run(...params),
      all: (sql, ...params) => rows(sql, params),
      get: <T>(sql: string, ...params: unknown[]) => rows<T>(sql, params)[0],
      pluck: <T>(sql: string, ...params: unknown[]) =>
        raw
          .prepare<unknown[], T>(sql)
          .pluck(true)
          .get(...params) as T | undefined
    },
    finish: () => {
      raw.exec('COMMIT')
      const image = raw.serialize()
      raw.close()
      return image
    }
  }
}
