import { Socket } from 'node:net'
import { Pool, type PoolClient, types } from 'pg'

export type { Pool, PoolClient }
/** What can run a statement: the pool (each statement by itself) or a client inside `runTx`. */
export type Queryable = Pick<PoolClient, 'query'>

/** bigint as number (sequence numbers stay far below 2^53), date as `YYYY-MM-DD`, timestamptz as ISO instant in UTC. */
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  20: Number,
  1082: (text) => text,
  1184: (text) => new Date(text).toISOString()
}

export interface PoolOptions {
  readonly connectionString: string
  readonly applicationName: string
  readonly max?: number
  /** An idle connection broke (PostgreSQL restarted). The pool replaces it by itself. */
  readonly onIdleError: (error: Error) => void
}

export function createPool({ connectionString, applicationName, max = 10, onIdleError }: PoolOptions): Pool {
  const pool = new Pool({
    connectionString,
    application_name: applicationName,
    max,
    pipeline: true,
    stream: gatheringSocket,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    options: '-c statement_timeout=60000 -c timezone=UTC -c search_path=public',
    types: {
      getTypeParser: (oid: number, format?: 'text' | 'binary') =>
        (format !== 'binary' && PARSERS[oid]) || types.getTypeParser(oid, format)
    }
  })
  pool.on('error', onIdleError)
  return pool
}

/**
 * What is sent in the same turn of the event loop goes out in one write: a write for each statement was a quarter of the
 * processor time of many small pushes.
 */
function gatheringSocket(): Socket {
  const socket = new Socket()
  const write = socket.write
  let isGathering = false
  const gather = (): void => {
    if (isGathering) return
    isGathering = true
    socket.cork()
    process.nextTick(() => {
      isGathering = false
      socket.uncork()
    })
  }
  socket.write = ((...args: Parameters<typeof write>) => {
    gather()
    return write.apply(socket, args)
  }) as typeof write
  return socket
}
