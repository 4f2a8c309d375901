import { useTranslation } from 'react-i18next'
import { daysBetween } from '#shared/domain/calendar/day.ts'
import type { WaitingGuardian } from '#shared/domain/consent/consent-tally.ts'
import { MOST_WAITING } from '#shared/ipc/consent-methods.ts'
import { Button } from '../../design-system/button.tsx'
import { Card } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import { TableHead } from '../../design-system/table.tsx'
import { formatCount, formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { goTo } from '../../view-state/navigation.ts'
import { useConsentWords } from './consent-words.ts'

/** Guardians who have still to confirm a yes for a child under 14, with the days that are left. */
export function WaitingCard({ waiting }: { waiting: readonly WaitingGuardian[] }) {
  const { t } = useTranslation('consents')
  const { nameOf } = useConsentWords()
  const note = waiting.length === MOST_WAITING ? t('waitingMore', { n: formatCount(MOST_WAITING) }) : undefined
  return (
    <Card title={t('waiting')} note={note}>
      {waiting.length === 0 ? (
        <EmptyState icon="check" title={t('waitingNone')} />
      ) : (
        <>
          <p className="faint consents__text">{t('waitingText')}</p>
          <table className="table consent-counts" aria-label={t('waiting')}>
            <TableHead
              heads={[
                { words: t('waitingColumn.case'), className: 'consent-counts__case' },
                { words: t('waitingColumn.consent') },
                { words: t('waitingColumn.answeredOn'), className: 'consent-counts__day' },
                { words: t('waitingColumn.confirmBy'), className: 'consent-counts__day' },
                { words: t('waitingColumn.left'), className: 'consent-counts__day' },
                { words: t('open'), className: 'consent-counts__day', isSpoken: true }
              ]}
            />
            <tbody>
              {waiting.map((one) => (
                <tr key={`${one.caseId} ${one.consentId}`}>
                  <td>{one.applicationNo}</td>
                  <td data-head={t('waitingColumn.consent')}>{nameOf(one)}</td>
                  <td data-head={t('waitingColumn.answeredOn')}>{formatDay(one.answeredOn)}</td>
                  <td data-head={t('waitingColumn.confirmBy')}>{formatDay(one.confirmBy)}</td>
                  <td data-head={t('waitingColumn.left')}>
                    <DaysLeft until={one.confirmBy} />
                  </td>
                  <td>
                    <Button size="small" onClick={() => goTo({ screen: 'case', caseId: one.caseId })}>
                      {t('open')}
                    </Button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </Card>
  )
}

function DaysLeft({ until }: { until: string }) {
  const { t } = useTranslation('consents')
  const left = daysBetween(useToday(), until)
  if (left < 0) return <Pill tone="bad">{t('over')}</Pill>
  if (left === 0) return <Pill tone="bad">{t('lastDay')}</Pill>
  return <Pill tone={left <= 2 ? 'warn' : 'plain'}>{t('daysLeft', { n: left })}</Pill>
}
