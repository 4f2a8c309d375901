import { expect, test } from 'vitest'
import { CASE_FIELDS, type CaseField, type CaseRecord } from '#shared/domain/case/case.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { applyChanges } from './change.ts'
import type { Command, Intent } from './command.ts'
import { type DecideDeps, decide } from './decide.ts'
import type { Refusal } from './refusal.ts'

const ID = '01935a00-0000-7000-8000-000000000001'
const deps: DecideDeps = {
  actor: { id: ID, role: 'caseworker', districtCode: '11680' },
  policies: HELD_POLICIES,
  applicationNo: '2026-11-0412',
  onOvertaken: 'refuse'
}
const command = (intent: Intent): Command => ({
  ...{ id: ID, caseId: ID, base: {}, issuedAt: '2026-11-23T02:00:00.000Z', issuedBy: ID, deviceId: ID, deviceSeq: 1 },
  ...intent
})
const register = (): Command => command({ name: 'case.register', args: sampleIntake() })
const correct = (changes: Array<{ field: CaseField; value: unknown }>): Command =>
  command({ name: 'case.correct', args: { changes, reason: '신청인 확인' } })
const MOVE = command({ name: 'case.move', args: { to: 'investigating', reason: '접수 확인' } })
const REGISTERED: CaseRecord = applyChanges(null, expectOk(decide(deps, null, register())))
const refusal = (record: CaseRecord | null, wanted: Command, by: DecideDeps): Refusal | null => {
  const decided = decide(by, record, wanted)
  return decided.ok ? null : decided.error
}

test('what a grant leaves out is neither taken in nor corrected nor decided, and everything else is', () => {
  const by = (edits: CaseField[]): DecideDeps => ({ ...deps, actor: { ...deps.actor, edits } })
  const phone = correct([{ field: 'applicant.phone', value: '01099998888' }])
  const both = correct([
    { field: 'applicant.phone', value: '01099998888' },
    { field: 'applicant.name', value: '박새이름' }
  ])
  expect(refusal(REGISTERED, phone, by(['applicant.phone']))).toBeNull()
  expect(refusal(REGISTERED, both, by(['applicant.phone']))).toEqual({
    type: 'FieldNotGranted',
    fields: ['applicant.name']
  })
  expect(refusal(REGISTERED, phone, by([]))).toEqual({ type: 'FieldNotGranted', fields: ['applicant.phone'] })
  expect(refusal(REGISTERED, MOVE, by([]))).toBeNull()
  const filled = refusal(null, register(), by(['applicant.name']))
  expect(filled).toMatchObject({ type: 'FieldNotGranted' })
  expect(filled?.type === 'FieldNotGranted' && filled.fields).not.toContain('applicant.name')
  expect(refusal(null, register(), by([...CASE_FIELDS]))).toBeNull()
})
