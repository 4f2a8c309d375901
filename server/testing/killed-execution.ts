import { v7 as newUuid } from 'uuid'
import { redact } from '#shared/foundation/redacted.ts'
import { openCentre } from '../centre.ts'
import type { Pool, PoolClient } from '../db/pool.ts'
import { executeBatch } from '../destruction/execute-batch.ts'

/**
 * A process that executes a batch and is killed when so many of its writes have reached one of the two databases:
 * `node killed-execution.ts CASES_URL KEYS_URL MASTER_KEY NOW BATCH WRITES`. Prints DONE when it lives to the end.
 */
const [databaseUrl = '', keysDatabaseUrl = '', masterKey = '', now = '', batchId = '', writes = '0'] =
  process.argv.slice(2)
let left = Number(writes)

const centre = await openCentre({
  databaseUrl,
  keysDatabaseUrl,
  masterKey: redact(new Uint8Array(Buffer.from(masterKey, 'base64'))),
  now: () => now,
  newId: () => newUuid(),
  onFault: () => undefined
})
const [pool, keysPool] = [killingPool(centre.pool), killingPool(centre.keysPool)]
await executeBatch({ ...centre, pool, keysPool }, batchId, 2)
process.stdout.write('DONE')
process.exit(0)

function killingPool(pool: Pool): Pool {
  return proxied(pool, {
    query: killing(pool.query.bind(pool) as Query, (text) => !/^\s*SELECT/i.test(text)),
    connect: async () => killingClient(await pool.connect())
  })
}

/** In a transaction nothing reaches the disk but with its end. */
function killingClient(client: PoolClient): PoolClient {
  return proxied(client, { query: killing(client.query.bind(client) as Query, (text) => text === 'COMMIT') })
}

type Query = (...args: readonly unknown[]) => Promise<unknown>

function killing(query: Query, isWrite: (text: string) => boolean): Query {
  return async (...args) => {
    const answer = await query(...args)
    const [statement] = args as [string | { text: string }]
    if (isWrite(typeof statement === 'string' ? statement : statement.text)) left -= 1
    if (left === 0) process.kill(process.pid, 'SIGKILL')
    return answer
  }
}

function proxied<T extends object>(target: T, over: object): T {
  return new Proxy(target, {
    get: (of, name) => {
      const value: unknown = Reflect.get(name in over ? over : of, name)
      return typeof value === 'function' && !(name in over) ? value.bind(of) : value
    }
  })
}
