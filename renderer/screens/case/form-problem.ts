import { useTranslation } from 'react-i18next'
import { FIELD_PROBLEMS, type FieldProblem } from '#shared/domain/case/field-problem.ts'

/** What a form finds wrong before anything is sent. */
export const FORM_ERRORS = [
  'nameMissing',
  'email',
  'postcode',
  'roadMissing',
  'incomePair',
  'bankMissing',
  'holderMissing',
  'birthMissing',
  'choiceMissing',
  'reasonMissing',
  'dayMissing',
  'value'
] as const
export type FormError = (typeof FORM_ERRORS)[number]
export type FormProblem = FormError | FieldProblem

const isFieldProblem = (problem: FormProblem): problem is FieldProblem =>
  (FIELD_PROBLEMS as readonly string[]).includes(problem)

/** The sentence for a problem; null when there is none. */
export function useProblemText(): (problem: FormProblem | undefined) => string | null {
  const { t } = useTranslation(['case', 'domain'])
  return (problem) => {
    if (problem === undefined) return null
    return isFieldProblem(problem) ? t(`domain:fieldProblem.${problem}`) : t(`case:formError.${problem}`)
  }
}
