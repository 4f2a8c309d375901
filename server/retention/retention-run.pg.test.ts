import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Case } from '#shared/domain/case/case.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { keepCase, plainCase } from '../testing/test-cases.ts'
import { openTestCentre, type TestCentre } from '../testing/test-centre.ts'
import { lastNight, runDueDistricts } from './retention-job.ts'
import { retentionOverview } from './retention-overview.ts'
import { runRetention } from './retention-run.ts'

const DISTRICT = '11680'
let now = '2030-01-03T00:00:00.000Z'
let server: TestCentre
beforeEach(async () => {
  now = '2030-01-03T00:00:00.000Z'
  server = await openTestCentre({ now: () => now })
})
afterEach(() => server.close())

const BY = '01935a00-0000-7000-8000-00000000000a'
const plain = plainCase
const HOLD: Case['holds'][number] = {
  id: BY,
  kind: 'audit',
  basis: '자체감사 계획',
  placedBy: BY,
  placedAt: '2025-01-02T01:00:00.000Z',
  reason: '표본',
  endsOn: null,
  release: null
}

const keep = (subject: Case) => keepCase(server.centre, subject)
const run = () => runRetention(server.centre, DISTRICT)
const overview = (on: string) => retentionOverview(server.centre.pool, DISTRICT, on)
const found = async (caseId: string) =>
  (
    await server.centre.pool.query(
      `SELECT kept_until, records_until, early_until, early_cause, early_items, holds, is_unjudged
       FROM case_retention WHERE case_id = $1`,
      [caseId]
    )
  ).rows[0]
const NOTHING = { early_until: null, early_cause: null, early_items: null, holds: 0, is_unjudged: false }

test('each case is judged to the day: closed, open, held, with a consent that was refused, and of a day whose register nobody holds', async () => {
  const closed = await keep(plain(1))
  const open = await keep({ ...plain(2), state: 'received', history: plain(2).history.slice(0, 1) })
  const held = await keep({ ...plain(3), holds: [HOLD] })
  const applicant = { ...plain(4).applicant, email: 'kim@example.kr' }
  const refused = await keep({ ...plain(4), applicant })
  const older = await keep({ ...plain(5), appliedOn: '2020-01-02' })
  expect(await run()).toEqual({ type: 'Finished', judged: 5, unjudged: 1 })
  expect(await found(closed)).toEqual({ ...NOTHING, kept_until: '2029-12-31', records_until: '2029-12-31' })
  expect(await found(open)).toEqual({ ...NOTHING, kept_until: null, records_until: null })
  expect(await found(held)).toEqual({ ...NOTHING, kept_until: null, records_until: '2029-12-31', holds: 1 })
  expect(await found(refused)).toEqual({
    ...{ ...NOTHING, kept_until: '2029-12-31', records_until: '2029-12-31', early_until: '2024-03-01' },
    ...{ early_cause: 'consent_withdrawn', early_items: 'application.applicant.email' }
  })
  expect(await found(older)).toMatchObject({ kept_until: null, is_unjudged: true })
  expect(await overview('2030-01-03')).toEqual({
    ...{ judgedAt: now, failed: null, cases: 5, unjudged: 1, held: 1, due: 2, overdue: 0, earlyDue: 0, months: [] }
  })
  expect(await overview('2030-01-06')).toMatchObject({ due: 2, overdue: 2 })
  expect(await overview('2029-06-01')).toMatchObject({ due: 0, earlyDue: 1, months: [{ month: '2030-01', cases: 2 }] })
})

test('what a guardian of a child under 14 has not confirmed goes on the fifth day, before everything else', async () => {
  const representative = { as: 'legal_representative', check: 'phone_call', confirmedAt: null } as const
  const [answer] = sampleIntake().consents.filter(({ consentId }) => consentId === 'collect.email')
  const consent = { ...(answer ?? expect.fail()), representative, answeredAt: '2024-03-01T01:00:00.000Z' }
  const subject = { ...plain(1), applicant: { ...plain(1).applicant, email: 'kim@example.kr' } }
  const waiting = await keep({ ...subject, consents: [consent] })
  const confirmed = await keep({
    ...{ ...plain(2), applicant: { ...plain(2).applicant, email: 'lee@example.kr' } },
    consents: [consent, { ...consent, representative: { ...representative, confirmedAt: '2024-03-03T01:00:00.000Z' } }]
  })
  await run()
  expect(await found(waiting)).toMatchObject({
    ...{ early_until: '2024-03-05', early_cause: 'guardian_unconfirmed', early_items: 'application.applicant.email' }
  })
  expect(await found(confirmed)).toMatchObject({ early_until: null, early_cause: null })
})

test('a run looks only at what changed, and again at what could not be judged', async () => {
  const caseId = await keep(plain(1))
  expect(await run()).toEqual({ type: 'Finished', judged: 1, unjudged: 0 })
  await server.centre.keysPool.query('UPDATE case_keys SET case_id = $2 WHERE case_id = $1', [caseId, BY])
  await keep(plain(2))
  expect(await run()).toEqual({ type: 'Finished', judged: 1, unjudged: 0 })
  await server.centre.pool.query("UPDATE retention_runs SET rules = 'those of before'")
  expect(await run()).toEqual({ type: 'Finished', judged: 2, unjudged: 1 })
  await server.centre.keysPool.query('UPDATE case_keys SET case_id = $1 WHERE case_id = $2', [caseId, BY])
  expect(await run()).toEqual({ type: 'Finished', judged: 0, unjudged: 0 })
  expect((await found(caseId))?.kept_until).toBe('2029-12-31')
})

test('a run that another server is at is left alone, and one that was killed is taken up where it was', async () => {
  await keep(plain(1))
  const left = `INSERT INTO retention_runs (id, district_code, rules, started_at, touched_at, reached_seq)
    VALUES ($1, '11680', 'x', $2, $2, 0)`
  await server.centre.pool.query(left, [BY, now])
  expect(await run()).toEqual({ type: 'RunsAlready' })
  now = '2030-01-03T00:10:01.000Z'
  expect(await run()).toMatchObject({ type: 'Finished', judged: 1 })
  const { rows } = await server.centre.pool.query('SELECT failed FROM retention_runs ORDER BY started_at')
  expect(rows).toEqual([{ failed: 'Abandoned' }, { failed: null }])
})

test('a run that goes wrong says so where people look, until one goes well', async () => {
  await keep(plain(1))
  class KeysAwayError extends Error {
    override readonly name = 'KeysAwayError'
  }
  const keyRing = { caseKeys: () => Promise.reject(new KeysAwayError('of 강소미')) }
  await expect(runRetention({ ...server.centre, keyRing }, DISTRICT)).rejects.toThrow()
  expect(await overview('2030-01-03')).toMatchObject({ judgedAt: null, failed: 'KeysAwayError' })
  now = '2030-01-03T01:00:00.000Z'
  await run()
  expect(await overview('2030-01-03')).toMatchObject({ judgedAt: now, failed: null, cases: 1 })
})

test('each night has its run, also when no server ran at night', async () => {
  expect(lastNight('2030-01-02T16:59:59.000Z')).toBe('2030-01-01T17:00:00.000Z')
  expect(lastNight('2030-01-02T17:00:00.000Z')).toBe('2030-01-02T17:00:00.000Z')
  await keep(plain(1))
  const runs = async () => (await server.centre.pool.query('SELECT id FROM retention_runs')).rowCount
  await runDueDistricts(server.centre)
  await runDueDistricts(server.centre)
  expect(await runs()).toBe(1)
  now = '2030-01-03T17:00:00.000Z'
  await runDueDistricts(server.centre)
  expect(await runs()).toBe(2)
})
