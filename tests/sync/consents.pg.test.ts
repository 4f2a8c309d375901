import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Intent } from '#shared/commands/command.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { requestShown } from '#shared/domain/policy/consents-to-ask.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { discardItem, listOutbox } from '../../electron/store/outbox/outbox-view.ts'
import { searchCases } from '../../electron/store/queries/case-search.ts'
import { openCase } from '../../electron/store/queries/case-view.ts'
import { testPolicies } from '../../electron/store/testing/test-desk.ts'
import { caseIdsByNumber } from '../../server/cases/blind-index.ts'
import { runRetention } from '../../server/retention/retention-run.ts'
import { openSyncFixture, type SyncedDesk, type SyncFixture } from './sync-fixture.ts'

let office: SyncFixture
let a: SyncedDesk
let b: SyncedDesk
let caseId: string
beforeEach(async () => {
  office = await openSyncFixture()
  a = await office.openDesk()
  b = await office.openDesk()
  caseId = a.register()
  await sync(a, b)
})
afterEach(() => office.close())

const sync = async (...desks: SyncedDesk[]) => {
  for (const desk of desks) await desk.sync.syncNow()
}
const withdraw = (desk: SyncedDesk, consentId: string) => {
  const how = { method: 'phone', representative: null, evidence: '', reason: '전화 요청' } as const
  return desk.run({ name: 'case.withdraw_consent', args: { consentId, ...how } }, { caseId })
}
const agree = (desk: SyncedDesk, consentId: string) => {
  const request = requestShown(testPolicies, { policyVersion: '2024-01-25', consentId }) ?? expect.fail()
  const how = { method: 'written', answeredAt: desk.deps.now(), representative: null, evidence: '' } as const
  const args = { ...how, consentId, policyVersion: request.policyId, noticeHash: request.noticeHash, given: true }
  const intent: Intent = { name: 'case.record_consent', args }
  return desk.run(intent, { caseId, base: desk.shown(caseId)?.fieldRevs ?? {} })
}
const opened = (desk: SyncedDesk) => expectOk(openCase(desk.deps, desk.db, caseId)).case
const found = (desk: SyncedDesk, text: string) => searchCases(desk.db, { text, limit: 10 }).total
const foundAtCentre = async (number: string) => {
  const { pool, cipher, keyRing } = office.centre.centre
  return await caseIdsByNumber(pool, { cipher, blindIndexKey: keyRing.blindIndexKey }, { kind: 'phone', number })
}
const refusals = (desk: SyncedDesk) => listOutbox(desk.db).map(({ status, refusal }) => [status, refusal])

const CONTACT = sampleIntake().applicant.contactPhone ?? ''
const MISSING = { type: 'ConsentMissing', field: 'applicant.contactPhone', consentId: 'collect.contactPhone' }

test('a withdrawal closes display and search at the desk at once, and at every other desk with its next exchange', async () => {
  expect([found(a, CONTACT), found(b, CONTACT), await foundAtCentre(CONTACT)]).toEqual([1, 1, [caseId]])
  expectOk(withdraw(a, 'collect.contactPhone'))
  expect([opened(a).applicant.contactPhone, found(a, CONTACT)]).toEqual([null, 0])
  expect([opened(b).applicant.contactPhone, found(b, CONTACT)]).toEqual([CONTACT, 1])
  await sync(a, b)
  expect([opened(b).applicant.contactPhone, found(b, CONTACT), await foundAtCentre(CONTACT)]).toEqual([null, 0, []])
  expect(a.shown(caseId)).toEqual(b.shown(caseId))
  expect(JSON.stringify(opened(b))).not.toContain(CONTACT)
})

test('the centre lists what the withdrawal closed for destruction, with its cause', async () => {
  expectOk(withdraw(a, 'collect.contactPhone'))
  await sync(a)
  await runRetention(office.centre.centre, '11680')
  const { rows } = await office.centre.centre.pool.query(
    'SELECT early_until, early_cause, early_items FROM case_retention WHERE case_id = $1',
    [caseId]
  )
  expect(rows).toEqual([
    {
      early_until: a.deps.now().slice(0, 10),
      early_cause: 'consent_withdrawn',
      early_items: 'application.applicant.contactPhone'
    }
  ])
})

test('a desk that had not heard cannot write the field, not even into a conflict', async () => {
  expectOk(a.correct(caseId, 'applicant.contactPhone', '0299998888'))
  await sync(a)
  expectOk(withdraw(a, 'collect.contactPhone'))
  expectOk(b.correct(caseId, 'applicant.contactPhone', '0277776666'))
  await sync(a, b, a)
  expect(refusals(b)).toEqual([['refused', MISSING]])
  expect([a.shown(caseId)?.case.conflicts, found(a, '0277776666'), found(b, '0277776666')]).toEqual([[], 0, 0])
  discardItem(b.db, listOutbox(b.db)[0]?.commandId ?? '', { role: 'caseworker', note: () => undefined })
  expect(JSON.stringify([a.shown(caseId), b.shown(caseId)])).not.toContain('0277776666')
})

test('a desk that had not heard cannot undo the withdrawal with a yes; one that has heard can', async () => {
  expectOk(withdraw(a, 'collect.contactPhone'))
  expectOk(agree(b, 'collect.contactPhone'))
  await sync(a, b, a)
  expect(refusals(b)).toEqual([['refused', { type: 'FieldChangedMeanwhile', fields: ['consents'] }]])
  expect([opened(a).applicant.contactPhone, opened(b).applicant.contactPhone]).toEqual([null, null])
  discardItem(b.db, listOutbox(b.db)[0]?.commandId ?? '', { role: 'caseworker', note: () => undefined })
  expectOk(agree(b, 'collect.contactPhone'))
  await sync(b, a)
  expect([opened(a).applicant.contactPhone, opened(b).applicant.contactPhone]).toEqual([CONTACT, CONTACT])
})

test('two desks record answers at once: both stand, and nothing is in conflict', async () => {
  expectOk(agree(a, 'collect.email'))
  expectOk(withdraw(b, 'collect.contactPhone'))
  await sync(a, b, a)
  expect(a.shown(caseId)).toEqual(b.shown(caseId))
  const { consents, conflicts } = a.shown(caseId)?.case ?? expect.fail()
  expect([consents.length, conflicts]).toEqual([sampleIntake().consents.length + 2, []])
})

test('one who withdraws and agrees again before anything was sent is not in her own way', async () => {
  expectOk(withdraw(a, 'collect.contactPhone'))
  expectOk(agree(a, 'collect.contactPhone'))
  expectOk(a.correct(caseId, 'applicant.contactPhone', '0255554444'))
  await sync(a, b)
  expect(refusals(a)).toEqual([])
  expect([opened(a).applicant.contactPhone, found(b, '0255554444')]).toEqual(['0255554444', 1])
})

test('a case that comes anew from the centre comes with its records, and stays closed', async () => {
  expectOk(withdraw(a, 'collect.contactPhone'))
  await sync(a)
  const late = await office.openDesk()
  await sync(late)
  expect(late.shown(caseId)?.case.consents).toEqual(a.shown(caseId)?.case.consents)
  expect([opened(late).applicant.contactPhone, found(late, CONTACT)]).toEqual([null, 0])
})
