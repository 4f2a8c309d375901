import type { Account } from '#shared/domain/account/account.ts'
import { formatAddress } from '#shared/domain/case/address.ts'
import type { Case } from '#shared/domain/case/case.ts'
import { formatPhone } from '#shared/domain/case/phone.ts'
import { formatRrn } from '#shared/domain/case/rrn.ts'
import { mayReveal } from '#shared/domain/grant/may-reveal.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import { type AccessDeps, recordAct } from '../access-log/access-log.ts'
import { caseById } from '../db/case-rows.ts'
import type { StoreDb } from '../db/database.ts'

/** What the grant of whoever wants to see it says. */
export type RevealDep = Pick<Account, 'reveals'>

export type UnmaskRequest = ParsedRequestOf<'case.unmask'>

/** One masked field in clear, for a reason that is recorded in the same transaction. */
export function unmaskField(
  deps: AccessDeps & RevealDep,
  db: StoreDb,
  request: UnmaskRequest
): Result<{ text: string }, { type: 'CaseNotFound' | 'NotGranted' }> {
  if (!mayReveal(deps, request.field)) return err({ type: 'NotGranted' })
  return db.write((tx) => {
    const subject = caseById(tx, request.caseId)?.record.case
    const text = subject === undefined ? null : clearText(subject, request)
    if (text === null) return err({ type: 'CaseNotFound' as const })
    recordAct(tx, deps, {
      act: 'unmask',
      caseIds: [request.caseId],
      detail: { field: request.field, index: request.index },
      reason: request.reason
    })
    return ok({ text })
  })
}

/** null: the case has no such person or value. */
function clearText(subject: Case, { field, index }: Pick<UnmaskRequest, 'field' | 'index'>): string | null {
  const { applicant, children, helpers, household } = subject
  switch (field) {
    case 'applicant.registrationNo':
      return formatRrn(applicant.registrationNo)
    case 'applicant.account':
      return applicant.account?.number ?? null
    case 'applicant.address':
      return formatAddress(applicant.address)
    case 'child.registrationNo':
      return registrationNo(children[index])
    case 'helper.registrationNo':
      return registrationNo(helpers[index])
    case 'helper.phone':
      return phone(helpers[index])
    case 'household.registrationNo':
      return registrationNo(household[index])
    default:
      return assertNever(field)
  }
}

const registrationNo = (person: { readonly registrationNo: string | null } | undefined): string | null =>
  person === undefined || person.registrationNo === null ? null : formatRrn(person.registrationNo)

const phone = (person: { readonly phone: string } | undefined): string | null =>
  person === undefined ? null : formatPhone(person.phone)
