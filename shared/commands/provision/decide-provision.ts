import type { Account, Actor } from '#shared/domain/account/account.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { UNMASKABLE } from '#shared/domain/case/unmaskable.ts'
import { mayReveal } from '#shared/domain/grant/may-reveal.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { PolicyItemId } from '#shared/domain/policy/policy-item-id.ts'
import type { ProvisionLine, ProvisionRequest, ProvisionRun } from '#shared/domain/provision/provision-run.ts'
import { type RecipientTerms, recipientsOf } from '#shared/domain/provision/select-for-provision.ts'
import { publishedEnd } from '#shared/domain/retention/recipient-terms.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { IsoDate, IsoInstant } from '#shared/foundation/primitives.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { mayProvide, type ProvisionAct } from './provision-act.ts'
import type { ProvisionRefusal } from './provision-refusal.ts'

export interface ProvisionDeps {
  readonly actor: Actor & Pick<Account, 'reveals'>
  /** The centre's time. */
  readonly at: IsoInstant
}

/** What a run would be given by, or why none may be begun; who is in it is decided case by case (`selectForProvision`). */
export function termsOfGiving(
  { actor, at }: ProvisionDeps,
  policy: PolicyRegister,
  { recipientId, policyVersion, agreementEndsOn }: ProvisionRequest
): Result<{ terms: RecipientTerms; keepUntil: IsoDate | null }, ProvisionRefusal> {
  if (!mayProvide(actor.role, 'provision.give')) return err({ type: 'RoleNotAllowed' })
  const terms = recipientsOf(policy).find((recipient) => recipient.recipientId === recipientId)
  if (policy.id !== policyVersion || terms === undefined) return err({ type: 'PolicyChanged' })
  if (endsWithAgreement(policy, terms.provisionId) !== (agreementEndsOn !== null)) {
    return err({ type: 'AgreementMissing' })
  }
  if (!terms.items.every((item) => mayWrite(actor, item))) return err({ type: 'ItemsNotGranted' })
  const on = koreanDayOf(at)
  if (agreementEndsOn !== null && agreementEndsOn < on) return err({ type: 'AgreementOver' })
  return ok({ terms, keepUntil: keepUntil(policy, terms.provisionId, { on, agreementEndsOn }) })
}

/** Who may not be shown a masked value does not have it written into a file of which she has the password. */
const mayWrite = (actor: ProvisionDeps['actor'], item: PolicyItemId): boolean =>
  UNMASKABLE.every((field) => item !== `application.${field}` || mayReveal(actor, field))

/** Whether the recipient keeps what it was given until its agreement ends (제3조 ②). */
export const endsWithAgreement = (policy: PolicyRegister, provisionId: string): boolean =>
  policy.provisions.some(({ id, retention: { terms } }) =>
    id === provisionId ? terms.some(({ after }) => after === 'agreementEnd') : false
  )

interface Clock {
  readonly on: IsoDate
  readonly agreementEndsOn: IsoDate | null
}

function keepUntil(policy: PolicyRegister, provisionId: string, { on, agreementEndsOn }: Clock): IsoDate | null {
  const provision = policy.provisions.find(({ id }) => id === provisionId)
  return provision === undefined ? null : publishedEnd(provision, { on, agreementEndedOn: agreementEndsOn })
}

/** What an act makes of the run, and of those of its persons it concerns. */
export interface ProvisionChange {
  readonly run: ProvisionRun
  /** null: no line changes. */
  readonly lines: LineChange | null
}

export interface LineChange {
  /** `withdrawn`: who withdrew and was not asked for; `asked`: who was, without a proof; `all`: whoever has no proof. */
  readonly of: 'withdrawn' | 'asked' | 'all'
  readonly set: Pick<ProvisionLine, 'asked'> | Pick<ProvisionLine, 'proven'>
}

export function decideProvisionAct(
  { actor, at }: ProvisionDeps,
  policy: PolicyRegister,
  run: ProvisionRun,
  act: ProvisionAct
): Result<ProvisionChange, ProvisionRefusal> {
  if (!mayProvide(actor.role, act.name)) return err({ type: 'RoleNotAllowed' })
  if (run.districtCode !== actor.districtCode) return err({ type: 'RunNotFound' })
  if (run.voided !== null) return err({ type: 'AlreadyDone' })
  const refused = whyNotNow(run, act, koreanDayOf(at))
  if (refused !== null) return err(refused)
  const mark = { by: actor.id, at }
  switch (act.name) {
    case 'provision.written':
      return changed({ ...run, file: { ...mark, ...act.args } })
    case 'provision.void':
      return changed({ ...run, voided: { ...mark, ...act.args } })
    case 'provision.destroy_file':
      return changed({ ...run, fileDestroyed: mark })
    case 'provision.end_agreement': {
      const clock = { on: koreanDayOf(run.givenAt), agreementEndsOn: act.args.on }
      const end = keepUntil(policy, run.provisionId, clock)
      return changed({ ...run, agreementEndsOn: act.args.on, keepUntil: end })
    }
    case 'provision.ask_deletion':
      return changed(run, { of: 'withdrawn', set: { asked: { ...mark, ...act.args } } })
    case 'provision.prove_deletion': {
      const { of, ...letter } = act.args
      const proven = { ...mark, ...letter }
      return changed(of === 'all' ? { ...run, deletion: proven } : run, { of, set: { proven } })
    }
    default:
      return assertNever(act)
  }
}

const changed = (run: ProvisionRun, lines: LineChange | null = null): Result<ProvisionChange, never> =>
  ok({ run, lines })

function whyNotNow(run: ProvisionRun, act: ProvisionAct, today: IsoDate): ProvisionRefusal | null {
  if (act.name === 'provision.written' || act.name === 'provision.void') {
    return run.file === null ? null : { type: 'AlreadyWritten' }
  }
  if (run.file === null) return { type: 'NotWritten' }
  switch (act.name) {
    case 'provision.destroy_file':
      return run.fileDestroyed === null ? null : { type: 'AlreadyDone' }
    case 'provision.end_agreement':
      if (run.deletion !== null) return { type: 'AlreadyDone' }
      if (run.agreementEndsOn === null) return { type: 'AgreementMissing' }
      return act.args.on < koreanDayOf(run.givenAt) ? { type: 'DayWrong' } : null
    case 'provision.ask_deletion':
    case 'provision.prove_deletion':
      if (run.deletion !== null) return { type: 'AlreadyDone' }
      return act.args.on > today || act.args.on < koreanDayOf(run.givenAt) ? { type: 'DayWrong' } : null
    default:
      return assertNever(act)
  }
}

/** The columns of the file of a run: those of the register that anybody in it agreed to, in the register's order. */
export const columnsOf = (terms: RecipientTerms, lines: ReadonlyArray<{ readonly items: readonly PolicyItemId[] }>) => {
  const given = new Set(lines.flatMap(({ items }) => items))
  return terms.items.filter((item) => given.has(item))
}
