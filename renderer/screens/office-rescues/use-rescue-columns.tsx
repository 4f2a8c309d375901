import { useTranslation } from 'react-i18next'
import type { RescueEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Pill, type Tone } from '../../design-system/pill.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import type { Column } from '../../office/record-table.tsx'

const TONES: Readonly<Record<RescueEntry['state'], Tone>> = { applied: 'ok', parked: 'warn', released: 'ok' }

/** The register of rescues: which PC, when, how, and what became of its work. */
export function useRescueColumns(onRelease: (rescue: RescueEntry) => void): readonly Column<RescueEntry>[] {
  const { t } = useTranslation('office')
  return [
    {
      key: 'device',
      head: t('rescues.column.device'),
      cell: ({ deviceName }) => <strong title={deviceName}>{deviceName}</strong>
    },
    {
      key: 'receivedAt',
      head: t('rescues.column.receivedAt'),
      width: 162,
      cell: ({ receivedAt }) => formatInstant(receivedAt)
    },
    { key: 'via', head: t('rescues.column.via'), width: 110, minor: true, cell: ({ via }) => t(`rescues.via.${via}`) },
    {
      key: 'state',
      head: t('rescues.column.state'),
      width: 110,
      cell: ({ state }) => <Pill tone={TONES[state]}>{t(`rescues.state.${state}`)}</Pill>
    },
    ...(['commands', 'applied', 'alreadyApplied', 'refused', 'damaged'] as const).map(
      (key): Column<RescueEntry> => ({
        key,
        head: t(`rescues.column.${key}`),
        width: key === 'alreadyApplied' ? 96 : 76,
        align: 'end',
        minor: key !== 'commands',
        cell: (rescue) => formatCount(rescue[key])
      })
    ),
    {
      key: 'release',
      head: t('rescues.column.release'),
      width: 116,
      cell: (rescue) =>
        rescue.state === 'parked' && (
          <Button
            size="small"
            aria-label={t('rescues.releaseOf', { name: rescue.deviceName })}
            onClick={() => onRelease(rescue)}
          >
            {t('rescues.release')}
          </Button>
        )
    }
  ]
}
