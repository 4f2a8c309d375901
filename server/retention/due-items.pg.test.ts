import { afterEach, beforeEach, expect, test } from 'vitest'
import { type BatchItem, batchItemSchema } from '#shared/domain/destruction/destruction-batch.ts'
import { retentionDueResponseSchema } from '#shared/sync-protocol/retention-due.ts'
import { createTestBatchDesk, testItem, testPlan } from '../testing/test-batch-commands.ts'
import { keepCase, plainCase } from '../testing/test-cases.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { push } from '../testing/test-commands.ts'
import { runRetention } from './retention-run.ts'

const NOW = '2030-01-03T00:00:00.000Z'
let server: TestCentre
let author: TestDesk
beforeEach(async () => {
  server = await openTestCentre({ now: () => NOW })
  author = await server.signIn(await server.addAccount())
})
afterEach(() => server.close())

const keepPlain = (no: number) => keepCase(server.centre, plainCase(no))
const judge = () => runRetention(server.centre, '11680')
const ask = (desk: TestDesk, asked: Record<string, string>) =>
  desk.call({ method: 'GET', url: `/v1/retention/due?${new URLSearchParams(asked)}` })
const CASES = { dueUpTo: '2030-01-03', parts: 'case' }
const listed = async (asked: Record<string, string> = CASES): Promise<string[]> =>
  (await ask(author, asked)).json().items.map(({ caseId }: BatchItem) => caseId)

test('the cases that are due by a day come as a batch lists them, and no case whose record term runs on', async () => {
  const caseId = await keepPlain(1)
  const running = await keepCase(server.centre, {
    ...plainCase(2),
    history: plainCase(2).history.map((step) => ({ ...step, at: step.at.replace('2024', '2026') }))
  })
  await judge()
  const { items, next } = (await ask(author, CASES)).json()
  expect([items, next]).toEqual([
    [{ caseId, rev: 1, parts: 'case', cause: 'term_over', dueOn: '2030-01-01', recordsUntil: '2029-12-31' }],
    null
  ])
  expect(items.map((item: unknown) => batchItemSchema.parse(item))).toEqual(items)
  expect(await listed({ ...CASES, dueUpTo: '2029-12-31' })).toEqual([])
  expect(await listed({ ...CASES, dueUpTo: '2032-01-02' })).toEqual(expect.arrayContaining([caseId, running]))
})

test('what lost its ground before the whole comes as fields', async () => {
  const applicant = { ...plainCase(3).applicant, email: 'kim@example.kr' }
  const caseId = await keepCase(server.centre, { ...plainCase(3), applicant })
  await judge()
  const { items } = (await ask(author, { dueUpTo: '2029-06-01', parts: 'fields' })).json()
  expect(items).toEqual([
    {
      ...{ caseId, rev: 1, parts: ['applicant.email'], cause: 'consent_withdrawn' },
      ...{ dueOn: '2024-03-02', recordsUntil: '2029-12-31' }
    }
  ])
  expect(await listed({ dueUpTo: '2030-01-03', parts: 'fields' })).toEqual([]) // the whole is due by then
})

test('what changed since it was judged, lies in another batch or was extended beyond the day is not offered again', async () => {
  const [free, changed, taken, extended, shortly] = [
    await keepPlain(1),
    await keepPlain(2),
    await keepPlain(3),
    await keepPlain(4),
    await keepPlain(5)
  ]
  await judge()
  await server.centre.pool.query('UPDATE cases SET rev = 2 WHERE id = $1', [changed])
  const batch = createTestBatchDesk(author)
  const reviewer = await server.signIn(await server.addAccount({ role: 'supervisor' }))
  const review = createTestBatchDesk(reviewer, { batchId: batch.batchId })
  await push(author, [
    batch.act({ name: 'batch.plan', args: { ...testPlan, dueUpTo: CASES.dueUpTo } }),
    batch.act({ name: 'batch.list', args: { items: [testItem(taken), testItem(extended), testItem(shortly)] } }),
    batch.act({ name: 'batch.submit', args: {} })
  ])
  const longer = { caseId: extended, until: '2031-12-31', reason: '감사' }
  await push(reviewer, [
    review.act({ name: 'batch.extend', args: longer }),
    review.act({ name: 'batch.extend', args: { ...longer, caseId: shortly, until: '2030-01-02' } })
  ])
  expect(new Set(await listed())).toEqual(new Set([free, shortly]))
  await push(author, [batch.act({ name: 'batch.abort', args: { reason: '다시' } })])
  expect(new Set(await listed())).toEqual(new Set([free, taken, shortly]))
  expect(new Set(await listed({ ...CASES, dueUpTo: '2032-01-01' }))).toEqual(new Set([free, taken, shortly, extended]))
})

test('a long list comes in pages, each case once', async () => {
  const [first, second, third] = [await keepPlain(1), await keepPlain(2), await keepPlain(3)]
  await judge()
  await server.centre.pool.query(
    `INSERT INTO cases (id, district_code, dong_code, service, state, applied_on, application_no, rev, seq, field_revs, sealed)
     SELECT gen_random_uuid(), '11680', '1168064000', 'taxi', 'closed', '2020-01-02', 'N-' || no, 1, 10 + no, '{}', 'x'
     FROM generate_series(1, 600) no`
  )
  await server.centre.pool.query(
    `INSERT INTO case_retention (case_id, district_code, rev, kept_until, records_until, holds, is_unjudged)
     SELECT id, '11680', 1, date '2026-01-01' + (seq / 7)::int, '2026-12-31', 0, false FROM cases WHERE service = 'taxi' AND seq > 10
     ON CONFLICT DO NOTHING`
  )
  const pages: string[][] = []
  for (let after: string | null = ''; after !== null; ) {
    const page = retentionDueResponseSchema.parse(
      (await ask(author, { ...CASES, ...(after === '' ? {} : { after }) })).json()
    )
    pages.push(page.items.map(({ caseId }) => caseId))
    after = page.next
  }
  expect(pages.map(({ length }) => length)).toEqual([500, 103])
  expect(new Set(pages.flat()).size).toBe(603)
  expect(pages.at(-1)?.slice(-3).toSorted()).toEqual([first, second, third].toSorted())
})

test('each one sees her own district, and an administrator nothing', async () => {
  await keepPlain(1)
  await judge()
  const elsewhere = await server.signIn(await server.addAccount({ districtCode: '11440', role: 'privacy_officer' }))
  expect((await ask(elsewhere, CASES)).json()).toEqual({ items: [], next: null })
  expect((await elsewhere.call({ method: 'GET', url: '/v1/retention' })).json()).toMatchObject({ cases: 0, due: 0 })
  expect((await author.call({ method: 'GET', url: '/v1/retention' })).json()).toMatchObject({ cases: 1, due: 1 })
  expect((await ask(author, { ...CASES, after: '2030-01-01' })).statusCode).toBe(400)
})
