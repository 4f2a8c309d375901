import { expect, test } from 'vitest'
import { type CaseField, type CaseRecord, caseRecordSchema } from '#shared/domain/case/case.ts'
import type { CaseState } from '#shared/domain/case/case-state.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { applyChanges, effectOf } from './change.ts'
import type { Command, CommandBase, Intent } from './command.ts'
import { type DecideDeps, decide } from './decide.ts'
import type { Refusal } from './refusal.ts'

const CASE_ID = '01935a00-0000-7000-8000-000000000001'
const AHN = '01935a00-0000-7000-8000-00000000000a'
const BAE = '01935a00-0000-7000-8000-00000000000b'
const CHO = '01935a00-0000-7000-8000-00000000000c'
const AT = '2026-11-23T02:00:00.000Z'
const PHONE = 'applicant.phone'
const [ONE, TWO, THREE] = ['01011112222', '01033334444', '01055556666']

const deps = (by: string, onOvertaken: DecideDeps['onOvertaken'] = 'keep_both'): DecideDeps => ({
  actor: { id: by, role: 'caseworker', districtCode: '11680' },
  policies: HELD_POLICIES,
  applicationNo: '2026-11-0412',
  onOvertaken
})

let made = 0
const command = (by: string, intent: Intent, base: CommandBase, seenRev?: number): Command => {
  made += 1
  const id = `01935a00-0000-7000-8000-${String(made).padStart(12, '0')}`
  const envelope = { id, caseId: CASE_ID, base, issuedAt: AT, issuedBy: by, deviceId: CASE_ID, deviceSeq: 1 }
  return { ...envelope, ...(seenRev === undefined ? {} : { seenRev }), ...intent }
}
const correct = (by: string, changes: Partial<Record<CaseField, unknown>>, base: CommandBase, seenRev?: number) => {
  const list = Object.entries(changes).map(([field, value]) => ({ field: field as CaseField, value }))
  return command(by, { name: 'case.correct', args: { changes: list, reason: '확인' } }, base, seenRev)
}
const move = (by: string, to: CaseState, base: CommandBase, seenRev?: number) =>
  command(by, { name: 'case.move', args: { to, reason: '서류 확인' } }, base, seenRev)
const resolve = (by: string, record: CaseRecord, pick: 'theirs' | 'mine', reason = '통화로 확인') => {
  const conflict = theConflict(record)
  const { id: conflictId, field, mine } = conflict
  const args = { conflictId, field, mineCommandId: mine.commandId, pick, reason }
  return command(by, { name: 'conflict.resolve', args }, record.fieldRevs)
}
const theConflict = (record: CaseRecord) => {
  const [conflict] = record.case.conflicts
  if (conflict === undefined) throw new Error('no conflict is open')
  return conflict
}

/** Does the command as the centre does; the result fits the schema of a case. */
const after = (record: CaseRecord | null, one: Command): CaseRecord => {
  const record2 = applyChanges(record, expectOk(decide(deps(one.issuedBy), record, one)))
  return caseRecordSchema.parse(record2)
}
const effect = (record: CaseRecord, one: Command) => effectOf(expectOk(decide(deps(one.issuedBy), record, one)))
const refusal = (record: CaseRecord, one: Command, onOvertaken: DecideDeps['onOvertaken']): Refusal | null => {
  const decided = decide(deps(one.issuedBy, onOvertaken), record, one)
  return decided.ok ? null : decided.error
}

const registered = after(null, command(AHN, { name: 'case.register', args: sampleIntake() }, {}))
/** Ahn has changed the phone; Bae had not seen it and has typed another. */
const changedByAhn = after(registered, correct(AHN, { [PHONE]: ONE }, {}))
const byBae = correct(BAE, { [PHONE]: TWO }, {})
const inConflict = after(changedByAhn, byBae)

test('the same field: the first value stands, the other lies beside it with who, when and why', () => {
  expect(inConflict.case.applicant.phone).toBe(ONE)
  expect(inConflict.case.conflicts).toEqual([
    {
      id: `${byBae.id}:${PHONE}`,
      field: PHONE,
      theirs: { value: ONE, by: AHN, at: AT, reason: '확인' },
      mine: { value: TWO, by: BAE, at: AT, reason: '확인', commandId: byBae.id },
      openedAt: AT,
      rev: 3
    }
  ])
  expect(inConflict.fieldRevs).toEqual({ [PHONE]: 2 })
  expect(effect(changedByAhn, byBae)).toEqual({ type: 'Conflict', fields: [PHONE] })
})

test('a person at the form is told at once instead', () => {
  expect(refusal(changedByAhn, byBae, 'refuse')).toEqual({ type: 'FieldChangedMeanwhile', fields: [PHONE] })
})

test('of several fields those that can be set are set', () => {
  const both = correct(BAE, { [PHONE]: TWO, 'applicant.name': '강소민' }, {}, 1)
  const result = after(changedByAhn, both)
  expect([result.case.applicant.name, result.case.applicant.phone]).toEqual(['강소민', ONE])
  expect(result.case.conflicts.map(({ field }) => field)).toEqual([PHONE])
  expect(result.case.edits.map(({ fields, by, how }) => [fields, by, how])).toEqual([
    [[PHONE], AHN, 'plain'],
    [['applicant.name'], BAE, 'merged']
  ])
})

test('the same value typed twice is no conflict: it is done at the centre, and nothing to do at the form', () => {
  const same = correct(BAE, { [PHONE]: ONE }, {})
  expect(decide(deps(BAE), changedByAhn, same)).toEqual({ ok: true, value: [] })
  expect(refusal(changedByAhn, same, 'refuse')).toEqual({ type: 'NothingToChange' })
  const again = move(BAE, 'investigating', {})
  const moved = after(registered, move(AHN, 'investigating', {}))
  expect(decide(deps(BAE), moved, again)).toEqual({ ok: true, value: [] })
})

test('what followed on a value that stood there already is no conflict with oneself', () => {
  const same = after(changedByAhn, correct(BAE, { [PHONE]: ONE }, {}))
  const next = after(same, correct(BAE, { [PHONE]: THREE }, { [PHONE]: same.rev }))
  expect([next.case.applicant.phone, next.case.conflicts]).toEqual([THREE, []])
})

test('different fields merge, and the history says so only where somebody else was at work', () => {
  const email = (by: string, seenRev: number) => correct(by, { 'applicant.email': 'new@example.kr' }, {}, seenRev)
  expect(effect(changedByAhn, email(BAE, 1))).toEqual({ type: 'Merged' })
  expect(effect(changedByAhn, email(BAE, 2))).toEqual({ type: 'Applied' })
  expect(effect(changedByAhn, email(AHN, 1))).toEqual({ type: 'Applied' })
})

test('an edit on top of one’s own value that lies in a conflict replaces that value, not the one that stands', () => {
  const next = after(inConflict, correct(BAE, { [PHONE]: THREE }, { [PHONE]: 3 }))
  expect(next.case.applicant.phone).toBe(ONE)
  expect(next.case.conflicts).toMatchObject([{ id: `${byBae.id}:${PHONE}`, mine: { value: THREE }, rev: 4 }])
  const takenBack = after(inConflict, correct(BAE, { [PHONE]: ONE }, { [PHONE]: 3 }))
  expect(takenBack.case.conflicts).toEqual([])
  expect(takenBack.case.edits.at(-1)).toMatchObject({ how: 'resolved', by: BAE, closed: [{ choice: 'theirs' }] })
})

test('a later edit with the standing value in sight goes on against the other; typing that one ends the conflict', () => {
  const third = after(inConflict, correct(CHO, { [PHONE]: THREE }, { [PHONE]: 2 }))
  expect(third.case.applicant.phone).toBe(THREE)
  expect(third.case.conflicts).toMatchObject([{ theirs: { value: THREE, by: CHO }, mine: { value: TWO, by: BAE } }])
  const agreed = after(inConflict, correct(AHN, { [PHONE]: TWO }, { [PHONE]: 2 }))
  expect([agreed.case.applicant.phone, agreed.case.conflicts]).toEqual([TWO, []])
  expect(agreed.case.edits.at(-1)?.closed).toMatchObject([{ choice: 'mine', conflict: { mine: { value: TWO } } }])
})

test('nobody is in conflict with herself: a third value by the author of the other one ends the conflict', () => {
  const third = after(inConflict, correct(BAE, { [PHONE]: THREE }, { [PHONE]: 2 }))
  expect([third.case.applicant.phone, third.case.conflicts]).toEqual([THREE, []])
  expect(third.case.edits.at(-1)?.closed).toMatchObject([{ choice: 'other', conflict: { mine: { value: TWO } } }])
})

test.each([
  ['theirs', ONE],
  ['mine', TWO]
] as const)('choosing %s ends the conflict; the other value stays in the history', (pick, standing) => {
  const decided = after(inConflict, resolve(CHO, inConflict, pick))
  expect([decided.case.applicant.phone, decided.case.conflicts]).toEqual([standing, []])
  expect(decided.fieldRevs[PHONE]).toBe(decided.rev)
  const closed = [{ conflict: theConflict(inConflict), choice: pick }]
  expect(decided.case.edits.at(-1)).toEqual({
    ...{ fields: [PHONE], by: CHO, at: AT, reason: '통화로 확인', how: 'resolved', closed }
  })
})

test('deciding twice alike is done; deciding otherwise than somebody else is in conflict with her decision', () => {
  const decided = after(inConflict, resolve(AHN, inConflict, 'theirs'))
  const alike = resolve(BAE, inConflict, 'theirs')
  const otherwise = resolve(BAE, inConflict, 'mine')
  expect(refusal(decided, alike, 'refuse')).toEqual({ type: 'NothingToChange' })
  expect(decide(deps(BAE), decided, alike)).toEqual({ ok: true, value: [] })
  expect(refusal(decided, otherwise, 'refuse')).toEqual({ type: 'FieldChangedMeanwhile', fields: [PHONE] })
  expect(after(decided, otherwise).case.conflicts).toMatchObject([
    { theirs: { value: ONE, by: AHN }, mine: { value: TWO, by: BAE, commandId: otherwise.id } }
  ])
})

test('whoever has the decision before her eyes may change it, as often as she likes', () => {
  const wanted = (record: CaseRecord, pick: 'theirs' | 'mine') => {
    const { id, field, mine } = theConflict(inConflict)
    const args = { conflictId: id, field, mineCommandId: mine.commandId, pick, reason: '' }
    return command(CHO, { name: 'conflict.resolve', args }, record.fieldRevs)
  }
  const kept = after(inConflict, resolve(CHO, inConflict, 'theirs'))
  const taken = after(kept, wanted(kept, 'mine'))
  const back = after(taken, wanted(taken, 'theirs'))
  expect([taken, back].map((record) => [record.case.applicant.phone, record.case.conflicts])).toEqual([
    [TWO, []],
    [ONE, []]
  ])
  expect(back.case.edits.map(({ how }) => how)).toEqual(['plain', 'resolved', 'resolved', 'resolved'])
  const third = after(back, correct(AHN, { [PHONE]: THREE }, { [PHONE]: back.rev }))
  expect(refusal(third, wanted(third, 'mine'), 'refuse')).toEqual({ type: 'FieldChangedMeanwhile', fields: [PHONE] })
})

test('a decision on values that have changed since is refused and leaves the conflict open', () => {
  const meanwhile = { type: 'FieldChangedMeanwhile', fields: [PHONE] }
  const third = after(inConflict, correct(CHO, { [PHONE]: THREE }, { [PHONE]: 2 }))
  expect(refusal(third, resolve(AHN, inConflict, 'mine'), 'keep_both')).toEqual(meanwhile)
  const amended = after(inConflict, correct(BAE, { [PHONE]: THREE }, { [PHONE]: 3 }))
  expect(refusal(amended, resolve(AHN, inConflict, 'theirs'), 'keep_both')).toEqual(meanwhile)
})

test('two people who typed the same other value are answered by one decision', () => {
  const twice = after(inConflict, correct(CHO, { [PHONE]: TWO }, {}))
  expect(twice.case.conflicts).toHaveLength(2)
  for (const pick of ['theirs', 'mine'] as const) {
    expect(after(twice, resolve(AHN, twice, pick)).case.conflicts).toEqual([])
  }
})

test('a supervisor decides nothing, a conflict that is not there cannot be decided, nor the wrong field', () => {
  const wanted = resolve(AHN, inConflict, 'mine')
  const reader = { ...deps(AHN), actor: { ...deps(AHN).actor, role: 'supervisor' as const } }
  expect(decide(reader, inConflict, wanted)).toEqual({ ok: false, error: { type: 'RoleNotAllowed' } })
  expect(refusal(registered, wanted, 'keep_both')).toEqual({ type: 'ConflictNotFound' })
  if (wanted.name !== 'conflict.resolve') throw new Error('another command')
  const elsewhere: Command = { ...wanted, args: { ...wanted.args, field: 'children' } }
  expect(refusal(inConflict, elsewhere, 'keep_both')).toEqual({ type: 'CommandUnreadable' })
})

const ACCOUNT = { bankCode: '004', number: '12345678901234', holder: '강소미' }
const decidedState = [move(AHN, 'investigating', {}), move(AHN, 'awaiting_decision', { state: 2 })].reduce(
  (record, one) => after(record, one),
  registered
)
const eligible = after(decidedState, move(AHN, 'eligible', { state: 3 }))

test('an account typed without knowing of the decision is in conflict, although nobody else touched the account', () => {
  const account = correct(BAE, { 'applicant.account': ACCOUNT }, { state: 3 })
  expect(refusal(eligible, account, 'refuse')).toEqual({ type: 'FieldChangedMeanwhile', fields: ['applicant.account'] })
  const result = after(eligible, account)
  expect(result.case.conflicts).toMatchObject([
    {
      field: 'applicant.account',
      theirs: { value: registered.case.applicant.account, by: AHN },
      mine: { value: ACCOUNT }
    }
  ])
  expect(effect(eligible, correct(BAE, { 'applicant.account': ACCOUNT }, { state: 4 }))).toEqual({ type: 'Applied' })
})

test('an account is no conflict with a case that was only taken up; nor with one’s own decision', () => {
  expect(effect(decidedState, correct(BAE, { 'applicant.account': ACCOUNT }, {}))).toEqual({ type: 'Applied' })
  expect(effect(eligible, correct(AHN, { 'applicant.account': ACCOUNT }, {}))).toEqual({ type: 'Applied' })
})

test('a decision taken without knowing of the new account is in conflict; going on with the inquiry is not', () => {
  const paidElsewhere = after(decidedState, correct(BAE, { 'applicant.account': ACCOUNT }, { state: 3 }))
  expect(effect(paidElsewhere, move(AHN, 'eligible', { state: 3 }))).toEqual({ type: 'Conflict', fields: ['state'] })
  expect(effect(paidElsewhere, move(AHN, 'investigating', { state: 3 }))).toEqual({ type: 'Applied' })
})

test('a decision about a field with consequences needs a reason and the present state of the others in sight', () => {
  const open = after(eligible, correct(BAE, { 'applicant.account': ACCOUNT }, { state: 3 }))
  expect(refusal(open, resolve(CHO, open, 'mine', ''), 'keep_both')).toEqual({ type: 'ReasonMissing' })
  const notified = after(open, move(AHN, 'notified', { state: 4 }))
  expect(refusal(notified, resolve(CHO, open, 'mine'), 'keep_both')).toEqual({
    ...{ type: 'FieldChangedMeanwhile', fields: ['applicant.account'] }
  })
  expect(after(notified, resolve(CHO, notified, 'mine')).case.applicant.account).toEqual(ACCOUNT)
})

test('two next states chosen at once: both are kept, and either can be chosen', () => {
  const moved = after(decidedState, move(AHN, 'eligible', { state: 3 }))
  const open = after(moved, move(BAE, 'ineligible', { state: 3 }))
  expect(open.case.conflicts).toMatchObject([
    { field: 'state', theirs: { value: 'eligible', by: AHN }, mine: { value: 'ineligible', by: BAE } }
  ])
  const taken = after(open, resolve(CHO, open, 'mine'))
  expect([taken.case.state, taken.case.conflicts]).toEqual(['ineligible', []])
  expect(taken.case.history.at(-1)).toEqual({ state: 'ineligible', at: AT, by: CHO, reason: '통화로 확인' })
  expect(after(open, resolve(CHO, open, 'theirs')).case.state).toBe('eligible')
  const notified = after(open, move(AHN, 'notified', { state: 4 }))
  const paid = after(notified, move(AHN, 'payment_pending', { state: notified.rev }))
  expect(refusal(paid, resolve(CHO, paid, 'mine'), 'keep_both')).toEqual({
    ...{ type: 'StateNotReachable', from: 'payment_pending', to: 'ineligible' }
  })
})

test('a withdrawn consent ends the conflict about what rested on it, in the history as well', () => {
  const withEmail = after(registered, correct(AHN, { 'applicant.email': 'a@example.kr' }, {}))
  const open = after(withEmail, correct(BAE, { 'applicant.email': 'b@example.kr' }, {}))
  const args = {
    consentId: 'collect.email',
    method: 'phone',
    representative: null,
    evidence: '',
    reason: '전화'
  } as const
  const withdrawn = after(open, command(AHN, { name: 'case.withdraw_consent', args }, {}))
  expect(refusal(withdrawn, resolve(CHO, open, 'mine'), 'keep_both')).toEqual({ type: 'ConflictNotFound' })
  expect(JSON.stringify(withdrawn)).not.toContain('b@example.kr')
  const resolved = after(open, resolve(CHO, open, 'theirs'))
  const after2 = after(resolved, command(AHN, { name: 'case.withdraw_consent', args }, {}))
  expect([JSON.stringify(resolved).includes('b@example.kr'), JSON.stringify(after2).includes('b@example.kr')]).toEqual([
    ...[true, false]
  ])
})

test('a case takes only so many conflicts, and keeps only so many edits, but always who set what stands', () => {
  let record = changedByAhn
  for (let no = 0; no < 40; no += 1) record = after(record, correct(BAE, { [PHONE]: `0101000${1000 + no}` }, {}))
  expect(refusal(record, correct(BAE, { [PHONE]: '01098765432' }, {}), 'keep_both')).toEqual({ type: 'ConflictsFull' })
  let edited = after(registered, correct(BAE, { 'applicant.name': '강소민' }, {}))
  for (let no = 0; no < 120; no += 1) {
    edited = after(edited, correct(AHN, { [PHONE]: `0101000${1000 + no}` }, { [PHONE]: edited.fieldRevs[PHONE] ?? 1 }))
  }
  expect(edited.case.edits).toHaveLength(100)
  expect(edited.case.edits[0]).toMatchObject({ fields: ['applicant.name'], by: BAE })
})
