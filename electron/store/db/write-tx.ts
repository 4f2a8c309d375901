import type { Database } from 'better-sqlite3-multiple-ciphers'
import type { Result } from '#shared/foundation/result.ts'
import { createReader, createStatementCache, type ReadableDb, type SqlValue } from './statements.ts'

const writeBrand: unique symbol = Symbol('write transaction')

/** Writing: handed out by `StoreDb.write` and good only until that returns. */
export interface WriteTx extends ReadableDb {
  run(sql: string, ...params: SqlValue[]): { changes: number; lastInsertRowid: number }
  readonly [writeBrand]: true
}

export function createWriter(raw: Database): <T, E>(work: (tx: WriteTx) => Result<T, E>) => Result<T, E> {
  const tx = createWriteTx(raw)
  const begin = raw.prepare('BEGIN IMMEDIATE')
  const commit = raw.prepare('COMMIT')
  const rollback = raw.prepare('ROLLBACK')
  return (work) => {
    if (raw.inTransaction) throw new Error('a write transaction is open already')
    begin.run()
    try {
      const result = work(tx)
      if (result.ok) commit.run()
      return result
    } finally {
      // Err, throw, or a COMMIT that failed; a full disk has rolled back by itself.
      if (raw.inTransaction) rollback.run()
    }
  }
}

/** For `createWriter`, and for the bulk loader, which keeps its transaction open from call to call. */
export function createWriteTx(raw: Database): WriteTx {
  const writes = createStatementCache(raw, { pluck: false })
  return {
    ...createReader(raw),
    run: (sql, ...params) => {
      if (!raw.inTransaction) throw new Error('the write transaction is over')
      const { changes, lastInsertRowid } = writes.prepared(sql).run(...params)
      return { changes, lastInsertRowid: Number(lastInsertRowid) }
    },
    [writeBrand]: true
  }
}
