import { useTranslation } from 'react-i18next'
import { ACCESS_ACTS, type AccessAct } from '#shared/domain/access-log/access-event.ts'
import { MOST_LOG_DAYS } from '#shared/domain/access-log/log-entry.ts'
import { isAnswerable } from '#shared/ipc/access-log-methods.ts'
import type { LogStand } from '#shared/ipc/access-log-views.ts'
import { DateField } from '../../design-system/date-field.tsx'
import { FilterChip, FilterSelect, RemovableChip } from '../../design-system/select.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { useDesk } from '../../view-state/desk.ts'
import { type LogWanted, lastDays, PERIODS } from './log-wanted.ts'
import { usePcName } from './pc-name.ts'

interface LogFilterProps {
  wanted: LogWanted
  pcs: readonly LogStand[]
  onChange: (change: Partial<LogWanted>) => void
}

/** When, who, from which PC and what: what the lines are narrowed to. */
export function LogFilter({ wanted, pcs, onChange }: LogFilterProps) {
  const { t } = useTranslation(['accessLog', 'common'])
  const today = useToday()
  const choices = useChoices(pcs)
  const day = { format: formatDay, today, unreadable: t('common:dayUnreadable') }
  return (
    <>
      <fieldset className="bar filter-bar log-filter" aria-label={t('accessLog:filter.label')}>
        <DateField
          label={t('accessLog:filter.from')}
          value={wanted.from}
          onChange={(from) => from !== '' && onChange({ from })}
          {...day}
        />
        <DateField
          label={t('accessLog:filter.to')}
          value={wanted.to}
          onChange={(to) => to !== '' && onChange({ to })}
          {...day}
        />
        {PERIODS.map((days) => {
          const period = lastDays(today, days)
          return (
            <FilterChip
              key={days}
              pressed={period.from === wanted.from && period.to === wanted.to}
              onToggle={() => onChange(period)}
            >
              {t(`accessLog:filter.days.${days}`)}
            </FilterChip>
          )
        })}
        <FilterSelect
          label={t('accessLog:filter.who')}
          all={t('accessLog:filter.anybody')}
          choices={choices.people}
          value={wanted.accountId}
          onChange={(accountId) => onChange({ accountId })}
        />
        <FilterSelect
          label={t('accessLog:filter.pc')}
          all={t('accessLog:filter.anyPc')}
          choices={choices.pcs}
          value={wanted.deviceId}
          onChange={(deviceId) => onChange({ deviceId })}
        />
        <FilterSelect<AccessAct>
          label={t('accessLog:filter.act')}
          all={t('accessLog:filter.anyAct')}
          choices={choices.acts}
          value={wanted.act}
          onChange={(act) => onChange({ act })}
        />
        {wanted.caseId !== null && (
          <RemovableChip onRemove={() => onChange({ caseId: null })} removeLabel={t('accessLog:filter.anyCase')}>
            {t('accessLog:filter.oneCase')}
          </RemovableChip>
        )}
      </fieldset>
      {!isAnswerable(wanted) && (
        <Banner tone="bad" icon="warning">
          {wanted.from > wanted.to
            ? t('accessLog:filter.turned')
            : t('accessLog:filter.tooLong', { days: MOST_LOG_DAYS })}
        </Banner>
      )}
    </>
  )
}

function useChoices(pcs: readonly LogStand[]) {
  const { t } = useTranslation(['accessLog', 'domain'])
  const pcName = usePcName()
  const staff = useDesk((desk) => desk.staff)
  const byLabel = (one: { label: string }, other: { label: string }): number => one.label.localeCompare(other.label)
  return {
    people: Object.entries(staff)
      .map(([value, label]) => ({ value, label }))
      .sort(byLabel),
    pcs: pcs
      .map(({ deviceId, name, isCentre }) => ({ value: deviceId, label: pcName({ name, isCentre }) }))
      .sort(byLabel),
    acts: ACCESS_ACTS.map((value) => ({ value, label: t(`domain:act.${value}`) }))
  }
}
