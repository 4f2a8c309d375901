import { useTranslation } from 'react-i18next'
import type { RescueEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Pill, type Tone } from '../../design-system/pill.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { useWorkWords } from '../../i18n/use-work-words.ts'
import type { Column } from '../../office/record-table.tsx'

const TONES = { applied: 'ok', parked: 'warn', released: 'ok', receiving: 'info' } as const satisfies Record<
  string,
  Tone
>

/** What waits for pieces of documents is still on its way, not held back. */
const stateOf = ({ state, parkedFor }: RescueEntry): keyof typeof TONES =>
  state === 'parked' && parkedFor === 'chunks' ? 'receiving' : state

const FATES = ['applied', 'alreadyApplied', 'refused', 'lost', 'damaged'] as const

/** The register of rescues: which PC, when, how, and what became of its work. */
export function useRescueColumns(onRelease: (rescue: RescueEntry) => void): readonly Column<RescueEntry>[] {
  const { t } = useTranslation('office')
  const workWords = useWorkWords()
  return [
    {
      key: 'device',
      head: t('rescues.column.device'),
      cell: ({ deviceName }) => <strong className="record-table__name">{deviceName}</strong>
    },
    {
      key: 'receivedAt',
      head: t('rescues.column.receivedAt'),
      width: 162,
      cell: ({ receivedAt }) => formatInstant(receivedAt)
    },
    { key: 'via', head: t('rescues.column.via'), width: 96, minor: true, cell: ({ via }) => t(`rescues.via.${via}`) },
    {
      key: 'state',
      head: t('rescues.column.state'),
      width: 110,
      cell: (rescue) => <Pill tone={TONES[stateOf(rescue)]}>{t(`rescues.state.${stateOf(rescue)}`)}</Pill>
    },
    {
      key: 'work',
      head: t('rescues.column.work'),
      width: 116,
      cell: ({ commands, documents }) => workWords({ commands, documents })
    },
    ...FATES.map(
      (key): Column<RescueEntry> => ({
        key,
        head: t(`rescues.column.${key}`),
        width: key === 'alreadyApplied' ? 90 : 66,
        align: 'end',
        minor: key !== 'lost',
        cell: (rescue) => formatCount(rescue[key])
      })
    ),
    {
      key: 'release',
      head: t('rescues.column.release'),
      width: 124,
      cell: (rescue) =>
        rescue.state === 'parked' && (
          <Button
            size="small"
            aria-label={t(stateOf(rescue) === 'receiving' ? 'rescues.giveUpOf' : 'rescues.releaseOf', {
              name: rescue.deviceName
            })}
            onClick={() => onRelease(rescue)}
          >
            {t(stateOf(rescue) === 'receiving' ? 'rescues.giveUp' : 'rescues.release')}
          </Button>
        )
    }
  ]
}
