import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runTx } from '../db/run-tx.ts'
import { buryCases } from '../destruction/bury-cases.ts'
import { openTestCentre, type TestCentre } from '../testing/test-centre.ts'
import { createTestOutbox, pull, push } from '../testing/test-commands.ts'
import { streamEnd, takeSeqs } from './district-stream.ts'

let server: TestCentre
beforeAll(async () => {
  server = await openTestCentre({ poolSize: 20 })
})
afterAll(() => server.close())

const WRITERS = 8
const ROUNDS = 25

/** A PC with cases of its own to correct: corrections of different cases meet nowhere but in the stream's counter. */
async function createWriter() {
  const desk = await server.signIn(await server.addAccount())
  const outbox = createTestOutbox(desk)
  const registers = Array.from({ length: ROUNDS }, () => outbox.register())
  await push(desk, registers)
  return async () => {
    for (const [round, { caseId }] of registers.entries()) {
      await push(desk, [outbox.correct(caseId, [{ field: 'applicant.phone', value: `0102000${1000 + round}` }])])
    }
    return registers.map(({ caseId }) => caseId)
  }
}

test('a desk that pulls all the time while many desks write and cases are destroyed misses nothing, whatever commits first', async () => {
  const reader = await server.signIn(await server.addAccount())
  const writers = await Promise.all(Array.from({ length: WRITERS }, createWriter))
  let writing = true
  const seen = new Map<string, number | 'gone'>()
  const seqs: number[] = []
  const read = async () => {
    let cursor = 0
    while (writing || cursor < (await streamEnd(server.centre.pool, '11680'))) {
      for (const line of await pull(reader, cursor)) {
        if (line.type === 'end') cursor = line.cursor
        if (line.type === 'case') seen.set(line.record.case.id, line.record.rev)
        if (line.type === 'gone') seen.set(line.caseId, 'gone')
        if (line.type === 'case' || line.type === 'gone') seqs.push(line.seq)
      }
    }
  }
  const reading = read()
  const done = await Promise.all(
    writers.map(async (write, index) => {
      const caseIds = await write()
      const buried = index % 2 === 0 ? caseIds.slice(0, 10) : []
      for (const caseId of buried) await buryCases(server.centre, { caseIds: [caseId], reason: 'destroyed' })
      return { caseIds, buried }
    })
  )
  const [corrected, buried] = [done.flatMap((one) => one.caseIds), done.flatMap((one) => one.buried)]
  writing = false
  await reading

  expect(corrected.length).toBe(WRITERS * ROUNDS)
  expect(corrected.filter((id) => seen.get(id) !== (buried.includes(id) ? 'gone' : 2))).toEqual([])
  expect(seqs).toEqual(seqs.toSorted((a, b) => a - b))
  expect(seqs.at(-1)).toBe(2 * WRITERS * ROUNDS + buried.length)
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
