import { describe, expect, test } from 'vitest'
import type { Role } from '#shared/domain/account/account.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { type ProvisionRequest, type ProvisionRun, provisionRunSchema } from '#shared/domain/provision/provision-run.ts'
import { standingOf } from '#shared/domain/provision/provision-standing.ts'
import { decideProvisionAct, termsOfGiving } from './decide-provision.ts'
import type { ProvisionAct } from './provision-act.ts'

const POLICY = HELD_POLICIES[0] ?? expect.fail()
const BY = '01935a00-0000-7000-8000-00000000000a'
const AT = '2026-11-23T02:00:00.000Z'
const actor = (role: Role, districtCode = '11680') => ({ id: BY, role, districtCode })
const request: ProvisionRequest = {
  ...{ recipientId: 'bgfRetail', policyVersion: '2024-01-25', purpose: '11월 쿠폰', document: '가족-1' },
  agreementEndsOn: null
}
const terms = (over: Partial<ProvisionRequest> = {}, role: Role = 'privacy_officer') => {
  const decided = termsOfGiving({ actor: actor(role), at: AT }, POLICY, { ...request, ...over })
  return decided.ok ? decided.value.keepUntil : decided.error.type
}
const file = { by: BY, at: AT, sha256: 'a'.repeat(64), bytes: 10 }
const run = (over: Partial<ProvisionRun> = {}): ProvisionRun =>
  provisionRunSchema.parse({
    ...{ ...request, id: BY, districtCode: '11680', number: '2026-0001', provisionId: 'mealCoupon' },
    ...{ items: ['application.applicant.name'], persons: 1, givenBy: BY, deviceId: BY, givenAt: AT },
    ...{ keepUntil: '2027-05-23', file, fileDestroyed: null, voided: null, deletion: null },
    ...over
  })
const act = (of: ProvisionRun, what: ProvisionAct, role: Role = 'privacy_officer', districtCode = '11680') => {
  const decided = decideProvisionAct({ actor: actor(role, districtCode), at: AT }, POLICY, of, what)
  return decided.ok ? decided.value : decided.error.type
}
const WRITTEN: ProvisionAct = { name: 'provision.written', args: { sha256: 'a'.repeat(64), bytes: 10 } }
const PROOF: ProvisionAct = {
  name: 'provision.prove_deletion',
  args: { of: 'all', document: 'BGF-1', on: '2026-11-23' }
}

describe('a run is begun', () => {
  test('by the officer, by the version in force, for a recipient that it names, with its clock', () => {
    expect(terms()).toBe('2027-05-23')
    expect(terms({ agreementEndsOn: '2027-01-31', recipientId: 'privateChildcareProvider' })).toBe('2027-01-31')
    expect(terms({}, 'caseworker')).toBe('RoleNotAllowed')
    expect(terms({ policyVersion: '2023-09-01' })).toBe('PolicyChanged')
    expect(terms({ recipientId: 'another' })).toBe('PolicyChanged')
  })
  test('with the end of the agreement where the recipient keeps until then, and only there', () => {
    expect(terms({ recipientId: 'privateChildcareProvider' })).toBe('AgreementMissing')
    expect(terms({ agreementEndsOn: '2027-01-31' })).toBe('AgreementMissing')
    expect(terms({ agreementEndsOn: '2026-11-22', recipientId: 'privateChildcareProvider' })).toBe('AgreementOver')
  })
})

test('who may not be shown a masked value gives it to nobody', () => {
  const care = { ...request, agreementEndsOn: '2027-01-31', recipientId: 'privateChildcareProvider' }
  const decided = (reveals: readonly 'applicant.account'[] | undefined, asked: ProvisionRequest) => {
    const officer = { ...actor('privacy_officer'), ...(reveals && { reveals: [...reveals] }) }
    return termsOfGiving({ actor: officer, at: AT }, POLICY, asked)
  }
  expect(decided(['applicant.account'], care)).toEqual({ ok: false, error: { type: 'ItemsNotGranted' } })
  expect(decided(['applicant.account'], request).ok).toBe(true) // name and phone are never masked by a grant
  expect(decided(undefined, care).ok).toBe(true)
})

test('nobody does what is not hers, nor at another district', () => {
  for (const role of ['caseworker', 'supervisor', 'administrator'] as const) {
    expect(act(run({ file: null }), WRITTEN, role)).toBe('RoleNotAllowed')
  }
  expect(act(run(), PROOF, 'supervisor')).toBe('RoleNotAllowed')
  expect(act(run(), PROOF, 'caseworker', '11440')).toBe('RunNotFound')
})

test('a file is written once, destroyed once, and nothing is proven of one that was not written', () => {
  expect(act(run({ file: null }), WRITTEN)).toMatchObject({ run: { file }, lines: null })
  expect(act(run(), WRITTEN)).toBe('AlreadyWritten')
  expect(act(run(), { name: 'provision.void', args: { reason: '오류로 취소' } })).toBe('AlreadyWritten')
  expect(act(run({ file: null }), PROOF)).toBe('NotWritten')
  expect(act(run({ file: null }), { name: 'provision.destroy_file', args: {} })).toBe('NotWritten')
  expect(act(run({ fileDestroyed: { by: BY, at: AT } }), { name: 'provision.destroy_file', args: {} })).toBe(
    'AlreadyDone'
  )
  expect(act(run({ voided: { by: BY, at: AT, reason: '취소' } }), PROOF)).toBe('AlreadyDone')
})

test('a proof names its paper and a day from the giving on; after it nothing is asked any more', () => {
  const proven = { by: BY, at: AT, document: 'BGF-1', on: '2026-11-23' }
  expect(act(run(), PROOF, 'caseworker')).toEqual({
    run: run({ deletion: proven }),
    lines: { of: 'all', set: { proven } }
  })
  expect(act(run(), { ...PROOF, args: { ...PROOF.args, of: 'asked' } })).toMatchObject({ run: { deletion: null } })
  for (const on of ['2026-11-24', '2026-11-22']) {
    expect(act(run(), { ...PROOF, args: { ...PROOF.args, on } })).toBe('DayWrong')
  }
  expect(act(run({ deletion: proven }), PROOF)).toBe('AlreadyDone')
})

test('a run is reminded of a fortnight before its end, and overdue from the day after it until the proof', () => {
  const on = (today: string, over: Partial<ProvisionRun> = {}) => standingOf(run(over), today)
  expect([on('2027-05-08'), on('2027-05-09'), on('2027-05-23'), on('2027-05-24')]).toEqual([
    ...['kept', 'dueSoon', 'dueSoon', 'overdue']
  ])
  expect(on('2028-01-01', { deletion: { by: BY, at: AT, document: 'BGF-1', on: '2027-05-30' } })).toBe('proven')
  expect(on('2028-01-01', { file: null })).toBe('unwritten')
  expect(on('2028-01-01', { keepUntil: null })).toBe('kept')
})
