import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { FIELD_PROBLEMS, type FieldProblem } from '#shared/domain/case/field-problem.ts'
import type { IntakeIssue } from './intake-issues.ts'
import { useIntake } from './intake-state.ts'
import { isUnfilled } from './sections.ts'

const isFieldProblem = (issue: IntakeIssue): issue is FieldProblem =>
  (FIELD_PROBLEMS as readonly string[]).includes(issue)

export function useIssueText(): (issue: IntakeIssue) => string {
  const { t } = useTranslation(['intake', 'domain'])
  return (issue) => (isFieldProblem(issue) ? t(`domain:fieldProblem.${issue}`) : t(`intake:issue.${issue}`))
}

/** What to say about a field now: a wrong one once it was left, an empty one once everything was checked. */
export function useFieldError(path: string): string | undefined {
  const issueText = useIssueText()
  const issue = useIntake(({ issues, left, checkedAll }) => {
    const found = issues.get(path)
    if (found === undefined) return undefined
    return checkedAll || (left.has(path) && !isUnfilled(found)) ? found : undefined
  })
  return issue && issueText(issue)
}

interface FormFieldProps {
  path: string
  /** Sixths of the row. */
  span?: 1 | 2 | 3 | 4 | 6
  children: (error: string | undefined) => ReactNode
}

/** The place of one field: knows what is wrong with it. The page watches when it is left. */
export function FormField({ path, span, children }: FormFieldProps) {
  const error = useFieldError(path)
  return (
    <div className={span ? `intake-field intake-field--${span}` : 'intake-field'} data-field={path}>
      {children(error)}
    </div>
  )
}
