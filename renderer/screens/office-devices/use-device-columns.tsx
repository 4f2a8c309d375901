import { useTranslation } from 'react-i18next'
import type { DeviceEntry } from '#shared/ipc/office-views.ts'
import { Pill } from '../../design-system/pill.tsx'
import { useElapsed } from '../../i18n/elapsed.ts'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import type { Column } from '../../office/record-table.tsx'
import { useClock } from '../../view-state/clock.ts'
import { STANDING_TONES, STANDINGS, standingOf } from './device-standing.ts'

/** What the list says of each PC. */
export function useDeviceColumns(): readonly Column<DeviceEntry>[] {
  const { t } = useTranslation('office')
  const elapsed = useElapsed()
  const now = useClock((clock) => clock.now)
  return [
    {
      key: 'name',
      head: t('devices.column.name'),
      cell: ({ name }) => (
        <strong className="device-name" title={name}>
          {name}
        </strong>
      ),
      sortBy: ({ name }) => name
    },
    {
      key: 'standing',
      head: t('devices.column.standing'),
      width: 118,
      cell: (device) => {
        const standing = standingOf(device, now)
        return <Pill tone={STANDING_TONES[standing]}>{t(`standing.${standing}`)}</Pill>
      },
      sortBy: (device) => STANDINGS.indexOf(standingOf(device, now))
    },
    {
      key: 'lastContactAt',
      head: t('devices.column.lastContact'),
      width: 102,
      cell: ({ lastContactAt }) => <span title={formatInstant(lastContactAt)}>{elapsed(lastContactAt)}</span>,
      sortBy: ({ lastContactAt }) => lastContactAt
    },
    {
      key: 'waiting',
      head: t('devices.column.waiting'),
      width: 124,
      cell: (device) => <Waiting device={device} />,
      sortBy: ({ waiting }) => waiting
    },
    {
      key: 'leaseEndsAt',
      head: t('devices.column.lease'),
      width: 96,
      minor: true,
      cell: (device) => {
        const endsAt = leaseOf(device)
        return endsAt === null ? '—' : <span title={formatInstant(endsAt)}>{elapsed(endsAt)}</span>
      },
      sortBy: leaseOf
    },
    {
      key: 'appVersion',
      head: t('devices.column.version'),
      width: 72,
      minor: true,
      cell: ({ appVersion }) => appVersion,
      sortBy: ({ appVersion }) => appVersion
    },
    {
      key: 'accounts',
      head: t('devices.column.accounts'),
      width: 90,
      align: 'end',
      minor: true,
      cell: ({ accounts }) => formatCount(accounts.length),
      sortBy: ({ accounts }) => accounts.length
    }
  ]
}

/** A PC that has deleted everything has nothing more to close. */
const leaseOf = ({ state, leaseEndsAt }: DeviceEntry): string | null => (state === 'wiped' ? null : leaseEndsAt)

/** How many, and since when the oldest waits: a PC that sends nothing for days needs somebody. */
function Waiting({ device: { waiting, oldestWaitingAt } }: { device: DeviceEntry }) {
  const elapsed = useElapsed()
  if (waiting === null) return '—'
  return (
    <>
      {formatCount(waiting)} {oldestWaitingAt !== null && <span className="faint">{elapsed(oldestWaitingAt)}</span>}
    </>
  )
}
