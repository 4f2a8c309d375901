import { useTranslation } from 'react-i18next'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { standingOf } from '#shared/domain/provision/provision-standing.ts'
import type { ProvisionSummary } from '#shared/ipc/provision-views.ts'
import { Pill } from '../../design-system/pill.tsx'
import { formatCount, formatDay } from '../../i18n/format.ts'
import type { Column } from '../../office/record-table.tsx'
import { useToday } from '../../view-state/clock.ts'
import { STANDING_TONES } from './standing-tone.ts'
import { useRecipientName } from './use-recipients.ts'

/** Which run, to whom, of how many, until when, and where it stands. */
export function useRunColumns(): readonly Column<ProvisionSummary>[] {
  const { t } = useTranslation('provision')
  const recipientName = useRecipientName()
  const today = useToday()
  return [
    { key: 'number', head: t('column.number'), width: 104, cell: ({ number }) => <strong>{number}</strong> },
    { key: 'recipient', head: t('column.recipient'), cell: ({ recipientId }) => recipientName(recipientId) },
    {
      key: 'persons',
      head: t('column.persons'),
      width: 72,
      align: 'end',
      cell: ({ persons }) => formatCount(persons)
    },
    {
      key: 'givenAt',
      head: t('column.givenAt'),
      width: 116,
      minor: true,
      cell: ({ givenAt }) => formatDay(koreanDayOf(givenAt))
    },
    {
      key: 'keepUntil',
      head: t('column.keepUntil'),
      width: 116,
      cell: ({ keepUntil, voided }) => (keepUntil === null || voided !== null ? '–' : formatDay(keepUntil))
    },
    {
      key: 'standing',
      head: t('column.standing'),
      width: 136,
      cell: (run) => {
        const standing = standingOf(run, today)
        // What is to be done comes before where it stands, which the pane says too.
        if (run.toAsk > 0 && standing !== 'overdue') {
          return <Pill tone="bad">{t('toAskPill', { n: formatCount(run.toAsk) })}</Pill>
        }
        return <Pill tone={STANDING_TONES[standing]}>{t(`standing.${standing}`)}</Pill>
      }
    }
  ]
}
