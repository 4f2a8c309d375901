import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ROLES } from '#shared/domain/account/account.ts'
import { type Case, type CaseField, type CaseRecord, caseRecordSchema, caseSchema } from '#shared/domain/case/case.ts'
import { CASE_STATES, canMove } from '#shared/domain/case/case-state.ts'
import { SERVICE_CODES } from '#shared/domain/case/service.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { applyChanges } from './change.ts'
import type { Command, CommandBase, Intent } from './command.ts'
import { type DecideDeps, decide } from './decide.ts'
import type { Refusal } from './refusal.ts'
import type { RegisterCase } from './register-case.ts'

const ACTOR_ID = '01935a00-0000-7000-8000-00000000000a'
const CASE_ID = '01935a00-0000-7000-8000-000000000001'
const REASON = '신청인 확인'

const deps: DecideDeps = {
  actor: { id: ACTOR_ID, role: 'caseworker', districtCode: '11680' },
  policies: HELD_POLICIES,
  applicationNo: '2026-11-0412',
  onOvertaken: 'refuse'
}

const command = (intent: Intent, over: { base?: CommandBase; issuedAt?: string } = {}): Command => ({
  id: '01935a00-0000-7000-8000-0000000000c1',
  caseId: CASE_ID,
  base: {},
  issuedAt: '2026-11-23T02:00:00.000Z',
  issuedBy: ACTOR_ID,
  deviceId: '01935a00-0000-7000-8000-0000000000d1',
  deviceSeq: 1,
  ...intent,
  ...over
})

const register = (over: Partial<RegisterCase> = {}, applicant: Partial<Case['applicant']> = {}): Command => {
  const intake = sampleIntake()
  return command({
    name: 'case.register',
    args: { ...intake, applicant: { ...intake.applicant, ...applicant }, ...over }
  })
}
const correct = (changes: Array<{ field: CaseField; value: unknown }>, reason = REASON, base: CommandBase = {}) =>
  command({ name: 'case.correct', args: { changes, reason } }, { base })
const move = (to: Case['state'], reason = REASON, base: CommandBase = {}) =>
  command({ name: 'case.move', args: { to, reason } }, { base })

const registered = (): CaseRecord => applyChanges(null, expectOk(decide(deps, null, register())))

const refusal = (record: CaseRecord | null, wanted: Command, by: DecideDeps = deps): Refusal | null => {
  const decided = decide(by, record, wanted)
  return decided.ok ? null : decided.error
}

test('an intake becomes a received case of the actor’s district, numbered, assigned and due', () => {
  const decided = decide(deps, null, register())
  const subject: Case = {
    ...sampleIntake(),
    consents: sampleIntake().consents.map((answer) => ({ ...answer, handler: ACTOR_ID })),
    id: CASE_ID,
    applicationNo: '2026-11-0412',
    districtCode: '11680',
    state: 'received',
    dueOn: '2026-12-21',
    assigneeId: ACTOR_ID,
    history: [{ state: 'received', at: '2026-11-23T02:00:00.000Z', by: ACTOR_ID, reason: '' }],
    conflicts: [],
    documents: [],
    edits: [],
    holds: []
  }
  expect(decided).toEqual({ ok: true, value: [{ type: 'CaseRegistered', case: subject }] })
  expect(caseSchema.parse(subject)).toEqual(subject)
})

test.each(ROLES.filter((role) => role !== 'caseworker'))('a %s reads and changes nothing', (role) => {
  const reader: DecideDeps = { ...deps, actor: { ...deps.actor, role } }
  const refused = [
    refusal(null, register(), reader),
    refusal(registered(), correct([{ field: 'applicant.name', value: '강소민' }]), reader),
    refusal(registered(), move('investigating'), reader)
  ]
  expect(refused).toEqual(Array(3).fill({ type: 'RoleNotAllowed' }))
})

test('a case of another district answers like one that is not there', () => {
  const elsewhere: DecideDeps = { ...deps, actor: { ...deps.actor, districtCode: '11440' } }
  const wanted = [correct([{ field: 'applicant.name', value: '강소민' }]), move('investigating')]
  for (const one of wanted) {
    expect(refusal(registered(), one, elsewhere)).toEqual(refusal(null, one))
    expect(refusal(null, one)).toEqual({ type: 'CaseNotFound' })
  }
})

test('a case is registered once', () => {
  expect(refusal(registered(), register())).toEqual({ type: 'CaseAlreadyRegistered' })
})

test('the day of application may be today in Korea and no later', () => {
  const at = (appliedOn: string, issuedAt: string) => refusal(null, { ...register({ appliedOn }), issuedAt } as Command)
  expect(at('2026-11-24', '2026-11-23T14:59:00.000Z')).toEqual({ type: 'DateInFuture' })
  expect(at('2026-11-24', '2026-11-23T15:00:00.000Z')).toBeNull()
})

test('an application from before the register is not judged by a later version', () => {
  expect(refusal(null, register({ appliedOn: '2024-01-24' }))).toEqual({ type: 'PolicyNotInForce' })
})

const invalid = (field: CaseField, problem: string): Refusal => ({ type: 'FieldInvalid', field, problem })
const [child] = sampleIntake().children
const [helper] = sampleIntake().helpers
if (child === undefined || helper === undefined) throw new Error('the sample has a child and a helper')

test.each<[string, Command, Refusal]>([
  ['a dong of another district', register({ dongCode: '1144066000' }), invalid('dongCode', 'dongNotInDistrict')],
  ['a dong that does not exist', register({ dongCode: '1168099900' }), invalid('dongCode', 'dongNotInDistrict')],
  [
    'a birth date that does not exist',
    register({}, { registrationNo: '9102302345678' }),
    invalid('applicant.registrationNo', 'rrnDate')
  ],
  [
    'an applicant not yet born',
    register({}, { registrationNo: '2703014345678' }),
    invalid('applicant.registrationNo', 'birthInFuture')
  ],
  ['an impossible phone', register({}, { phone: '01012345' }), invalid('applicant.phone', 'phone')],
  [
    'an unknown bank',
    register({}, { account: { bankCode: '999', number: '1234567890', holder: '강소미' } }),
    invalid('applicant.account', 'bankUnknown')
  ],
  [
    'an account of one digit',
    register({}, { account: { bankCode: '088', number: '0000000000', holder: '강소미' } }),
    invalid('applicant.account', 'accountNumber')
  ],
  [
    'an impossible contact phone',
    register({}, { contactPhone: '99999999' }),
    invalid('applicant.contactPhone', 'phone')
  ],
  [
    'a child’s birth date that is not its number’s',
    register({ children: [{ ...child, birthDate: '2024-06-16' }] }),
    invalid('children', 'birthDateMismatch')
  ],
  [
    'a child’s sex that is not its number’s',
    register({ children: [{ ...child, sex: 'male' }] }),
    invalid('children', 'sexMismatch')
  ],
  [
    'a child to be born',
    register({ children: [{ ...child, registrationNo: null, birthDate: '2026-11-24' }] }),
    invalid('children', 'birthInFuture')
  ],
  ['the same child twice', register({ children: [child, child] }), invalid('children', 'registrationNoTwice')],
  [
    'a helper with an impossible phone',
    register({ helpers: [{ ...helper, phone: '00000000' }] }),
    invalid('helpers', 'phone')
  ],
  [
    'a helper who is the applicant',
    register({ helpers: [{ ...helper, registrationNo: '9104122345675' }] }),
    invalid('helpers', 'registrationNoTwice')
  ],
  [
    'a household member with another birth date than the number’s',
    register({
      household: [{ name: '한도윤', registrationNo: '8911051023451', birthDate: '1989-11-06', relation: 'spouse' }]
    }),
    invalid('household', 'birthDateMismatch')
  ]
])('an intake with %s is refused', (_what, wanted, expected) => {
  expect(refusal(null, wanted)).toEqual(expected)
})

test('a newborn without a number, a foreigner and a number that misfits its check digit are all taken in', () => {
  const newborn = { ...child, registrationNo: null, birthDate: '2026-11-22' }
  expect(refusal(null, register({ children: [newborn] }, { registrationNo: '9104126345671' }))).toBeNull()
})

const withoutConsent = (consentId: string) => sampleIntake().consents.filter((answer) => answer.consentId !== consentId)
const refusing = (consentId: string) =>
  sampleIntake().consents.map((answer) => (answer.consentId === consentId ? { ...answer, given: false } : answer))

test('every consent that the register asks for is answered with yes or no', () => {
  expect(refusal(null, register({ consents: withoutConsent('collect.email') }, { email: null }))).toEqual({
    type: 'ConsentUnanswered',
    consentId: 'collect.email'
  })
  expect(refusal(null, register({ consents: refusing('collect.email') }, { email: null }))).toBeNull()
})

test('a service that gives data to a recipient asks one consent more', () => {
  expect(refusal(null, register({ service: 'childcare_private' }))).toEqual({
    type: 'ConsentUnanswered',
    consentId: 'provide.privateChildcareProvider'
  })
})

test.each([
  ['applicant.email', 'collect.email'],
  ['applicant.contactPhone', 'collect.contactPhone']
] as const)('%s may be filled in only with its consent given', (field, consentId) => {
  expect(refusal(null, register({ consents: refusing(consentId) }))).toEqual({
    type: 'ConsentMissing',
    field,
    consentId
  })
})

test('of two answers to the same consent the later one counts', () => {
  const yesThenNo = [...sampleIntake().consents, ...refusing('collect.email')]
  const noThenYes = [...refusing('collect.email'), ...sampleIntake().consents]
  expect(refusal(null, register({ consents: yesThenNo }))).toMatchObject({ type: 'ConsentMissing' })
  expect(refusal(null, register({ consents: noThenYes }))).toBeNull()
})

test('an answer to a question that no held version asks is refused', () => {
  const [answer] = sampleIntake().consents
  if (answer === undefined) throw new Error('the sample answers consents')
  const consents = [...sampleIntake().consents, { ...answer, consentId: 'collect.everything' }]
  expect(refusal(null, register({ consents }))).toEqual(invalid('consents', 'consentUnknown'))
  const unheld = sampleIntake().consents.map((one) => ({ ...one, policyVersion: '2031-01-01' }))
  expect(refusal(null, register({ consents: unheld }))).toEqual(invalid('consents', 'consentUnknown'))
})

test('a correction sets the fields that differ, as their schemas read them', () => {
  const decided = decide(
    deps,
    registered(),
    correct([
      { field: 'applicant.name', value: '  강소민 ' },
      { field: 'applicant.phone', value: '01023456789' }
    ])
  )
  const fields = [{ field: 'applicant.name', value: '강소민' }]
  const act = { by: ACTOR_ID, at: '2026-11-23T02:00:00.000Z', reason: REASON }
  expect(decided).toEqual({
    ok: true,
    value: [{ type: 'FieldsSet', fields, dueOn: '2026-12-21', act, how: 'plain' }]
  })
})

test('a correction of the day of application moves the due date', () => {
  const decided = expectOk(decide(deps, registered(), correct([{ field: 'appliedOn', value: '2026-11-23' }])))
  expect(decided).toMatchObject([{ type: 'FieldsSet', dueOn: '2026-12-23' }])
})

test('a correction that changes nothing says so, whatever its base', () => {
  const same = registered().case.applicant.address
  const reordered = Object.fromEntries(Object.entries(same).reverse())
  expect(refusal(registered(), correct([{ field: 'applicant.address', value: reordered }]))).toEqual({
    type: 'NothingToChange'
  })
})

test('a field that somebody changed meanwhile is not overwritten; another field of the case is not in the way', () => {
  const phone = (value: string, base: CommandBase = {}) => correct([{ field: 'applicant.phone', value }], REASON, base)
  const first = registered()
  const second = applyChanges(first, expectOk(decide(deps, first, phone('01011112222'))))
  expect(refusal(second, phone('01033334444'))).toEqual({ type: 'FieldChangedMeanwhile', fields: ['applicant.phone'] })
  expect(refusal(second, phone('01033334444', { 'applicant.phone': 2 }))).toBeNull()
  expect(refusal(second, phone('01011112222'))).toEqual({ type: 'NothingToChange' })
  expect(refusal(second, correct([{ field: 'applicant.name', value: '강소민' }]))).toBeNull()
})

test.each<[CaseField, unknown]>([
  ['applicant.account', null],
  ['applicant.registrationNo', '9104122345683']
])('a correction of %s needs a reason', (field, value) => {
  expect(refusal(registered(), correct([{ field, value }], ''))).toEqual({ type: 'ReasonMissing' })
  expect(refusal(registered(), correct([{ field, value }]))).toBeNull()
})

test('answers to consents are recorded and never rewritten', () => {
  const consents = [...sampleIntake().consents].reverse()
  expect(refusal(registered(), correct([{ field: 'consents', value: consents }]))).toEqual({
    type: 'CommandUnreadable'
  })
})

test('what was wrong before does not stand in the way of correcting something else, and may not be repeated', () => {
  const first = registered()
  const legacy: CaseRecord = {
    ...first,
    case: { ...first.case, applicant: { ...first.case.applicant, phone: '00000000' } }
  }
  expect(refusal(legacy, correct([{ field: 'applicant.name', value: '강소민' }]))).toBeNull()
  expect(refusal(legacy, correct([{ field: 'applicant.phone', value: '00000001' }]))).toEqual(
    invalid('applicant.phone', 'phone')
  )
})

test('a correction names each field once and with a value that fits it', () => {
  const twice = correct([
    { field: 'applicant.name', value: '강소민' },
    { field: 'applicant.name', value: '강소라' }
  ])
  const misfit = correct([{ field: 'applicant.name', value: 7 }])
  expect([refusal(registered(), twice), refusal(registered(), misfit)]).toEqual(
    Array(2).fill({ type: 'CommandUnreadable' })
  )
})

test('a move along the state machine is kept with its reason and sets the due date anew', () => {
  const step = { state: 'withdrawn' as const, at: '2026-11-23T02:00:00.000Z', by: ACTOR_ID, reason: REASON }
  expect(decide(deps, registered(), move('withdrawn'))).toEqual({
    ok: true,
    value: [{ type: 'StateMoved', step, dueOn: null, how: 'plain' }]
  })
  expect(expectOk(decide(deps, registered(), move('investigating')))).toMatchObject([{ dueOn: '2026-12-21' }])
})

test('a move needs a way, a reason and the state that the actor saw', () => {
  expect(refusal(registered(), move('paid'))).toEqual({ type: 'StateNotReachable', from: 'received', to: 'paid' })
  expect(refusal(registered(), move('investigating', ''))).toEqual({ type: 'ReasonMissing' })
  expect(refusal(registered(), move('received'))).toEqual({ type: 'NothingToChange' })
  const first = registered()
  const second = applyChanges(first, expectOk(decide(deps, first, move('investigating'))))
  expect(refusal(second, move('awaiting_decision'))).toEqual({ type: 'FieldChangedMeanwhile', fields: ['state'] })
  expect(refusal(second, move('awaiting_decision', REASON, { state: 2 }))).toBeNull()
})

test('a case never grows past what a desk can read, however often it is moved to and fro', () => {
  const step = registered().case.history[0]
  if (step === undefined) throw new Error('a new case has its first step')
  const after = (steps: number): CaseRecord => {
    const record = registered()
    return { ...record, case: { ...record.case, history: Array.from({ length: steps }, () => step) } }
  }
  const last = applyChanges(after(499), expectOk(decide(deps, after(499), move('investigating'))))
  expect(caseRecordSchema.safeParse(last).success).toBe(true)
  expect(refusal(after(500), move('investigating'))).toEqual({
    type: 'StateNotReachable',
    from: 'received',
    to: 'investigating'
  })
})

test('a case moves exactly where its state leads', () => {
  for (const from of CASE_STATES) {
    const record = { ...registered(), case: { ...registered().case, state: from } }
    const reached = CASE_STATES.filter((to) => refusal(record, move(to)) === null)
    expect(reached).toEqual(CASE_STATES.filter((to) => canMove(from, to)))
  }
})

const anyCommand = fc.oneof(
  fc
    .record({ service: fc.constantFrom(...SERVICE_CODES), appliedOn: fc.constantFrom('2026-11-20', '2026-12-01') })
    .map(register),
  fc.constantFrom(...CASE_STATES).map((to) => move(to)),
  fc
    .record({ phone: fc.stringMatching(/^\d{8,12}$/), rev: fc.integer({ min: 0, max: 3 }) })
    .map(({ phone, rev }) => correct([{ field: 'applicant.phone', value: phone }], REASON, { 'applicant.phone': rev }))
)

test('the same decision falls twice for the same input, and neither case nor command is touched', () => {
  fc.assert(
    fc.property(anyCommand, fc.boolean(), (wanted, known) => {
      const record = known ? registered() : null
      const [recordBefore, wantedBefore] = [structuredClone(record), structuredClone(wanted)]
      const first = decide(deps, record, wanted)
      expect(decide(deps, record, wanted)).toEqual(first)
      expect([record, wanted]).toEqual([recordBefore, wantedBefore])
    })
  )
})
