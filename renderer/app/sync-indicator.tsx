import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { SyncStatus } from '#shared/ipc/views.ts'
import { Pill, type Tone } from '../design-system/pill.tsx'
import { formatCount, formatTime } from '../i18n/format.ts'
import { useClock } from '../view-state/clock.ts'
import { useDesk } from '../view-state/desk.ts'
import { goTo } from '../view-state/navigation.ts'

const JUST_NOW_MS = 90_000

const TONES: Readonly<Record<SyncStatus['state'], Tone>> = {
  current: 'ok',
  sending: 'info',
  receiving: 'info',
  offline: 'warn',
  needs_you: 'bad'
}

/** The line to the centre in one of its five states, with what waits; leads to the outbox. */
export function SyncIndicator() {
  const { t } = useTranslation(['shell', 'domain'])
  const status = useDesk((desk) => desk.sync)
  const now = useClock((clock) => clock.now)
  if (!status) return null
  const words = [stateWords(t, status, now), ...queueWords(t, status)]
  return (
    <button
      type="button"
      className="sync"
      title={t('shell:sync.openOutbox')}
      onClick={() => goTo({ screen: 'outbox' })}
    >
      <Pill tone={TONES[status.state]} dot>
        <span role="status">{words.join(' · ')}</span>
      </Pill>
    </button>
  )
}

type ShellT = TFunction<['shell', 'domain']>

function stateWords(t: ShellT, status: SyncStatus, now: number): string {
  switch (status.state) {
    case 'current':
      return currentWords(t, status.lastReceivedAt, now)
    case 'sending':
      return t('shell:sync.sending', { done: formatCount(status.done), of: formatCount(status.of) })
    case 'receiving':
      return t('shell:sync.receiving', { done: formatCount(status.done), of: formatCount(status.of) })
    case 'offline':
      return t('shell:sync.offline')
    case 'needs_you':
      return t('shell:sync.needsYou')
    default:
      return assertNever(status)
  }
}

function currentWords(t: ShellT, lastReceivedAt: string | null, now: number): string {
  if (lastReceivedAt === null) return t('shell:sync.current')
  if (now - Date.parse(lastReceivedAt) < JUST_NOW_MS) return t('shell:sync.currentJustNow')
  return t('shell:sync.currentAt', { time: formatTime(lastReceivedAt) })
}

function queueWords(t: ShellT, { waiting, refused, state }: SyncStatus): string[] {
  return [
    ...(waiting > 0 && state !== 'sending' ? [t('shell:sync.waiting', { n: formatCount(waiting) })] : []),
    ...(refused > 0 ? [t('shell:sync.refused', { n: formatCount(refused) })] : [])
  ]
}
