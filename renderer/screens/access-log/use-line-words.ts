import { useTranslation } from 'react-i18next'
import { ACCESS_ACTS, type AccessAct } from '#shared/domain/access-log/access-event.ts'
import type { LogLine, LogStand } from '#shared/ipc/access-log-views.ts'
import { useLoggedField } from '../../case-display/logged-field.ts'
import { formatBytes, formatCount, formatDay } from '../../i18n/format.ts'
import { usePcName } from './pc-name.ts'

const isKnownAct = (act: string): act is AccessAct => (ACCESS_ACTS as readonly string[]).includes(act)

/** What `detail` of a line may say that is told in words of its own; ids and inner numbers are left out. */
const DETAILS = [
  'field',
  'shown',
  'kinds',
  'searches',
  'hits',
  'rows',
  'bytes',
  'from',
  'to',
  'lines',
  'index',
  'digest',
  'persons',
  'selected',
  'document',
  'paper',
  'number',
  'printNo',
  'sha256'
] as const
type Detail = (typeof DETAILS)[number]

/** A line of the log in words. */
export function useLineWords(pcs: readonly LogStand[]) {
  const { t } = useTranslation(['accessLog', 'domain'])
  const fieldText = useLoggedField()
  const pcName = usePcName()
  const valueText = (detail: Detail, value: string | number): string => {
    if (detail === 'index') return formatCount(Number(value) + 1)
    if (detail === 'bytes') return formatBytes(Number(value))
    if (typeof value === 'number') return formatCount(value)
    if (detail === 'field') return fieldText(value)
    if (detail === 'document') return value // as the official typed it
    return /^\d{4}-\d{2}-\d{2}$/.test(value) ? formatDay(value) : codeText(value)
  }
  const codeText = (value: string): string =>
    value
      .split(' ')
      .map((code) => t(`accessLog:code.${code}`, code))
      .join(', ')
  return {
    /** An act that only a newer program knows is told by its name. */
    actText: ({ act }: LogLine): string => (isKnownAct(act) ? t(`domain:act.${act}`) : act),
    whoText: ({ who }: LogLine): string => who ?? t('accessLog:unknownOfficial'),
    pcText: (deviceId: string): string => pcName(pcs.find((pc) => pc.deviceId === deviceId)),
    details: ({ detail }: LogLine): ReadonlyArray<{ readonly name: string; readonly text: string }> =>
      DETAILS.flatMap((name) => {
        const value = detail[name]
        return value === undefined ? [] : [{ name: t(`accessLog:detail.${name}`), text: valueText(name, value) }]
      })
  }
}
