import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type PolicyRegister, policyRegisterSchema } from './policy.ts'
import { type PolicyProblem, policyProblems } from './policy-problems.ts'

export interface PolicyInvalid {
  readonly type: 'PolicyInvalid'
  readonly problems: readonly PolicyProblem[]
}

/**
 * Reads the parsed JSON of one policy version. Refuses unknown keys, references that lead nowhere, and registers that
 * promise what the law forbids (a resident registration number on consent, a provision that nobody is asked about).
 */
export function parsePolicy(raw: unknown): Result<PolicyRegister, PolicyInvalid> {
  const parsed = policyRegisterSchema.safeParse(raw)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }))
    return err({ type: 'PolicyInvalid', problems })
  }
  const problems = policyProblems(parsed.data)
  return problems.length > 0 ? err({ type: 'PolicyInvalid', problems }) : ok(parsed.data)
}
