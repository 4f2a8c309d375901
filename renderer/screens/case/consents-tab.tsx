import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { ConsentAnswer } from '#shared/domain/case/case.ts'
import { standingAnswer } from '#shared/domain/case/case-problems.ts'
import { type ConsentRequest, consentsToAsk } from '#shared/domain/policy/consents-to-ask.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { Card, Fact, Facts } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { Banner, Skeleton } from '../../design-system/states.tsx'
import { formatDay } from '../../i18n/format.ts'
import { ConflictPill, WaitingPill } from './case-fact.tsx'
import { ConsentDialog } from './consent-dialog.tsx'
import { refusedAnswer, type UnfinishedCorrection } from './correction-body.ts'

interface ConsentsTabProps {
  readonly view: CaseView
  /** An answer that was refused and is taken up again. */
  readonly unfinished: UnfinishedCorrection | null
  readonly onDone: (how?: 'later') => void
}

/** 동의: what the register asks for this service, and what was answered. */
export function ConsentsTab({ view, unfinished, onDone }: ConsentsTabProps) {
  const { t } = useTranslation(['case', 'common'])
  const { failureText } = useFailureText()
  const [changing, setChanging] = useState<ConsentRequest | null>(null)
  const policies = useAsked('policy.versions', {})
  const { consents, appliedOn, service } = view.case
  if (!policies.value) {
    return policies.failure ? (
      <Banner tone="bad">{failureText(policies.failure)}</Banner>
    ) : (
      <Skeleton lines={4} label={t('common:loading')} />
    )
  }
  const policy = policyInForce(policies.value, appliedOn)
  if (!policy.ok) return <Banner tone="warn">{t('case:consents.policyMissing')}</Banner>
  const requests = consentsToAsk(policy.value, service)
  const refused = unfinished && refusedAnswer(unfinished, consents)
  const asked = changing ?? requests.find(({ id }) => id === refused?.consentId) ?? null
  const close = (how?: 'later'): void => {
    setChanging(null)
    if (unfinished !== null) onDone(how)
  }
  return (
    <div className="case-tab scroll stack">
      <p className="faint">
        {t('case:consents.version', { day: formatDay(policy.value.effectiveFrom) })}{' '}
        {view.waitingFields.includes('consents') && <WaitingPill />}
        <ConflictPill view={view} field="consents" />
      </p>
      {requests.map((request) => (
        <ConsentCard
          key={request.id}
          request={request}
          answer={standingAnswer(consents, request.id)}
          earlier={consents.filter(({ consentId }) => consentId === request.id).slice(0, -1)}
          onChange={() => setChanging(request)}
        />
      ))}
      {asked && (
        <ConsentDialog
          view={view}
          policy={policy.value}
          request={asked}
          isGiven={standingAnswer(consents, asked.id)?.given === true}
          unfinished={changing === null ? unfinished : null}
          refused={changing === null ? refused : null}
          onClose={close}
        />
      )}
    </div>
  )
}

interface ConsentCardProps {
  readonly request: ConsentRequest
  readonly answer: ConsentAnswer | undefined
  readonly earlier: readonly ConsentAnswer[]
  readonly onChange: () => void
}

function ConsentCard({ request, answer, earlier, onChange }: ConsentCardProps) {
  const { t } = useTranslation(['case', 'domain'])
  const { notice } = request
  const title = notice.recipient
    ? t('case:consents.provide', { name: notice.recipient.name })
    : `${t('case:consents.collect')}: ${notice.items.map(({ name }) => name).join(', ')}`
  const given = answer?.given === true
  return (
    <Card
      title={title}
      note={<AnswerPill answer={answer} />}
      actions={
        <Button size="small" kind={given ? 'danger' : 'outlined'} onClick={onChange}>
          {given ? t('case:consents.withdraw') : t('case:consents.give')}
        </Button>
      }
    >
      <Facts>
        <Fact name={t('case:consents.purpose')}>{notice.purpose}</Fact>
        <Fact name={t('case:consents.items')}>{notice.items.map(({ name }) => name).join(', ')}</Fact>
        <Fact name={t('case:consents.retention')}>
          <b>{notice.retention}</b>
        </Fact>
        {answer && (
          <Fact name={t('case:consents.method')}>
            <AnsweredWhen answer={answer} />
          </Fact>
        )}
        {earlier.length > 0 && (
          <Fact name={t('case:consents.history')}>
            {earlier.map((old) => (
              <div key={old.answeredAt}>
                {old.given ? t('case:consents.given') : t('case:consents.refused')} · <AnsweredWhen answer={old} />
              </div>
            ))}
          </Fact>
        )}
      </Facts>
    </Card>
  )
}

function AnsweredWhen({ answer }: { answer: ConsentAnswer }) {
  const { t } = useTranslation(['case', 'domain'])
  return t('case:consents.answered', {
    day: formatDay(koreanDayOf(answer.answeredAt)),
    method: t(`domain:consentMethod.${answer.method}`)
  })
}

function AnswerPill({ answer }: { answer: ConsentAnswer | undefined }) {
  const { t } = useTranslation('case')
  if (!answer) return <Pill tone="warn">{t('consents.unanswered')}</Pill>
  return answer.given ? <Pill tone="ok">{t('consents.given')}</Pill> : <Pill>{t('consents.refused')}</Pill>
}
