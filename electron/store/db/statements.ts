import type { Database, Statement } from 'better-sqlite3-multiple-ciphers'
import type { SqlReader, SqlValue } from '#shared/store-format/sql.ts'

export type { SqlValue } from '#shared/store-format/sql.ts'

export interface ReadableDb extends SqlReader {
  /** Row by row. No write may run on the store while an iteration is open. */
  iterate<T>(sql: string, ...params: SqlValue[]): IterableIterator<T>
}

/** Texts vary with filters and sort orders; past this many the one unused for longest goes. */
const MOST_STATEMENTS = 300

export interface StatementCache {
  prepared<T>(sql: string): Statement<SqlValue[], T>
}

export function createStatementCache(raw: Database, options: { pluck: boolean }): StatementCache {
  const cache = new Map<string, Statement<SqlValue[], unknown>>()
  return {
    prepared: <T>(sql: string) => {
      const known = cache.get(sql)
      if (known !== undefined && !known.busy) {
        if (cache.size > MOST_STATEMENTS / 2) {
          cache.delete(sql)
          cache.set(sql, known)
        }
        return known as Statement<SqlValue[], T>
      }
      const statement = raw.prepare<SqlValue[], T>(sql)
      if (options.pluck) statement.pluck(true)
      cache.set(sql, statement)
      const oldest = cache.keys().next().value
      if (cache.size > MOST_STATEMENTS && oldest !== undefined) cache.delete(oldest)
      return statement
    }
  }
}

export function createReader(raw: Database): ReadableDb {
  const rows = createStatementCache(raw, { pluck: false })
  const values = createStatementCache(raw, { pluck: true })
  return {
    all: <T>(sql: string, ...params: SqlValue[]) => rows.prepared<T>(sql).all(...params),
    get: <T>(sql: string, ...params: SqlValue[]) => rows.prepared<T>(sql).get(...params),
    iterate: <T>(sql: string, ...params: SqlValue[]) => rows.prepared<T>(sql).iterate(...params),
    pluck: <T>(sql: string, ...params: SqlValue[]) => values.prepared<T>(sql).get(...params)
  }
}
