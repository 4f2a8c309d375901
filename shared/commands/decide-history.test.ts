import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { fieldRev } from '#shared/domain/case/standing-value.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { HELD_POLICIES } from '#shared/domain/demo/held-policies.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { applyChanges } from './change.ts'
import { type Command, commandSchema, type Intent } from './command.ts'
import { type DecideDeps, decide } from './decide.ts'
import { registerCaseSchema } from './register-case.ts'

const COUNT = 3000
const make = createCaseGenerator({ seed: 11, today: '2026-11-23', count: COUNT })

/** Does the whole of a case by commands: its intake, then every step of its history. */
function replayed(wanted: CaseRecord): CaseRecord {
  const [first, ...steps] = wanted.case.history
  if (first === undefined) throw new Error('a history begins with the application')
  const deps: DecideDeps = {
    actor: { id: first.by, role: 'caseworker', districtCode: wanted.case.districtCode },
    policies: HELD_POLICIES,
    applicationNo: wanted.case.applicationNo,
    onOvertaken: 'refuse'
  }
  const run = (record: CaseRecord | null, intent: Intent, issuedAt: string): CaseRecord => {
    const command: Command = commandSchema.parse({
      id: wanted.case.id,
      caseId: wanted.case.id,
      base: record === null ? {} : { state: fieldRev(record, 'state') },
      issuedAt,
      issuedBy: first.by,
      deviceId: wanted.case.id,
      deviceSeq: 1,
      ...intent
    })
    return applyChanges(record, expectOk(decide(deps, record, command)))
  }
  const intake: Intent = { name: 'case.register', args: registerCaseSchema.parse(wanted.case) }
  return steps.reduce(
    (record, { state, at, reason }) => run(record, { name: 'case.move', args: { to: state, reason } }, at),
    run(null, intake, first.at)
  )
}

test('an intake and its moves, done one by one, lead to the very case: state, history, due date and revisions', () => {
  fc.assert(
    fc.property(fc.nat(COUNT - 1), (index) => {
      const wanted = make(index)
      const record = replayed(wanted)
      expect(record).toEqual({ ...wanted, case: { ...wanted.case, assigneeId: record.case.assigneeId } })
    })
  )
})
