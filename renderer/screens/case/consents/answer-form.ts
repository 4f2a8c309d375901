import type { ConsentMethod, GuardianCheck, Representative } from '#shared/domain/consent/consent-record.ts'

/** How an answer was taken, as it is being entered. */
export interface AnswerForm {
  readonly method: ConsentMethod | null
  readonly by: 'self' | Representative['as']
  readonly check: GuardianCheck | ''
  /** The legal representative has been verified. */
  readonly isConfirmed: boolean
  readonly evidence: string
}

export const emptyAnswer = ({ needsGuardian }: { readonly needsGuardian: boolean }): AnswerForm => ({
  method: null,
  by: needsGuardian ? 'legal_representative' : 'self',
  check: '',
  isConfirmed: false,
  evidence: ''
})

/** What is still to be chosen; null: all is there. */
export function answerFault({ method, by, check }: AnswerForm): 'method' | 'check' | null {
  if (method === null) return 'method'
  return by === 'legal_representative' && check === '' ? 'check' : null
}

/** Who answered; `at`: now, when she was verified now. */
export function representativeOf({ by, check, isConfirmed }: AnswerForm, at: string): Representative | null {
  if (by === 'self') return null
  if (by === 'agent') return { as: 'agent' }
  return check === '' ? null : { as: 'legal_representative', check, confirmedAt: isConfirmed ? at : null }
}
