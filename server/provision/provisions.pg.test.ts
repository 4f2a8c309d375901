import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ProvisionAct } from '#shared/commands/provision/provision-act.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { Case } from '#shared/domain/case/case.ts'
import type { GiveRequest, GiveResponse, LedgerPage, ProvisionActResponse } from '#shared/sync-protocol/provision.ts'
import { moveCaseToDistrict } from '../cases/move-case-to-district.ts'
import { settleCopies } from '../destruction/copy-ledger.ts'
import { executeDueBatches } from '../destruction/execution-job.ts'
import { listCopies } from '../destruction/list-copies.ts'
import { approvedBatch, testItem } from '../testing/test-batch-commands.ts'
import { keepCase } from '../testing/test-cases.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { push } from '../testing/test-commands.ts'
import { CARE, grantedCase, testAnswer } from '../testing/test-provisions.ts'

let server: TestCentre
let later = 0
let officer: TestDesk
beforeEach(async () => {
  later = 0
  server = await openTestCentre({ now: () => new Date(Date.now() + later).toISOString() })
  officer = await server.signIn(await server.addAccount({ role: 'privacy_officer' }))
})
afterEach(() => server.close())

const today = () => koreanDayOf(server.centre.now())
const keep = (subject: Case) => keepCase(server.centre, subject)
const agreed = (no: number) => keep(grantedCase(no, [testAnswer(true)]))
const REQUEST: Omit<GiveRequest, 'persons'> = {
  ...{
    recipientId: 'bgfRetail',
    policyVersion: '2024-01-25',
    purpose: '11월 할인쿠폰 발행',
    document: '가족정책과-1204'
  },
  agreementEndsOn: null
}
const put = (who: TestDesk, runId: string, caseIds: readonly string[], over: Partial<GiveRequest> = {}) => {
  const persons = caseIds.map((caseId) => [caseId, 1])
  return who.call({ method: 'PUT', url: `/v1/provisions/${runId}`, payload: { ...REQUEST, persons, ...over } })
}
const give = async (caseIds: readonly string[], over: Partial<GiveRequest> = {}, runId = newUuid()) =>
  (await put(officer, runId, caseIds, over)).json<GiveResponse>()
const numbered = async (caseIds: readonly string[], over: Partial<GiveRequest> = {}) => {
  const answer = await give(caseIds, over)
  return answer.type === 'Numbered' ? answer : expect.fail(JSON.stringify(answer))
}
const act = async (runId: string, what: ProvisionAct, who = officer) =>
  (await who.call({ method: 'POST', url: `/v1/provisions/${runId}/acts`, payload: what })).json<ProvisionActResponse>()
const WRITTEN: ProvisionAct = { name: 'provision.written', args: { sha256: 'a'.repeat(64), bytes: 9000 } }
const ledger = async (who = officer) => (await who.call({ url: '/v1/provisions' })).json<LedgerPage>()
const lineOf = async (caseId: string) => (await ledger()).lines.find((line) => line.caseId === caseId)
const refused = (type: string, more: object = {}) => ({ type: 'Refused', refusal: { type, ...more } })
const letter = (document: string, on = today()) => ({ document, on })

test('a run gets a number, its clock and a line for each person, with the answer that allows it and ids alone', async () => {
  const ids = [await agreed(0), await agreed(1)].toSorted()
  const { run, lines } = await numbered(ids)
  const sixMonths = new Date(`${today()}T00:00:00Z`)
  sixMonths.setUTCMonth(sixMonths.getUTCMonth() + 6)
  expect(run).toMatchObject({
    ...{ number: `${today().slice(0, 4)}-0001`, persons: 2, givenBy: officer.account.id, deviceId: officer.deviceId },
    ...{
      items: ['application.applicant.name', 'application.applicant.phone'],
      file: null,
      voided: null,
      deletion: null
    }
  })
  expect(Math.abs(Date.parse(run.keepUntil ?? '') - sixMonths.getTime())).toBeLessThanOrEqual(3 * 86_400_000)
  expect(lines.map(({ caseId, no, consent }) => [caseId, no, consent])).toEqual(
    ids.map((caseId, at) => [
      ...[caseId, at + 1],
      { consentId: 'provide.bgfRetail', policyVersion: '2024-01-25', answeredAt: '2026-11-02T01:00:00.000Z' }
    ])
  )
  const kept = JSON.stringify(
    (await server.centre.pool.query('SELECT run, line FROM provision_runs, provision_lines')).rows
  )
  expect(kept).not.toContain(grantedCase(0, []).applicant.name)
  expect(kept).not.toContain(grantedCase(0, []).applicant.phone)
})

describe('nobody is given whom the centre knows to be out, and then no number is', () => {
  const guardian = { as: 'legal_representative', check: 'web_sms', confirmedAt: null } as const
  const held = {
    ...{ id: newUuid(), kind: 'objection' as const, basis: '행정심판법', placedBy: newUuid(), reason: '이의신청' },
    ...{ placedAt: '2026-11-02T01:00:00.000Z', endsOn: null, release: null }
  }
  const outs: ReadonlyArray<[string, Case]> = [
    ['withdrawn', grantedCase(1, [testAnswer(true), testAnswer(false)])],
    [
      'refused',
      grantedCase(2, [testAnswer(false, { representative: { ...guardian, confirmedAt: '2026-11-03T01:00:00.000Z' } })])
    ],
    ['unconfirmed', grantedCase(3, [testAnswer(true, { representative: guardian })])],
    ['unanswered', grantedCase(4, [testAnswer(true, { consentId: CARE })])],
    ['onHold', grantedCase(5, [testAnswer(true)], { holds: [held] })],
    ['notGranted', grantedCase(6, [testAnswer(true)], { state: 'closed' })],
    ['gone', grantedCase(7, [testAnswer(true)], { districtCode: '11440', dongCode: '1144051000' })],
    ['gone', grantedCase(8, [testAnswer(true)], { service: 'taxi' })]
  ]
  test.each(outs)('%s', async (why, subject) => {
    const [fine, caseId] = [await agreed(0), await keep(subject)]
    expect(await give([fine, caseId])).toEqual(refused('SelectionChanged', { persons: [{ caseId, why }] }))
    expect(await ledger()).toMatchObject({ runs: [], lines: [] })
  })

  test('a case that is not there, and one of which the PC has another revision', async () => {
    const [fine, unknown] = [await agreed(0), newUuid()]
    expect(await give([unknown])).toEqual(refused('SelectionChanged', { persons: [{ caseId: unknown, why: 'gone' }] }))
    expect(await give([], { persons: [[fine, 2]] })).toEqual(
      refused('SelectionChanged', { persons: [{ caseId: fine, why: 'changed' }] })
    )
  })
})

test('only the privacy officer gives, whatever is sent, and another district sees nothing of it', async () => {
  const caseId = await agreed(0)
  for (const role of ['caseworker', 'supervisor', 'administrator'] as const) {
    const other = await server.signIn(await server.addAccount({ role }))
    expect((await put(other, newUuid(), [caseId])).json()).toEqual({ error: { type: 'RoleNotAllowed' } })
  }
  const { run } = await numbered([caseId])
  const caseworker = await server.signIn(await server.addAccount())
  const supervisor = await server.signIn(await server.addAccount({ role: 'supervisor' }))
  expect(await act(run.id, WRITTEN, caseworker)).toEqual(refused('RoleNotAllowed'))
  expect(await act(run.id, { name: 'provision.void', args: { reason: '쓰지 않음' } }, supervisor)).toEqual(
    refused('RoleNotAllowed')
  )
  const mapo = await server.signIn(await server.addAccount({ role: 'privacy_officer', districtCode: '11440' }))
  expect(await act(run.id, WRITTEN, mapo)).toEqual(refused('RunNotFound'))
  expect((await put(mapo, run.id, [caseId])).json()).toEqual(refused('RunNotFound'))
  expect(await ledger(mapo)).toMatchObject({ runs: [], lines: [] })
  expect((await ledger(caseworker)).runs.map(({ id }) => id)).toEqual([run.id])
})

test('the same run pressed twice, also at once, has one number; a run of others under its id is refused', async () => {
  const [one, two] = [await agreed(0), await agreed(1)]
  const runId = newUuid()
  const answers = await Promise.all([give([one], {}, runId), give([one], {}, runId), give([one], {}, runId)])
  const numbers = answers.map((answer) => (answer.type === 'Numbered' ? answer.run.number : answer.refusal.type))
  expect(numbers).toEqual(Array(3).fill(`${today().slice(0, 4)}-0001`))
  expect(await give([two], {}, runId)).toEqual(refused('OtherRun'))
  expect(await give([one], { recipientId: 'oasisMarket' }, runId)).toEqual(refused('OtherRun'))
  expect(await act(runId, WRITTEN)).toEqual({ type: 'Done' })
  expect(await act(runId, WRITTEN)).toEqual({ type: 'Done' }) // its answer was lost
  expect(await give([one], {}, runId)).toEqual(refused('AlreadyWritten'))
  expect((await numbered([two])).run.number).toBe(`${today().slice(0, 4)}-0002`)
})

test('officers who give at the same time get a number each, one after the other', async () => {
  const ids = await Promise.all([0, 1, 2, 3].map(agreed))
  const numbers = (await Promise.all(ids.map((id) => numbered([id])))).map(({ run }) => run.number)
  expect(numbers.toSorted()).toEqual([1, 2, 3, 4].map((no) => `${today().slice(0, 4)}-000${no}`))
})

test('who withdraws between numbering and writing is given to nobody: the run is refused and only voided', async () => {
  const caseId = await agreed(0)
  const { run } = await numbered([caseId])
  await withdraw(caseId)
  expect(await give([], { persons: [[caseId, 2]] }, run.id)).toEqual(
    refused('SelectionChanged', { persons: [{ caseId, why: 'withdrawn' }] })
  )
  expect(await act(run.id, { name: 'provision.void', args: { reason: '그 사이 철회' } })).toEqual({ type: 'Done' })
  expect(await act(run.id, WRITTEN)).toEqual(refused('AlreadyDone'))
})

test('a withdrawal after the giving marks her line; the recipient is asked, and confirms', async () => {
  const [stays, goes] = [await agreed(0), await agreed(1)]
  const { run } = await numbered([stays, goes])
  await act(run.id, WRITTEN)
  expect(await act(run.id, { name: 'provision.ask_deletion', args: letter('가족정책과-1300') })).toEqual(
    refused('NobodyToAsk')
  )
  await withdraw(goes)
  expect(await lineOf(goes)).toMatchObject({ withdrawnOn: today(), asked: null, proven: null })
  expect(await lineOf(stays)).toMatchObject({ withdrawnOn: null })
  expect(await act(run.id, { name: 'provision.ask_deletion', args: letter('가족정책과-1301', '2099-01-01') })).toEqual(
    refused('DayWrong')
  )
  expect(await act(run.id, { name: 'provision.ask_deletion', args: letter('가족정책과-1301') })).toEqual({
    type: 'Done'
  })
  expect(await lineOf(goes)).toMatchObject({
    asked: { document: '가족정책과-1301', on: today(), by: officer.account.id }
  })
  const caseworker = await server.signIn(await server.addAccount())
  const proof: ProvisionAct = { name: 'provision.prove_deletion', args: { ...letter('BGF-77'), of: 'asked' } }
  expect(await act(run.id, proof, caseworker)).toEqual({ type: 'Done' })
  expect(await lineOf(goes)).toMatchObject({ proven: { document: 'BGF-77', by: caseworker.account.id } })
  expect(await lineOf(stays)).toMatchObject({ proven: null })
  expect((await ledger()).runs[0]?.deletion).toBeNull()
  expect(await give([], { persons: [[goes, 2]] })).toEqual(
    refused('SelectionChanged', { persons: [{ caseId: goes, why: 'withdrawn' }] })
  )
})

test('who withdraws in the district that has her case by now is marked in the ledger of the one that gave', async () => {
  const caseId = await agreed(0)
  const { run } = await numbered([caseId])
  await act(run.id, WRITTEN)
  expect((await moveCaseToDistrict(server.centre, { caseId, dongCode: '1144051000' })).ok).toBe(true)
  await withdraw(caseId, '11440')
  expect(await lineOf(caseId)).toMatchObject({ withdrawnOn: today() })
})

test('a provider keeps until its agreement ends; the day is asked for, and may be said anew', async () => {
  const answers = [testAnswer(true, { consentId: CARE })]
  const caseId = await keep(grantedCase(0, answers, { service: 'childcare_private' }))
  const care = { recipientId: 'privateChildcareProvider' }
  expect(await give([caseId], care)).toEqual(refused('AgreementMissing'))
  expect(await give([caseId], { ...care, agreementEndsOn: '2020-01-01' })).toEqual(refused('AgreementOver'))
  const { run } = await numbered([caseId], { ...care, agreementEndsOn: '2099-12-31' })
  expect([run.keepUntil, run.items.length]).toEqual(['2099-12-31', 9])
  await act(run.id, WRITTEN)
  expect(await act(run.id, { name: 'provision.end_agreement', args: { on: today() } })).toEqual({ type: 'Done' })
  expect((await ledger()).runs[0]).toMatchObject({ agreementEndsOn: today(), keepUntil: today() })
  const coupon = await numbered([await agreed(1)])
  await act(coupon.run.id, WRITTEN)
  expect(await act(coupon.run.id, { name: 'provision.end_agreement', args: { on: today() } })).toEqual(
    refused('AgreementMissing')
  )
})

test('a destroyed case leaves a line for each file and recipient that had it, open until both are proven', async () => {
  const caseId = await agreed(0)
  const { run } = await numbered([caseId])
  await act(run.id, WRITTEN)
  const batchId = await approvedBatch(server, [testItem(caseId)])
  later += 9 * 86_400_000
  await executeDueBatches(server.centre, (fault) => {
    throw fault
  })
  officer = await server.signIn(officer.account)
  const outside = async () => {
    await settleCopies(server.centre)
    const [batch] = await listCopies(server.centre.pool, { districtCode: '11680', batchId })
    return batch?.copies.flatMap(({ place, ref, name, settled }) =>
      place === 'export' || place === 'recipient' ? [[place, ref, name, settled?.type === 'proven' && settled.how]] : []
    )
  }
  const line = (place: string, how: string | false) => [place, run.id, run.number, how]
  expect(await outside()).toEqual([line('export', false), line('recipient', false)])
  await act(run.id, { name: 'provision.destroy_file', args: {} })
  expect(await outside()).toEqual([line('export', 'file_destroyed'), line('recipient', false)])
  await act(run.id, { name: 'provision.prove_deletion', args: { ...letter('BGF-78'), of: 'all' } })
  expect(await outside()).toEqual([line('export', 'file_destroyed'), line('recipient', 'deletion_proven')])
})

test('the ledger comes in the order of its changes, and by the days of the giving', async () => {
  const { run } = await numbered([await agreed(0), await agreed(1)])
  const whole = await ledger()
  expect([whole.runs.length, whole.lines.length, whole.next]).toEqual([1, 2, null])
  await act(run.id, WRITTEN)
  const after = (await officer.call({ url: `/v1/provisions?after=${whole.upTo}` })).json<LedgerPage>()
  expect([after.runs.map(({ file }) => file?.bytes), after.lines]).toEqual([[9000], []])
  const before = (await officer.call({ url: '/v1/provisions?to=2020-01-01' })).json<LedgerPage>()
  expect([before.runs, before.lines]).toEqual([[], []])
})

/** As a citizen asks a caseworker on the phone. */
async function withdraw(caseId: string, districtCode = '11680'): Promise<void> {
  const caseworker = await server.signIn(await server.addAccount({ districtCode }))
  const how = { method: 'phone', representative: null, evidence: '', reason: '전화 요청' } as const
  const { account, deviceId } = caseworker
  const [outcome] = await push(caseworker, [
    {
      ...{
        id: newUuid(),
        caseId,
        issuedAt: server.centre.now(),
        issuedBy: account.id,
        deviceId,
        deviceSeq: 1,
        base: {}
      },
      ...{ name: 'case.withdraw_consent', args: { consentId: 'provide.bgfRetail', ...how } }
    }
  ])
  expect(outcome?.type).toBe('Applied')
}
