import { changesCases, type Role } from '#shared/domain/account/account.ts'
import type { CaseField } from '#shared/domain/case/case.ts'
import { mayApproveGrants } from '#shared/domain/grant/grant-rules.ts'
import type { AccountEntry, GrantGrounds, GrantTerms } from '#shared/ipc/office-views.ts'
import type { Unmaskable } from '#shared/ipc/views.ts'

/** A grant as it is filled in: what may be corrected and revealed stays chosen while `all` is on. */
export interface GrantForm {
  readonly startsOn: string
  readonly endsOn: string
  readonly allEdits: boolean
  readonly edits: readonly CaseField[]
  readonly allReveals: boolean
  readonly reveals: readonly Unmaskable[]
  readonly reason: string
  readonly approverId: string
  readonly document: string
}

/** The terms that stand, or new ones from a day on; why they change is written anew each time. */
export const grantForm = (terms: GrantTerms | null, today: string): GrantForm => ({
  startsOn: terms?.startsOn ?? today,
  endsOn: terms?.endsOn ?? '',
  allEdits: (terms?.edits ?? null) === null,
  edits: terms?.edits ?? [],
  allReveals: (terms?.reveals ?? null) === null,
  reveals: terms?.reveals ?? [],
  ...NO_GROUNDS
})

export type GroundsForm = Pick<GrantForm, 'reason' | 'approverId' | 'document'>
export const NO_GROUNDS: GroundsForm = { reason: '', approverId: '', document: '' }

export const groundsOf = ({ reason, approverId, document }: GroundsForm): GrantGrounds => ({
  reason: reason.trim(),
  approverId,
  document: document.trim()
})

export const termsOf = (form: GrantForm, role: Role): GrantTerms => ({
  startsOn: form.startsOn,
  endsOn: form.endsOn === '' ? null : form.endsOn,
  edits: form.allEdits || !changesCases(role) ? null : [...form.edits],
  reveals: form.allReveals ? null : [...form.reveals]
})

const SHORTEST_REASON = 5

export type GroundsField = keyof GroundsForm
export const wrongGrounds = (form: GroundsForm): Record<GroundsField, boolean> => ({
  reason: form.reason.trim().length < SHORTEST_REASON,
  approverId: form.approverId === '',
  document: form.document.trim() === ''
})

export type GrantField = GroundsField | 'startsOn' | 'endsOn'
export const wrongGrant = (form: GrantForm): Record<GrantField, boolean> => ({
  ...wrongGrounds(form),
  startsOn: form.startsOn === '',
  endsOn: form.endsOn !== '' && form.endsOn < form.startsOn
})

/** Who can stand behind a change of this account's rights; the administrator herself cannot. */
export const approversOf = (
  accounts: readonly AccountEntry[],
  accountId: string | null
): ReadonlyArray<{ readonly value: string; readonly label: string }> =>
  accounts
    .filter((one) => one.disabledAt === null && one.id !== accountId && mayApproveGrants(one))
    .map(({ id, displayName, department }) => ({ value: id, label: `${displayName} · ${department}` }))
