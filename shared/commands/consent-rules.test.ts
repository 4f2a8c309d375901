import { expect, test } from 'vitest'
import { ROLES, type Role } from '#shared/domain/account/account.ts'
import { type CaseRecord, caseRecordSchema } from '#shared/domain/case/case.ts'
import { MOST_CONSENTS } from '#shared/domain/consent/consent-record.ts'
import {
  closedFields,
  isConsentEffective,
  isWithdrawn,
  standingConsent,
  unconfirmedOf
} from '#shared/domain/consent/standing-consent.ts'
import { withoutClosed } from '#shared/domain/consent/without-closed.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { requestShown } from '#shared/domain/policy/consents-to-ask.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { applyChanges } from './change.ts'
import type { Command, CommandBase, Intent } from './command.ts'
import { type DecideDeps, decide } from './decide.ts'
import type { RecordConsent, WithdrawConsent } from './record-consent.ts'

const uuid = (n: number): string => `01935a00-0000-7000-8000-${String(n).padStart(12, '0')}`
const [KIM, LEE, CASE_ID] = [uuid(10), uuid(11), uuid(1)]
const AT = '2026-11-23T02:00:00.000Z'
const EMAIL = 'collect.email'
const CARE = 'provide.privateChildcareProvider'

interface As {
  readonly by?: string
  readonly role?: Role
  readonly base?: CommandBase
  readonly onOvertaken?: DecideDeps['onOvertaken']
}
function act(record: CaseRecord | null, intent: Intent, as: As = {}) {
  const { by = KIM, role = 'caseworker', base = record?.fieldRevs ?? {}, onOvertaken = 'keep_both' } = as
  const envelope = { id: uuid(9), caseId: CASE_ID, base, issuedAt: AT, issuedBy: by, deviceId: uuid(20), deviceSeq: 1 }
  const actor = { id: by, role, districtCode: '11680' }
  const command: Command = { ...envelope, ...intent }
  return decide({ actor, policies: HELD_POLICIES, applicationNo: '2026-11-0001', onOvertaken }, record, command)
}
const after = (record: CaseRecord | null, intent: Intent, as: As = {}): CaseRecord =>
  caseRecordSchema.parse(applyChanges(record, expectOk(act(record, intent, as))))
const refusal = (record: CaseRecord, intent: Intent, as: As = {}) => {
  const decided = act(record, intent, as)
  return decided.ok ? null : decided.error
}

const record = (over: Partial<RecordConsent> = {}): Intent => {
  const consentId = over.consentId ?? EMAIL
  const { noticeHash } = requestShown(HELD_POLICIES, { policyVersion: '2024-01-25', consentId }) ?? expect.fail()
  const args = { consentId, policyVersion: '2024-01-25', noticeHash, given: true, method: 'written' as const }
  return {
    name: 'case.record_consent',
    args: { ...args, answeredAt: AT, representative: null, evidence: '동의서 12', ...over }
  }
}
const withdraw = (over: Partial<WithdrawConsent> = {}): Intent => ({
  name: 'case.withdraw_consent',
  args: { consentId: EMAIL, method: 'phone', representative: null, evidence: '', reason: '전화로 요청', ...over }
})
const setEmail = (value: string | null): Intent => ({
  name: 'case.correct',
  args: { changes: [{ field: 'applicant.email', value }], reason: '' }
})

const REGISTERED = after(null, { name: 'case.register', args: sampleIntake() })
const PRIVATE = after(null, {
  name: 'case.register',
  args: {
    ...{ ...sampleIntake(), service: 'childcare_private' },
    consents: [...sampleIntake().consents, answerTo(CARE)]
  }
})
function answerTo(consentId: string) {
  const [first] = sampleIntake().consents
  const { noticeHash } = requestShown(HELD_POLICIES, { policyVersion: '2024-01-25', consentId }) ?? expect.fail()
  return { ...(first ?? expect.fail()), consentId, noticeHash, given: false }
}
const guardian = (confirmedAt: string | null) =>
  ({ as: 'legal_representative', check: 'written_signed', confirmedAt }) as const

test('a record says what was answered to which notice, how, by whom, who took it and where the proof lies', () => {
  const { consents, edits } = after(REGISTERED, record(), { by: LEE }).case
  expect(consents.at(-1)).toEqual({
    ...{ consentId: EMAIL, policyVersion: '2024-01-25', given: true, method: 'written', answeredAt: AT },
    ...{ noticeHash: REGISTERED.case.consents.find(({ consentId }) => consentId === EMAIL)?.noticeHash },
    ...{ representative: null, handler: LEE, evidence: '동의서 12', reason: '', closes: [] }
  })
  expect(consents).toHaveLength(REGISTERED.case.consents.length + 1)
  expect(edits).toMatchObject([{ fields: ['consents'], by: LEE, at: AT }])
})

test('one command closes what rested on the consent; the value stays sealed until it is destroyed', () => {
  const { case: subject, fieldRevs } = after(REGISTERED, withdraw())
  expect(closedFields(subject.consents)).toEqual(['applicant.email'])
  expect([isConsentEffective(subject.consents, EMAIL), isWithdrawn(subject.consents, EMAIL)]).toEqual([false, true])
  expect([subject.applicant.email, withoutClosed(subject).applicant.email]).toEqual(['somi.kang@example.kr', null])
  expect(withoutClosed(subject).applicant.contactPhone).toBe('0255512345')
  expect(fieldRevs).toEqual({ consents: 2 })
  expect(subject.consents.at(-1)).toMatchObject({ given: false, reason: '전화로 요청', answeredAt: AT, handler: KIM })
})

test('nothing can be typed into a closed field, not even beside what stands, until the person agrees again', () => {
  const closed = after(REGISTERED, withdraw())
  const missing = { type: 'ConsentMissing', field: 'applicant.email', consentId: EMAIL }
  expect(refusal(closed, setEmail('new@example.kr'), { base: {} })).toEqual(missing)
  expect(refusal(closed, setEmail('new@example.kr'), { onOvertaken: 'refuse' })).toEqual(missing)
  const changed = after(REGISTERED, setEmail('other@example.kr'), { by: LEE })
  const closedLater = after(changed, withdraw(), { by: LEE })
  expect(refusal(closedLater, setEmail('late@example.kr'), { base: {} })).toEqual(missing)
  expect(after(closed, setEmail(null)).case.applicant.email).toBeNull()
  const again = after(closed, record())
  expect(after(again, setEmail('new@example.kr')).case.applicant.email).toBe('new@example.kr')
})

test('a yes does not undo a no that its author has not seen; a no always stands', () => {
  const closed = after(REGISTERED, withdraw(), { by: LEE })
  expect(refusal(closed, record(), { base: {} })).toEqual({ type: 'FieldChangedMeanwhile', fields: ['consents'] })
  expect(refusal(closed, record())).toBeNull()
  const again = after(closed, record())
  expect(standingConsent(after(again, record({ given: false }), { base: {} }).case.consents, EMAIL)?.given).toBe(false)
  expect(refusal(closed, record({ consentId: 'collect.contactPhone' }), { base: {} })).toBeNull()
})

test('what is withdrawn already is withdrawn, and a refusal is no withdrawal', () => {
  const closed = after(REGISTERED, withdraw())
  expect(expectOk(act(closed, withdraw()))).toEqual([])
  expect(refusal(closed, withdraw(), { onOvertaken: 'refuse' })).toEqual({ type: 'NothingToChange' })
  expect(isWithdrawn(PRIVATE.case.consents, CARE)).toBe(false)
  expect(refusal(REGISTERED, withdraw({ reason: ' ' }))).toEqual({ type: 'ReasonMissing' })
})

test('an answer to another notice than the version holds, or to nothing that it asks, is none', () => {
  expect(refusal(REGISTERED, record({ noticeHash: 'a'.repeat(64) }))).toEqual({
    ...{ type: 'NoticeNotShown', consentId: EMAIL }
  })
  const unknown = { type: 'FieldInvalid', field: 'consents', problem: 'consentUnknown' }
  const { noticeHash } = answerTo(EMAIL)
  expect(
    refusal(REGISTERED, { ...record(), args: argsOf(record({ policyVersion: '2031-01-01' }), noticeHash) })
  ).toEqual(unknown)
  expect(refusal(REGISTERED, record({ answeredAt: '2026-11-24T02:00:00.000Z' }))).toEqual({ type: 'DateInFuture' })
})
const argsOf = (intent: Intent, noticeHash: string | null) =>
  ({ ...intent.args, noticeHash }) as Extract<Intent, { name: 'case.record_consent' }>['args'] as never

test('a child under 14 consents through its legal representative, and not before she was verified', () => {
  expect(refusal(PRIVATE, record({ consentId: CARE }))).toEqual({ type: 'GuardianMissing', consentId: CARE })
  expect(refusal(PRIVATE, record({ consentId: CARE, representative: { as: 'agent' } }))).toMatchObject({
    type: 'GuardianMissing'
  })
  expect(refusal(PRIVATE, record({ consentId: CARE, given: false }))).toBeNull()
  const waiting = after(PRIVATE, record({ consentId: CARE, representative: guardian(null) }))
  expect(isConsentEffective(waiting.case.consents, CARE)).toBe(false)
  const confirmed = after(waiting, record({ consentId: CARE, representative: guardian(AT) }))
  expect(isConsentEffective(confirmed.case.consents, CARE)).toBe(true)
})

test('an intake is held to the same: the notice shown, and a representative for a child', () => {
  const intake = { ...sampleIntake(), service: 'childcare_private' as const }
  const register = (over: object): Intent => ({
    name: 'case.register',
    args: { ...intake, consents: [...intake.consents, { ...answerTo(CARE), given: true, ...over }] }
  })
  const refused = (intent: Intent) => {
    const decided = act(null, intent)
    return decided.ok ? null : decided.error
  }
  expect(refused(register({}))).toEqual({ type: 'GuardianMissing', consentId: CARE })
  expect(refused(register({ representative: guardian(null) }))).toBeNull()
  expect(refused(register({ noticeHash: 'b'.repeat(64) }))).toEqual({ type: 'NoticeNotShown', consentId: CARE })
  expect(refused(register({ noticeHash: null }))).toBeNull() // a program of before the hashes
})

test('an intake that an older program kept in its outbox is taken in as it was', () => {
  const answers = sampleIntake().consents.map(({ consentId, policyVersion, given, method, answeredAt }) => {
    return { consentId, policyVersion, given, method, answeredAt }
  })
  const kept = JSON.parse(JSON.stringify({ name: 'case.register', args: { ...sampleIntake(), consents: answers } }))
  expect(after(null, kept).case.consents).toEqual(
    sampleIntake().consents.map((answer) => ({ ...answer, noticeHash: null, handler: KIM }))
  )
})

test('what was collected on a yes that nobody confirmed is known to the retention engine by its items', () => {
  const { consents } = after(REGISTERED, record({ representative: guardian(null) })).case
  expect(unconfirmedOf(HELD_POLICIES, consents)).toEqual([
    { items: ['application.applicant.email'], collectedOn: '2026-11-23' }
  ])
  expect(unconfirmedOf(HELD_POLICIES, after(REGISTERED, record()).case.consents)).toEqual([])
})

test('a caseworker records; whoever may get a citizen’s request withdraws; nobody else', () => {
  const may = (intent: Intent) =>
    ROLES.filter((role) => refusal(REGISTERED, intent, { role })?.type !== 'RoleNotAllowed')
  expect(may(record())).toEqual(['caseworker'])
  expect([...may(withdraw())].sort()).toEqual(['caseworker', 'privacy_officer', 'supervisor'])
})

test('a case takes so many answers and no more, but a withdrawal always finds room', () => {
  const yes = REGISTERED.case.consents.find(({ given }) => given) ?? expect.fail()
  const consents = Array.from({ length: MOST_CONSENTS / 2 }, () => ({ ...yes, consentId: EMAIL }))
  const full = { ...REGISTERED, case: { ...REGISTERED.case, consents } }
  expect(refusal(full, record())).toEqual({ type: 'TooManyConsents' })
  expect(after(full, withdraw()).case.consents).toHaveLength(MOST_CONSENTS / 2 + 1)
})
