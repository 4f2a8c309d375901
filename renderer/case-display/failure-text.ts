import { useTranslation } from 'react-i18next'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { CaseField, VersionedField } from '#shared/domain/case/case.ts'
import { FIELD_PROBLEMS, type FieldProblem } from '#shared/domain/case/field-problem.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { DoorRefusal } from '#shared/ipc/contract.ts'
import type { StoreGone } from '../api/store-client.ts'

/** What may go wrong with any question to the store, and what is said about it. */
export type CommonFailure =
  | DoorRefusal
  | StoreGone
  | { type: 'Locked' }
  | { type: 'CaseNotFound' }
  | { type: 'NotGranted' }
  | { type: 'PlaceUnreadable' }
  | { type: 'DiskFull' }
  | { type: 'NotRefused' }
  | { type: 'NotInOutbox' }
  | { type: 'NotWaiting' }
  | { type: 'CentreUnreachable' }
  | { type: 'DocumentGone' }
  | { type: 'DocumentLost' }
  | { type: 'DocumentDamaged' }
  | { type: 'RoleNotAllowed' }

const isFieldProblem = (problem: string): problem is FieldProblem =>
  (FIELD_PROBLEMS as readonly string[]).includes(problem)

/** Plain sentences for what went wrong: what it is and what to do. */
export function useFailureText() {
  const { t } = useTranslation('domain')
  const fieldName = (field: VersionedField): string => t(`field.${field}`)
  const problemText = (problem: string): string => t(`fieldProblem.${isFieldProblem(problem) ? problem : 'other'}`)

  const refusalText = (refusal: Refusal): string => {
    switch (refusal.type) {
      case 'StateNotReachable':
        return t('refusal.StateNotReachable', {
          from: t(`caseState.${refusal.from}`),
          to: t(`caseState.${refusal.to}`)
        })
      case 'FieldChangedMeanwhile':
      case 'FieldNotGranted':
        return t(`refusal.${refusal.type}`, { fields: refusal.fields.map(fieldName).join(', ') })
      case 'FieldInvalid':
        return t('refusal.FieldInvalid', { field: fieldName(refusal.field), problem: problemText(refusal.problem) })
      case 'ConsentMissing':
        return t('refusal.ConsentMissing', { field: fieldName(refusal.field) })
      case 'DocumentNotAllowed':
        return t('refusal.DocumentNotAllowed', { title: t(`documentTitle.${refusal.title}`) })
      case 'TooManyDocuments':
      case 'TooManyHolds':
      case 'HoldNotFound':
      case 'ChunksMissing':
      case 'CaseNotFound':
      case 'RoleNotAllowed':
      case 'CaseUnreadable':
      case 'CaseAlreadyRegistered':
      case 'ReasonMissing':
      case 'NothingToChange':
      case 'ConflictsFull':
      case 'ConflictNotFound':
      case 'ConsentUnanswered':
      case 'NoticeNotShown':
      case 'GuardianMissing':
      case 'TooManyConsents':
      case 'DateInFuture':
      case 'DateInPast':
      case 'PolicyNotInForce':
      case 'CommandUnreadable':
      case 'DeviceSequenceReused':
        return t(`refusal.${refusal.type}`)
      default:
        return assertNever(refusal)
    }
  }

  const failureText = (failure: CommonFailure): string =>
    failure.type === 'StoreFault' ? t('failure.StoreFault', { faultId: failure.faultId }) : t(`failure.${failure.type}`)

  return { refusalText, failureText, problemText, fieldName }
}

/** The field that a refusal is about, so that its text can stand beside it; null when it is about the whole. */
export function refusedField(refusal: Refusal): CaseField | null {
  return refusal.type === 'FieldInvalid' || refusal.type === 'ConsentMissing' ? refusal.field : null
}
