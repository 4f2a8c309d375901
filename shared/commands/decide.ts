import type { Actor } from '#shared/domain/account/account.ts'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { err, type Result } from '#shared/foundation/result.ts'
import type { Change } from './change.ts'
import type { Command } from './command.ts'
import { mayGive } from './command-roles.ts'
import { decideRecordConsent, decideWithdrawConsent } from './consent-rules.ts'
import { decideCorrectCase } from './correct-case-rule.ts'
import { decideAttachDocument, decideDetachDocument } from './document-rules.ts'
import { fieldsNotGranted } from './granted-fields.ts'
import { decideHoldCase, decideReleaseHold } from './hold-rules.ts'
import { decideMoveCase } from './move-case-rule.ts'
import type { OnOvertaken } from './overtaken.ts'
import type { Refusal } from './refusal.ts'
import { decideRegisterCase } from './register-case-rule.ts'
import { decideResolveConflict } from './resolve-conflict-rule.ts'

/** What a decision needs to know besides the case and the command. */
export interface DecideDeps {
  readonly actor: Actor
  /** Every version of the register that the office holds; the one in force on the day of application judges. */
  readonly policies: readonly PolicyRegister[]
  /** The number a new case gets: the desk hands in its provisional one, the centre the final one. */
  readonly applicationNo: string
  readonly onOvertaken: OnOvertaken
}

/**
 * Whether the command may be done to the case as it is, and what it changes. Runs at the desk (at once, so that the
 * person sees the effect) and again at the centre (which has the last word). No changes: what the command wants is there
 * already. At a form that is refused as `NothingToChange`; run again it is done.
 */
export function decide(deps: DecideDeps, record: CaseRecord | null, command: Command): Result<Change[], Refusal> {
  if (!mayGive(deps.actor.role, command.name)) return err({ type: 'RoleNotAllowed' })
  const fields = fieldsNotGranted(deps.actor, command)
  if (fields.length > 0) return err({ type: 'FieldNotGranted', fields })
  switch (command.name) {
    case 'case.register':
      return decideRegisterCase(deps, record, command)
    case 'case.correct':
      return decideCorrectCase(deps, record, command)
    case 'case.move':
      return decideMoveCase(deps, record, command)
    case 'conflict.resolve':
      return decideResolveConflict(deps, record, command)
    case 'case.attach':
      return decideAttachDocument(deps, record, command)
    case 'case.detach':
      return decideDetachDocument(deps, record, command)
    case 'case.hold':
      return decideHoldCase(deps, record, command)
    case 'case.release_hold':
      return decideReleaseHold(deps, record, command)
    case 'case.record_consent':
      return decideRecordConsent(deps, record, command)
    case 'case.withdraw_consent':
      return decideWithdrawConsent(deps, record, command)
    default:
      return assertNever(command)
  }
}
