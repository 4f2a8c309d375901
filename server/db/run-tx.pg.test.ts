import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createDatabase, dropDatabase } from '../testing/test-centre.ts'
import { createPool, type Pool } from './pool.ts'
import { isDatabaseAway, runTx, together } from './run-tx.ts'

let pool: Pool
let url: string

beforeAll(async () => {
  url = await createDatabase()
  pool = createPool({ connectionString: url, applicationName: 'test', max: 3, onIdleError: () => undefined })
  await pool.query('CREATE TABLE counters (name text PRIMARY KEY, value integer NOT NULL)')
})
afterAll(async () => {
  await pool.end()
  await dropDatabase(url)
})
beforeEach(() => pool.query("TRUNCATE counters; INSERT INTO counters VALUES ('a', 0), ('b', 0)"))

const values = async () => (await pool.query('SELECT name, value FROM counters ORDER BY name')).rows
const add = (tx: Pick<Pool, 'query'>, name: string) =>
  tx.query('UPDATE counters SET value = value + 1 WHERE name = $1', [name])

test('what the work wrote is there, and what it returned is handed on', async () => {
  expect(await runTx(pool, async (tx) => (await add(tx, 'a')).rowCount)).toBe(1)
  expect(await values()).toEqual([
    { name: 'a', value: 1 },
    { name: 'b', value: 0 }
  ])
})

test('anything thrown takes everything back, and the connection serves the next work', async () => {
  for (let round = 0; round < 5; round += 1) {
    const failing = runTx(pool, async (tx) => {
      await add(tx, 'a')
      throw new Error('changed my mind')
    })
    await expect(failing).rejects.toThrow('changed my mind')
  }
  expect(await values()).toEqual([
    { name: 'a', value: 0 },
    { name: 'b', value: 0 }
  ])
})

test('two works that lock in opposite order both get done, once each', async () => {
  let release: () => void = () => undefined
  const bothHoldOne = new Promise<void>((resolve) => {
    release = resolve
  })
  let holding = 0
  const crossing = (first: string, second: string) =>
    runTx(pool, async (tx) => {
      await add(tx, first)
      holding += 1
      if (holding >= 2) release()
      await bothHoldOne
      await add(tx, second)
    })
  await Promise.all([crossing('a', 'b'), crossing('b', 'a')])
  expect(holding).toBeGreaterThan(2) // one of them ran again
  expect(await values()).toEqual([
    { name: 'a', value: 2 },
    { name: 'b', value: 2 }
  ])
})

test('a connection that is cut in the middle fails the work, takes it back, and counts as the database being away', async () => {
  const cut = runTx(pool, async (tx) => {
    await add(tx, 'a')
    await tx.query('SELECT pg_terminate_backend(pg_backend_pid())')
  })
  expect(isDatabaseAway(await cut.catch((fault: unknown) => fault))).toBe(true)
  expect(await values()).toEqual([
    { name: 'a', value: 0 },
    { name: 'b', value: 0 }
  ])
})

test('a transaction is bounded in time whatever the server is set to', async () => {
  const { rows } = await runTx(pool, (tx) =>
    tx.query(
      `SELECT current_setting('lock_timeout') AS lock, current_setting('statement_timeout') AS statement,
         current_setting('idle_in_transaction_session_timeout') AS idle, current_setting('transaction_isolation') AS isolation`
    )
  )
  expect(rows).toEqual([{ lock: '5s', statement: '30s', idle: '30s', isolation: 'read committed' }])
})

test('statements sent together run in their order, each on what the ones before it did', async () => {
  const seen = await runTx(pool, async (tx) => {
    const read = () => tx.query<{ value: number }>("SELECT value FROM counters WHERE name = 'a'")
    const [, first, , second] = await together([add(tx, 'a'), read(), add(tx, 'a'), read()])
    return [first.rows, second.rows]
  })
  expect(seen).toEqual([[{ value: 1 }], [{ value: 2 }]])
})

test('of statements sent together the one that failed is told, not those that fell with it, and nothing of them holds', async () => {
  const failing = runTx(pool, (tx) =>
    together([
      add(tx, 'a'),
      tx.query('SELECT 1 / 0'),
      add(tx, 'b'),
      tx.query({ name: 'late', text: 'SELECT 1 AS one' })
    ])
  )
  await expect(failing).rejects.toMatchObject({ code: '22012' })
  expect(await values()).toEqual([
    { name: 'a', value: 0 },
    { name: 'b', value: 0 }
  ])
  for (let round = 0; round < 3; round += 1) {
    const { rows } = await runTx(pool, (tx) => tx.query({ name: 'late', text: 'SELECT 1 AS one' }))
    expect(rows).toEqual([{ one: 1 }])
  }
})
