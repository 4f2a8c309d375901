import { useTranslation } from 'react-i18next'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { touchesProvisions, useAsked } from '../../../api/use-asked.ts'
import { TextButton } from '../../../design-system/button.tsx'
import { Card } from '../../../design-system/card.tsx'
import { formatDay } from '../../../i18n/format.ts'
import { goTo } from '../../../view-state/navigation.ts'
import { LineStanding } from '../../provision/run-lines.tsx'
import { useRecipientName } from '../../provision/use-recipients.ts'

/** 제공 대장 of one person: to whom she was given, until when it is kept there, and what became of it. */
export function ProvisionsCard({ caseId }: { caseId: string }) {
  const { t } = useTranslation('provision')
  const recipientName = useRecipientName()
  const given = useAsked('provision.ofCase', { caseId }, { again: touchesProvisions }).value
  if (given === undefined) return null
  return (
    <Card title={t('ofCase.title')}>
      {given.length === 0 && <p className="provisions-card__line faint">{t('ofCase.none')}</p>}
      {given.map(({ run, line }) => (
        <p key={run.id} className="provisions-card__line">
          <strong>{recipientName(run.recipientId)}</strong>{' '}
          {t('ofCase.line', { number: run.number, day: formatDay(koreanDayOf(run.givenAt)) })}
          {run.keepUntil !== null && ` · ${t('ofCase.keepUntil', { day: formatDay(run.keepUntil) })}`} ·{' '}
          <LineStanding line={line} />
        </p>
      ))}
      {given.length > 0 && (
        <p className="provisions-card__line">
          <TextButton onClick={() => goTo({ screen: 'provision' })}>{t('ofCase.open')}</TextButton>
        </p>
      )}
    </Card>
  )
}
