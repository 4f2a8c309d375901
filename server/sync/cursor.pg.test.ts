import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runTx } from '../db/run-tx.ts'
import { openTestCentre, type TestCentre } from '../testing/test-centre.ts'
import { createTestOutbox, pull, push } from '../testing/test-commands.ts'
import { streamEnd, takeSeqs } from './district-stream.ts'

let server: TestCentre
beforeAll(async () => {
  server = await openTestCentre({ poolSize: 20 })
})
afterAll(() => server.close())

test('a desk that pulls all the time while many desks write misses no change, whatever commits first', async () => {
  const account = await server.addAccount()
  const reader = await server.signIn(await server.addAccount())
  const WRITERS = 8
  const ROUNDS = 12
  let writing = true
  const written: string[] = []
  const seen: string[] = []
  const seqs: number[] = []

  const read = async () => {
    let cursor = 0
    while (writing || cursor < (await streamEnd(server.centre.pool, '11680'))) {
      for (const line of await pull(reader, cursor)) {
        if (line.type === 'end') cursor = line.cursor
        if (line.type !== 'case') continue
        seen.push(line.record.case.id)
        seqs.push(line.seq)
      }
    }
  }
  const write = async () => {
    const desk = await server.signIn(account)
    const outbox = createTestOutbox(desk)
    for (let round = 0; round < ROUNDS; round += 1) {
      const registers = Array.from({ length: 1 + (round % 3) }, () => outbox.register())
      await push(desk, registers)
      written.push(...registers.map(({ caseId }) => caseId))
    }
  }
  const reading = read()
  await Promise.all(Array.from({ length: WRITERS }, write))
  writing = false
  await reading

  expect(written.length).toBe(WRITERS * ROUNDS * 2)
  expect([...seen].sort()).toEqual([...written].sort())
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
  expect(seqs.at(-1)).toBe(written.length)
})

test('a writer that is slow to commit holds back the ones after it in its district, and nobody else', async () => {
  const { pool } = server.centre
  const order: string[] = []
  const slow = runTx(pool, async (tx) => {
    await takeSeqs(tx, { districtCode: '11440', count: 1 })
    await sleep(200)
    order.push('slow')
  })
  await sleep(50)
  const quick = runTx(pool, (tx) => takeSeqs(tx, { districtCode: '11440', count: 1 })).then((seq) => {
    order.push('quick')
    return seq
  })
  const elsewhere = runTx(pool, (tx) => takeSeqs(tx, { districtCode: '11500', count: 1 })).then(() => {
    order.push('elsewhere')
  })
  await Promise.all([slow, quick, elsewhere])
  expect(order).toEqual(['elsewhere', 'slow', 'quick'])
  expect(await quick).toBe(2)
  expect(await streamEnd(pool, '11440')).toBe(2)
})

test('a place that was taken and rolled back is taken again: the stream has no hole', async () => {
  const { pool } = server.centre
  const failing = runTx(pool, async (tx) => {
    await takeSeqs(tx, { districtCode: '11740', count: 3 })
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  expect(await runTx(pool, (tx) => takeSeqs(tx, { districtCode: '11740', count: 1 }))).toBe(1)
})
