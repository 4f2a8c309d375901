import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { expectOk } from '#shared/foundation/result.ts'
import { caseById } from '../../electron/store/db/case-rows.ts'
import { discardItem, listOutbox } from '../../electron/store/outbox/outbox-view.ts'
import { staffNames } from '../../electron/store/staff/staff.ts'
import { openTestSync } from '../../electron/store/testing/test-desk.ts'
import { openSyncFixture, type SyncedDesk, type SyncFixture } from './sync-fixture.ts'

let office: SyncFixture
let a: SyncedDesk
let b: SyncedDesk
beforeEach(async () => {
  office = await openSyncFixture()
  a = await office.openDesk()
  b = await office.openDesk()
})
afterEach(() => office.close())

const phoneAt = (desk: SyncedDesk, caseId: string) => desk.shown(caseId)?.case.applicant.phone
const syncInTurn = async (...desks: SyncedDesk[]) => {
  for (const desk of desks)
    expect(await desk.sync.syncNow()).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
}
const refusals = (desk: SyncedDesk) => listOutbox(desk.db).map(({ status, refusal }) => [status, refusal])
/** A case that both desks hold as the centre does. */
const sharedCase = async () => {
  const caseId = a.register()
  await syncInTurn(a, b)
  return caseId
}

test('what one desk takes in stands on the other, with the number that the centre gave', async () => {
  const caseId = a.register()
  expect(a.shown(caseId)?.case.applicationNo).toMatch(/^임시-/)
  await syncInTurn(a, b)
  expect(a.shown(caseId)?.case.applicationNo).toMatch(/^2026-11-\d{4}$/)
  expect(b.shown(caseId)).toEqual(a.shown(caseId))
  expect(caseById(a.db, caseId)?.waiting).toBe(false)
  expect(a.db.all('SELECT case_id FROM confirmed_cases')).toEqual([])
})

test('a desk knows the officials of its district by name, one who came later with the next exchange', async () => {
  const names = (desk: SyncedDesk) => Object.entries(staffNames(desk.db)).sort()
  const named = (...desks: SyncedDesk[]) => desks.map(({ actor }) => [actor.id, '담당자']).sort()
  await office.openDesk({ districtCode: '11440' })
  await syncInTurn(a)
  expect(names(a)).toEqual(named(a, b))
  const late = await office.openDesk()
  await syncInTurn(a)
  expect(names(a)).toEqual(named(a, b, late))
})

test('a desk of another district never gets it, nor can it reach it by the id', async () => {
  const mapo = await office.openDesk({ districtCode: '11440' })
  const caseId = await sharedCase()
  await syncInTurn(mapo)
  expect(mapo.db.pluck('SELECT count(*) FROM cases')).toBe(0)
  const tried = mapo.run(
    { name: 'case.correct', args: { changes: [{ field: 'applicant.phone', value: '01000000000' }], reason: '' } },
    { caseId }
  )
  expect(tried).toEqual({ ok: false, error: { type: 'Refused', refusal: { type: 'CaseNotFound' } } })
})

test('an edit shows on the other desk without anybody asking for it', async () => {
  a.sync.start()
  b.sync.start()
  await vi.waitFor(() => expect([a.sync.status().state, b.sync.status().state]).toEqual(['current', 'current']))
  const caseId = a.register()
  a.sync.wake()
  await vi.waitFor(() => expect(b.shown(caseId)?.case.applicationNo).toMatch(/^2026/), 5000)
  expectOk(b.correct(caseId, 'applicant.phone', '01077778888'))
  b.sync.wake()
  await vi.waitFor(() => expect(phoneAt(a, caseId)).toBe('01077778888'), 5000)
  expect([a.sync.faults, b.sync.faults]).toEqual([[], []])
})

describe('two desks that were apart', () => {
  test('keep both changes when they touched different fields', async () => {
    const caseId = await sharedCase()
    expectOk(a.correct(caseId, 'applicant.phone', '01011112222'))
    expectOk(b.correct(caseId, 'applicant.email', 'new@example.kr'))
    expectOk(b.move(caseId, 'investigating'))
    await syncInTurn(a, b, a)
    expect(a.shown(caseId)).toEqual(b.shown(caseId))
    expect(a.shown(caseId)).toMatchObject({
      rev: 4,
      case: { state: 'investigating', applicant: { phone: '01011112222', email: 'new@example.kr' } }
    })
  })

  test('hear from the centre what cannot stand together; the command stays until its maker gives it up', async () => {
    const caseId = await sharedCase()
    expectOk(a.correct(caseId, 'applicant.contactPhone', null))
    await syncInTurn(a, b)
    const how = { method: 'phone', representative: null, evidence: '', reason: '전화 요청' } as const
    const args = { consentId: 'collect.contactPhone', ...how }
    expectOk(a.run({ name: 'case.withdraw_consent', args }, { caseId }))
    expectOk(b.correct(caseId, 'applicant.contactPhone', '0212345678'))
    expectOk(b.correct(caseId, 'applicant.email', 'new@example.kr'))
    await syncInTurn(a)
    expect(await b.sync.syncNow()).toMatchObject({ state: 'needs_you', cause: 'refused', waiting: 0, refused: 1 })
    expect(b.shown(caseId)).toMatchObject({ case: { applicant: { contactPhone: null, email: 'new@example.kr' } } })
    const consentId = 'collect.contactPhone'
    expect(refusals(b)).toEqual([['refused', { type: 'ConsentMissing', field: 'applicant.contactPhone', consentId }]])

    const [refused] = listOutbox(b.db)
    expect(discardItem(b.db, refused?.commandId ?? '', { role: 'caseworker', note: () => undefined }).ok).toBe(true)
    expect(discardItem(b.db, refused?.commandId ?? '', { role: 'caseworker', note: () => undefined })).toEqual({
      ok: false,
      error: { type: 'NotRefused' }
    })
    await syncInTurn(b, a)
    expect(a.shown(caseId)).toEqual(b.shown(caseId))
  })

  test('agree when both wanted the same', async () => {
    const caseId = await sharedCase()
    expectOk(a.correct(caseId, 'applicant.phone', '01011112222'))
    expectOk(b.correct(caseId, 'applicant.phone', '01011112222'))
    await syncInTurn(a, b, a)
    expect(a.shown(caseId)).toEqual(b.shown(caseId))
    expect(a.shown(caseId)?.case.conflicts).toEqual([])
  })
})

describe('several own edits of one field', () => {
  test('are no conflict with oneself, whatever others change meanwhile', async () => {
    const caseId = await sharedCase()
    expectOk(a.correct(caseId, 'applicant.phone', '01011112222'))
    expectOk(a.correct(caseId, 'applicant.phone', '01033334444'))
    expectOk(a.move(caseId, 'investigating'))
    expectOk(a.move(caseId, 'awaiting_decision'))
    for (const email of ['one@example.kr', 'two@example.kr', 'three@example.kr']) {
      expectOk(b.correct(caseId, 'applicant.email', email))
    }
    await syncInTurn(b, a, b)
    expect(a.shown(caseId)).toEqual(b.shown(caseId))
    expect(a.shown(caseId)).toMatchObject({
      rev: 8,
      case: { state: 'awaiting_decision', applicant: { phone: '01033334444', email: 'three@example.kr' } }
    })
  })

  test('may be saved from a form that was open while the first of them was sent', async () => {
    const caseId = await sharedCase()
    expectOk(a.correct(caseId, 'applicant.phone', '01011112222'))
    const base = a.shown(caseId)?.fieldRevs ?? {}
    expectOk(b.correct(caseId, 'applicant.email', 'new@example.kr'))
    await syncInTurn(b, a)
    const saved = a.run(
      { name: 'case.correct', args: { changes: [{ field: 'applicant.phone', value: '01055556666' }], reason: '' } },
      { caseId, base }
    )
    expect(saved.ok).toBe(true)
    await syncInTurn(a, b)
    expect(phoneAt(b, caseId)).toBe('01055556666')
  })
})

test('an edit of a case that the centre refused to take in is refused too, and blocks nothing', async () => {
  const administrator = await office.centre.addAccount({ role: 'supervisor' })
  const { token, deviceId } = await office.centre.signIn(administrator)
  const other = a.register()
  await syncInTurn(a)
  // The account has lost the role since: the desk still lets it act, the centre does not.
  const desk = await office.openDesk()
  await desk.sync.stop()
  Object.assign(desk.deps, { deviceId, accountId: administrator.id, actor: { ...desk.actor, id: administrator.id } })
  const sync = openTestSync(desk, { serverUrl: office.url, token: () => token })
  const caseId = desk.register()
  expectOk(desk.correct(caseId, 'applicant.phone', '01011112222'))
  expect(await sync.syncNow()).toMatchObject({ state: 'needs_you', cause: 'refused', waiting: 0, refused: 2 })
  expect(refusals(desk)).toEqual([
    ['refused', { type: 'RoleNotAllowed' }],
    ['refused', { type: 'RoleNotAllowed' }]
  ])
  expect(desk.shown(caseId)).toBeUndefined()
  expect(desk.shown(other)).toEqual(a.shown(other))
  expect(listOutbox(desk.db).map(({ applicantName }) => applicantName)).toEqual(['강소미', ''])
  await sync.stop()
})

test('the work of two people at one PC goes out together, whoever is signed in', async () => {
  const colleague = await office.centre.addAccount()
  const { token } = await office.centre.signIn(colleague, a.deps.deviceId)
  const caseId = a.register()
  Object.assign(a.deps, { accountId: colleague.id, actor: { ...a.actor, id: colleague.id } })
  expectOk(a.correct(caseId, 'applicant.phone', '01011112222'))
  await a.sync.stop()
  const sync = openTestSync(a, { serverUrl: office.url, token: () => token })
  expect(await sync.syncNow()).toMatchObject({ state: 'current', waiting: 0 })
  await syncInTurn(b)
  expect(b.shown(caseId)).toMatchObject({ rev: 2, case: { applicant: { phone: '01011112222' } } })
  await sync.stop()
})
