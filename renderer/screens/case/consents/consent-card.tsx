import { useTranslation } from 'react-i18next'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { ConsentRecord } from '#shared/domain/consent/consent-record.ts'
import { isUnconfirmed, isWithdrawn } from '#shared/domain/consent/standing-consent.ts'
import { type ConsentRequest, requestShown } from '#shared/domain/policy/consents-to-ask.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { termOfUnconfirmed } from '#shared/domain/retention/term.ts'
import { useNoticeItems } from '../../../case-display/notice-items.ts'
import { useOfficialName } from '../../../case-display/official-name.ts'
import { Button } from '../../../design-system/button.tsx'
import { Card, CardLine, Fact, Facts } from '../../../design-system/card.tsx'
import { Pill } from '../../../design-system/pill.tsx'
import { formatDay, formatInstant } from '../../../i18n/format.ts'
import { NoticeText } from './notice-text.tsx'

interface ConsentCardProps {
  readonly request: ConsentRequest
  readonly policies: readonly PolicyRegister[]
  /** Every answer to this one consent, oldest first. */
  readonly records: readonly ConsentRecord[]
  /** null: the account may not. */
  readonly onRecord: (() => void) | null
  readonly onWithdraw: (() => void) | null
}

/** One consent: what it is to, what stands, and every answer that was given. */
export function ConsentCard({ request, policies, records, onRecord, onWithdraw }: ConsentCardProps) {
  const { t } = useTranslation('case')
  const itemsText = useNoticeItems()
  const { notice } = request
  const standing = records.at(-1)
  const title = notice.recipient
    ? t('consents.provide', { name: notice.recipient.name })
    : `${t('consents.collect')}: ${notice.items.map(({ name }) => name).join(', ')}`
  const act = standing?.given ? onWithdraw : null
  const needsAnswer = standing?.given !== true || isUnconfirmed(standing)
  return (
    <Card
      title={title}
      note={<StandingPill request={request} records={records} />}
      actions={
        <>
          {needsAnswer && onRecord && (
            <Button size="small" kind="outlined" onClick={onRecord}>
              {t('consents.give')}
            </Button>
          )}
          {act && (
            <Button size="small" kind="danger" onClick={act}>
              {t('consents.withdraw')}
            </Button>
          )}
        </>
      }
    >
      <Facts>
        <Fact name={t('consents.purpose')}>{notice.purpose}</Fact>
        <Fact name={t('consents.items')}>{itemsText(notice.items)}</Fact>
        <Fact name={t('consents.retention')}>
          <b>{notice.retention}</b>
        </Fact>
        <Fact name={t('consents.basis')}>{t(`consents.basisOf.${request.kind}`)}</Fact>
      </Facts>
      {records.toReversed().map((record) => (
        <RecordLine
          key={`${record.answeredAt} ${record.given}`}
          record={record}
          isWithdrawal={isWithdrawn(records.slice(0, records.indexOf(record) + 1), request.id)}
          shown={requestShown(policies, record)}
        />
      ))}
    </Card>
  )
}

interface RecordLineProps {
  readonly record: ConsentRecord
  readonly isWithdrawal: boolean
  /** The notice of the version that the answer was given to; undefined: its text is not held. */
  readonly shown: ConsentRequest | undefined
}

function RecordLine({ record, isWithdrawal, shown }: RecordLineProps) {
  const { t } = useTranslation(['case', 'domain'])
  const officialName = useOfficialName()
  const { given, method, representative, handler, evidence, reason, answeredAt, policyVersion, noticeHash } = record
  const answer = given ? 'given' : isWithdrawal ? 'withdrawn' : 'refused'
  const by = representative === null ? 'self' : representative.as
  const said = [
    t(`domain:representative.${by}`),
    t(`domain:consentMethod.${method}`),
    ...(representative?.as === 'legal_representative'
      ? [t('case:consents.checkedBy', { check: t(`domain:guardianCheck.${representative.check}`) })]
      : []),
    ...(evidence === '' ? [] : [t('case:consents.evidenceOf', { evidence })]),
    ...(handler === null ? [] : [t('case:consents.handledBy', { name: officialName(handler) })])
  ]
  return (
    <CardLine>
      <div className="consent-record">
        <span>
          <b>{t(`case:consents.${answer}`)}</b> {formatInstant(answeredAt)}
        </span>
        <span className="faint">{said.join(' · ')}</span>
        {reason !== '' && <span>{reason}</span>}
        <details className="consent-record__notice">
          <summary>{t('case:consents.noticeShown', { day: formatDay(policyVersion) })}</summary>
          {shown ? <NoticeText request={shown} /> : <p>{t('case:consents.noticeNotHeld')}</p>}
          <p className="faint">
            {noticeHash === null
              ? t('case:consents.noHash')
              : t(shown?.noticeHash === noticeHash ? 'case:consents.hashFits' : 'case:consents.hashDiffers', {
                  hash: noticeHash.slice(0, 16)
                })}
          </p>
        </details>
      </div>
    </CardLine>
  )
}

function StandingPill({ request, records }: Pick<ConsentCardProps, 'request' | 'records'>) {
  const { t } = useTranslation('case')
  const standing = records.at(-1)
  if (!standing) return <Pill tone="warn">{t('consents.unanswered')}</Pill>
  if (isUnconfirmed(standing)) {
    const { until } = termOfUnconfirmed(koreanDayOf(standing.answeredAt))
    return <Pill tone="bad">{t('consents.unconfirmed', { day: until === null ? '' : formatDay(until) })}</Pill>
  }
  if (standing.given) return <Pill tone="ok">{t('consents.given')}</Pill>
  return <Pill>{t(isWithdrawn(records, request.id) ? 'consents.withdrawn' : 'consents.refused')}</Pill>
}
