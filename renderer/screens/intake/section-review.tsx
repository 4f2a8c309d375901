import { type Ref, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../design-system/button.tsx'
import { Icon } from '../../design-system/icons.tsx'
import { Banner } from '../../design-system/states.tsx'
import { useFieldName } from './field-name.ts'
import { useIssueText } from './form-field.tsx'
import type { IntakeForm } from './intake-form.ts'
import { IntakeSection } from './intake-section.tsx'
import { useIntake } from './intake-state.ts'
import { goToField, sectionOf } from './sections.ts'
import { serviceNeeds } from './service-needs.ts'
import { useSubmitFailureText } from './submit-failure-text.ts'
import type { SubmitFailure } from './submit-intake.ts'
import './section-review.css'

interface SectionReviewProps {
  failure: SubmitFailure | null
  busy: boolean
  onSubmit: () => void
}

/** The end of the page: what is wrong, what is missing but may come later, and the button. */
export function SectionReview({ failure, busy, onSubmit }: SectionReviewProps) {
  const { t } = useTranslation('intake')
  const summary = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (failure === null) return
    summary.current?.scrollIntoView({ block: 'center' })
    summary.current?.focus({ preventScroll: true })
  }, [failure])
  return (
    <IntakeSection section="review">
      {failure && <FailureSummary failure={failure} ref={summary} />}
      <LaterPapers />
      <div className="bar">
        <Button kind="primary" size="large" kbd="Ctrl+Enter" busy={busy} onClick={onSubmit}>
          {t('submit')}
        </Button>
        <span className="faint">{t('review.offline')}</span>
      </div>
    </IntakeSection>
  )
}

function FailureSummary({ failure, ref }: { failure: SubmitFailure; ref: Ref<HTMLDivElement> }) {
  const { t } = useTranslation('intake')
  const failureText = useSubmitFailureText()
  const issues = useIntake((intake) => intake.issues)
  const fieldName = useFieldName()
  const issueText = useIssueText()
  const settled = failure.type === 'HasIssues' && issues.size === 0
  return (
    <div className="issue-summary" ref={ref} tabIndex={-1} role="alert">
      <p className="issue-summary__title">
        <Icon name={settled ? 'check' : 'warning'} size={18} />
        {settled ? t('review.settled') : failureText(failure)}
      </p>
      {failure.type === 'HasIssues' && (
        <ol className="issue-summary__list">
          {[...issues].map(([path, issue]) => (
            <li key={path}>
              <button type="button" className="text-button" onClick={() => goToField(path)}>
                {t(`section.${sectionOf(path)}`)} · {fieldName(path)}
              </button>{' '}
              {issueText(issue)}
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}

/** Nobody is turned away for a missing paper: it is asked for afterwards (보완요청). */
function LaterPapers() {
  const { t } = useTranslation('intake')
  const form = useIntake((intake) => intake.form)
  const missing = form === null ? [] : laterPapers(form)
  if (missing.length === 0) return null
  return (
    <Banner tone="warn" icon="info">
      {t('review.later')} <strong>{missing.map((name) => t(`review.missing.${name}`)).join(', ')}</strong>
    </Banner>
  )
}

type LaterPaper = 'child' | 'helper' | 'income' | 'account'

function laterPapers({ service, children, helpers, applicant }: IntakeForm): LaterPaper[] {
  const needs = serviceNeeds(service)
  const there: Record<LaterPaper, boolean> = {
    child: children.length > 0,
    helper: helpers.length > 0,
    income: applicant.monthlyWon !== '',
    account: applicant.accountNumber !== ''
  }
  return (['child', 'helper', 'income', 'account'] as const).filter((name) => needs[name] && !there[name])
}
