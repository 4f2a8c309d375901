import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LoadEntry } from '#shared/ipc/office-views.ts'
import { EmptyState } from '../../design-system/states.tsx'
import { formatBytes, formatCount } from '../../i18n/format.ts'
import { Figure, Figures, OfficeScreen } from '../../office/office-screen.tsx'
import { type Column, RecordTable } from '../../office/record-table.tsx'
import { nextOrder, type SortOrder, sortedBy } from '../../office/sort-records.ts'
import { useOffice } from '../../office/use-office.ts'
import { SLOW_LINE_MBPS, secondsOver } from './line-time.ts'

/** 받을 자료: what each account would receive on a new PC, known before anybody has to wait for it. */
export function LoadsScreen() {
  const { t } = useTranslation('office')
  const view = useOffice('office.loads')
  return (
    <OfficeScreen title={t('loads.title')} note={t('loads.note')} view={view}>
      {(loads) =>
        loads.length === 0 ? (
          <EmptyState icon="download" title={t('loads.empty.title')}>
            {t('loads.empty.text')}
          </EmptyState>
        ) : (
          <Loads loads={loads} />
        )
      }
    </OfficeScreen>
  )
}

function Loads({ loads }: { loads: readonly LoadEntry[] }) {
  const { t } = useTranslation('office')
  const columns = useLoadColumns()
  const [order, setOrder] = useState<SortOrder>({ column: 'cases', descending: true })
  const column = columns.find(({ key }) => key === order.column)
  const shown = sortedBy(loads, (load) => column?.sortBy?.(load) ?? null, order)
  const most = loads.reduce((one, other) => (other.lineBytes > one.lineBytes ? other : one))
  return (
    <>
      <Figures>
        <Figure value={formatCount(most.cases)} label={t('loads.figure.cases')} />
        <Figure value={formatBytes(most.lineBytes)} label={t('loads.figure.line')} />
        <Figure value={formatBytes(most.diskBytes)} label={t('loads.figure.disk')} />
        <Figure
          value={useDuration()(secondsOver(most.lineBytes))}
          label={t('loads.figure.time', { mbps: SLOW_LINE_MBPS })}
        />
      </Figures>
      <div className="card office-card">
        <RecordTable
          label={t('loads.title')}
          columns={columns}
          rows={shown}
          idOf={({ accountId }) => accountId}
          order={order}
          onSort={(key) => setOrder(nextOrder(order, key))}
        />
      </div>
    </>
  )
}

function useDuration(): (seconds: number) => string {
  const { t } = useTranslation('office')
  return (seconds) =>
    seconds < 60
      ? t('loads.seconds', { n: formatCount(Math.max(1, Math.round(seconds))) })
      : t('loads.minutes', { n: formatCount(Math.round(seconds / 60)) })
}

function useLoadColumns(): readonly Column<LoadEntry>[] {
  const { t } = useTranslation(['office', 'domain'])
  const duration = useDuration()
  return [
    {
      key: 'name',
      head: t('office:loads.column.account'),
      cell: ({ displayName, login }) => (
        <>
          <strong>{displayName}</strong> <span className="faint">{login}</span>
        </>
      ),
      sortBy: ({ displayName }) => displayName
    },
    {
      key: 'role',
      head: t('office:loads.column.role'),
      width: 170,
      minor: true,
      cell: ({ role }) => t(`domain:role.${role}`),
      sortBy: ({ role }) => t(`domain:role.${role}`)
    },
    {
      key: 'cases',
      head: t('office:loads.column.cases'),
      width: 120,
      align: 'end',
      cell: ({ cases }) => formatCount(cases),
      sortBy: ({ cases }) => cases
    },
    {
      key: 'lineBytes',
      head: t('office:loads.column.line'),
      width: 136,
      align: 'end',
      cell: ({ lineBytes }) => formatBytes(lineBytes),
      sortBy: ({ lineBytes }) => lineBytes
    },
    {
      key: 'diskBytes',
      head: t('office:loads.column.disk'),
      width: 136,
      align: 'end',
      minor: true,
      cell: ({ diskBytes }) => formatBytes(diskBytes),
      sortBy: ({ diskBytes }) => diskBytes
    },
    {
      key: 'time',
      head: t('office:loads.column.time', { mbps: SLOW_LINE_MBPS }),
      width: 156,
      align: 'end',
      cell: ({ cases, lineBytes }) => (cases === 0 ? '—' : duration(secondsOver(lineBytes))),
      sortBy: ({ lineBytes }) => lineBytes
    }
  ]
}
