import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { Case, CaseRecord } from '#shared/domain/case/case.ts'
import { caseProblems } from '#shared/domain/case/case-problems.ts'
import { dueOnOf } from '#shared/domain/case/due-rules.ts'
import { completeConsent } from '#shared/domain/consent/consent-record.ts'
import { recordProblem } from '#shared/domain/consent/record-problem.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Change } from './change.ts'
import type { Command } from './command.ts'
import type { DecideDeps } from './decide.ts'
import type { Refusal } from './refusal.ts'

type RegisterCommand = Extract<Command, { name: 'case.register' }>

/** 신청 접수: a caseworker takes in an application for a dong of her own district. */
export function decideRegisterCase(
  { actor, policies, applicationNo }: DecideDeps,
  record: CaseRecord | null,
  { caseId, args, issuedAt, issuedBy }: RegisterCommand
): Result<Change[], Refusal> {
  if (record !== null) return err({ type: 'CaseAlreadyRegistered' })
  const policy = policyInForce(policies, args.appliedOn)
  if (!policy.ok) return err({ type: 'PolicyNotInForce' })
  const registered: Case = {
    ...args,
    // An outbox of before consents were records holds answers without the rest.
    consents: args.consents.map((answer) => ({
      ...completeConsent(answer),
      handler: issuedBy,
      reason: '',
      closes: []
    })),
    id: caseId,
    applicationNo,
    districtCode: actor.districtCode,
    state: 'received',
    dueOn: null,
    assigneeId: issuedBy,
    history: [{ state: 'received', at: issuedAt, by: issuedBy, reason: '' }],
    conflicts: [],
    documents: [],
    edits: [],
    holds: []
  }
  const [problem] = caseProblems({ today: koreanDayOf(issuedAt), policy: policy.value, policies }, registered)
  if (problem !== undefined) return err(problem)
  for (const answer of registered.consents) {
    const unproven = recordProblem(policies, registered, answer)
    if (unproven !== null) return err(unproven)
  }
  return ok([{ type: 'CaseRegistered', case: { ...registered, dueOn: dueOnOf(registered) } }])
}
