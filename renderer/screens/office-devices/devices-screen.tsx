import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeviceEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { FilterChip } from '../../design-system/select.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import { formatCount } from '../../i18n/format.ts'
import { OfficeScreen } from '../../office/office-screen.tsx'
import { RecordTable } from '../../office/record-table.tsx'
import { nextOrder, type SortOrder, sortedBy } from '../../office/sort-records.ts'
import { useOffice } from '../../office/use-office.ts'
import { useClock } from '../../view-state/clock.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { IssueCodeDialog } from '../office-codes/issue-code-dialog.tsx'
import { DevicePane } from './device-pane.tsx'
import { countStandings, STANDINGS, type Standing, standingOf } from './device-standing.ts'
import { useDeviceColumns } from './use-device-columns.tsx'

/** PC 관리: every PC of the district, how it stands, and what can be done about one that is lost. */
export function DevicesScreen() {
  const { t } = useTranslation('office')
  const view = useOffice('office.devices')
  const [issuing, setIssuing] = useState(false)
  useKeys('here', [{ keys: 'F2', label: t('codes.issue'), run: () => setIssuing(true), hint: true }])
  return (
    <OfficeScreen
      title={t('devices.title')}
      note={view.value && t('devices.count', { n: formatCount(view.value.length) })}
      view={view}
      actions={
        <Button kind="primary" icon="plus" kbd="F2" onClick={() => setIssuing(true)}>
          {t('codes.issue')}
        </Button>
      }
    >
      {(devices) => (
        <>
          {devices.length === 0 ? (
            <EmptyState icon="pc" title={t('devices.empty.title')}>
              {t('devices.empty.text')}
            </EmptyState>
          ) : (
            <DeviceList devices={devices} onChanged={view.reload} />
          )}
          {issuing && <IssueCodeDialog onClose={() => setIssuing(false)} />}
        </>
      )}
    </OfficeScreen>
  )
}

function DeviceList({ devices, onChanged }: { devices: readonly DeviceEntry[]; onChanged: () => void }) {
  const { t } = useTranslation('office')
  const now = useClock((clock) => clock.now)
  const columns = useDeviceColumns()
  const [filter, setFilter] = useState<Standing | null>(null)
  const [order, setOrder] = useState<SortOrder>({ column: 'name', descending: false })
  const [chosenId, setChosenId] = useState<string | null>(null)
  const column = columns.find(({ key }) => key === order.column)
  const shown = sortedBy(
    devices.filter((device) => filter === null || standingOf(device, now) === filter),
    (device) => column?.sortBy?.(device) ?? null,
    order
  )
  const selected = shown.find(({ id }) => id === chosenId) ?? shown[0]
  return (
    <>
      <StandingFilter devices={devices} filter={filter} onFilter={setFilter} />
      <div className="office-columns">
        <div className="card office-card">
          {shown.length === 0 ? (
            <EmptyState
              icon="pc"
              title={t('devices.noneLikeThis')}
              action={<Button onClick={() => setFilter(null)}>{t('devices.showAll')}</Button>}
            />
          ) : (
            <RecordTable
              label={t('devices.title')}
              columns={columns}
              rows={shown}
              idOf={({ id }) => id}
              order={order}
              onSort={(key) => setOrder(nextOrder(order, key))}
              selectedId={selected?.id ?? null}
              onSelect={setChosenId}
            />
          )}
        </div>
        {selected && <DevicePane key={selected.id} device={selected} onChanged={onChanged} />}
      </div>
    </>
  )
}

interface StandingFilterProps {
  devices: readonly DeviceEntry[]
  filter: Standing | null
  onFilter: (filter: Standing | null) => void
}

/** Only the states that some PC is in. */
function StandingFilter({ devices, filter, onFilter }: StandingFilterProps) {
  const { t } = useTranslation('office')
  const counts = countStandings(
    devices,
    useClock((clock) => clock.now)
  )
  return (
    <fieldset className="filter-bar bar" aria-label={t('devices.filter')}>
      <FilterChip pressed={filter === null} onToggle={() => onFilter(null)}>
        {t('devices.all', { n: formatCount(devices.length) })}
      </FilterChip>
      {STANDINGS.filter((standing) => counts[standing] > 0 || standing === filter).map((standing) => (
        <FilterChip
          key={standing}
          pressed={filter === standing}
          onToggle={() => onFilter(filter === standing ? null : standing)}
        >
          {`${t(`standing.${standing}`)} ${formatCount(counts[standing])}`}
        </FilterChip>
      ))}
    </fieldset>
  )
}
