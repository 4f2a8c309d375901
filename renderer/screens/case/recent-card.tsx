import { useTranslation } from 'react-i18next'
import { addDays, koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { useOfficialName } from '../../case-display/official-name.ts'
import { TextButton } from '../../design-system/button.tsx'
import { Card, CardLine } from '../../design-system/card.tsx'
import { formatShortDay, formatTime } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { timelineLines } from './timeline-lines.ts'
import { useTimelineWords } from './use-timeline-words.ts'

const SHOWN = 5

/** 최근: the last things done to the case. */
export function RecentCard({ view, onShowHistory }: { view: CaseView; onShowHistory: () => void }) {
  const { t } = useTranslation(['case', 'common'])
  const { what, detail } = useTimelineWords()
  const officialName = useOfficialName()
  const today = useToday()
  const when = (at: string): string => {
    const day = koreanDayOf(at)
    if (day === today) return formatTime(at)
    return day === addDays(today, -1) ? t('common:yesterday') : formatShortDay(day)
  }
  return (
    <Card
      title={t('case:recent.title')}
      actions={<TextButton onClick={onShowHistory}>{t('case:recent.all')}</TextButton>}
    >
      {timelineLines(view.timeline)
        .slice(0, SHOWN)
        .map(({ key, entry, times }) => (
          <CardLine key={key} aside={officialName(entry.by)}>
            <span className="faint recent__when">{when(entry.at)}</span>
            <span>
              {what(entry)} {times > 1 && <span className="faint">{t('case:history.times', { n: times })}</span>}
            </span>
            {detail(entry) && <span className="faint">{detail(entry)}</span>}
          </CardLine>
        ))}
    </Card>
  )
}
