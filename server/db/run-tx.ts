import { setTimeout as sleep } from 'node:timers/promises'
import type { Pool, PoolClient } from './pool.ts'

declare const inTransaction: unique symbol
/** A connection inside a transaction: what must be written together takes this, so that it cannot be given a pool. */
export type Tx = Pick<PoolClient, 'query'> & { readonly [inTransaction]: true }

export interface TxOptions {
  /** A unique violation means that somebody else was first: run again and see what they wrote. */
  readonly retryUniqueViolation?: boolean
}

/** Every transaction of the centre runs under these, whatever the server's defaults are. */
const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;
SET LOCAL lock_timeout = '5s';
SET LOCAL statement_timeout = '30s';
SET LOCAL idle_in_transaction_session_timeout = '30s'`

const MAX_ATTEMPTS = 5
const UNIQUE_VIOLATION = '23505'
/** serialization_failure, deadlock_detected, lock_not_available. */
const TRY_AGAIN: ReadonlySet<string> = new Set(['40001', '40P01', '55P03'])

/**
 * Runs `work` in one transaction and commits. Anything thrown rolls back; a deadlock or lock timeout runs the whole work
 * again (so it must have no effects outside the transaction that may not happen twice).
 */
export async function runTx<T>(pool: Pool, work: (tx: Tx) => Promise<T>, options: TxOptions = {}): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(pool, work)
    } catch (error) {
      const code = sqlState(error)
      const again = TRY_AGAIN.has(code) || (options.retryUniqueViolation === true && code === UNIQUE_VIOLATION)
      if (!again || attempt === MAX_ATTEMPTS) throw error
      await sleep(Math.random() * 20 * 2 ** attempt)
    }
  }
}

/** The database could not be reached or is shutting down: nothing was decided, the same request may be sent again. */
export function isDatabaseAway(error: unknown): boolean {
  const code = sqlState(error)
  const away = code.startsWith('08') || code.startsWith('57P') || code === '53300' || CONNECTION_ERRORS.has(code)
  return away || (error instanceof Error && /^(Connection terminated|timeout exceeded when trying)/.test(error.message))
}

const CONNECTION_ERRORS: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT'
])

/** The five-character SQLSTATE of a PostgreSQL error (or a socket's code), empty for anything else. */
export const sqlState = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : ''

/**
 * Statements of a transaction that do not need each other's answers: sent one behind the other, run in this order, answered
 * with one wait. It ends when all of them have, so that none is left over when a transaction is given up; of several faults
 * the first in the order is thrown, for those behind it follow from it.
 */
export async function together<T extends readonly unknown[]>(
  works: readonly [...{ [Place in keyof T]: Promise<T[Place]> }]
): Promise<T> {
  await Promise.allSettled(works)
  const done: unknown[] = []
  for (const work of works) done.push(await work)
  return done as unknown as T
}

async function runOnce<T>(pool: Pool, work: (tx: Tx) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let broken: Error | undefined
  // Without a listener a connection cut between two statements would end the process.
  const onCut = (error: Error) => {
    broken = error
  }
  client.on('error', onCut)
  try {
    const [, result] = await together([client.query(BEGIN), work(client as PoolClient & Tx)])
    await client.query('COMMIT')
    return result
  } catch (error) {
    broken ??= await rollBack(client)
    throw error
  } finally {
    client.off('error', onCut)
    client.release(broken)
  }
}

/** The reason why the connection cannot be used again, if rolling back failed too. */
async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK')
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error('rollback failed')
  }
}
