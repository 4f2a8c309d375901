import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '#shared/ipc/views.ts'
import { useElapsed } from '../i18n/elapsed.ts'
import { formatCount, formatInstant } from '../i18n/format.ts'
import { useClock } from '../view-state/clock.ts'
import { isAtWork, useDesk } from '../view-state/desk.ts'
import { useKeymap } from '../view-state/keymap.ts'
import { keyName } from './key-names.ts'
import './status-bar.css'

const MINUTE_MS = 60_000
const MINUTES_AN_HOUR = 60
const MINUTES_A_DAY = 1440

/** Facts of the line to the centre and of this PC, and the keys that help here. */
export function StatusBar() {
  const { t } = useTranslation(['shell', 'domain'])
  const session = useDesk((desk) => desk.session)
  const sync = useDesk((desk) => desk.sync)
  const now = useClock((clock) => clock.now)
  const elapsed = useElapsed()
  return (
    <footer className="status-bar">
      {sync && <span>{lineWords(t, sync, now)}</span>}
      {session?.state === 'administering' && <span>{t('shell:status.nothingKept')}</span>}
      {session?.state === 'unlocked' && session.lease && (
        <span title={formatInstant(session.lease.endsAt)}>
          {t('shell:lease.status', { left: elapsed(session.lease.endsAt) })}
        </span>
      )}
      {isAtWork(session) && <span>{t('shell:status.device', { name: session.deviceName })}</span>}
      {session?.state === 'unlocked' && session.vault === 'unprotected' && <span>{t('shell:status.unprotected')}</span>}
      <KeyHints />
    </footer>
  )
}

type ShellT = TFunction<['shell', 'domain']>

function lineWords(t: ShellT, sync: SyncStatus, now: number): string {
  const received =
    sync.lastReceivedAt === null
      ? t('shell:status.neverReceived')
      : t('shell:status.lastReceived', { at: formatInstant(sync.lastReceivedAt) })
  return [...stateWords(t, sync, now), received].join(' · ')
}

function stateWords(t: ShellT, sync: SyncStatus, now: number): string[] {
  if (sync.state === 'offline') {
    return [sync.cause === 'restoring' ? t('shell:status.restoring') : offlineWords(t, now - Date.parse(sync.since))]
  }
  if (sync.state === 'needs_you') return [t(`domain:syncCause.${sync.cause}`)]
  const waits = sync.waiting > 0
  return [
    t('shell:status.online'),
    waits ? t('shell:sync.waiting', { n: formatCount(sync.waiting) }) : t('shell:status.allSent')
  ]
}

function offlineWords(t: ShellT, elapsedMs: number): string {
  const minutes = Math.max(0, Math.floor(elapsedMs / MINUTE_MS))
  if (minutes === 0) return t('shell:status.offlineJustNow')
  if (minutes < MINUTES_AN_HOUR) return t('shell:status.offlineMinutes', { minutes })
  const hours = Math.floor(minutes / MINUTES_AN_HOUR)
  if (minutes < MINUTES_A_DAY) return t('shell:status.offlineHours', { hours, minutes: minutes % MINUTES_AN_HOUR })
  return t('shell:status.offlineDays', { days: Math.floor(hours / 24), hours: hours % 24 })
}

function KeyHints() {
  const sets = useKeymap((keymap) => keymap.sets)
  const ordered = [...sets.values()].sort(
    (one, other) => Number(one.area === 'everywhere') - Number(other.area === 'everywhere')
  )
  const hints = new Map<string, string>()
  for (const { label, keys } of ordered.flatMap(({ bindings }) => bindings.filter(({ hint }) => hint))) {
    hints.set(label, (hints.get(label) ?? '') + keyName(keys))
  }
  return (
    <span className="status-bar__keys">
      {[...hints].map(([label, keys]) => (
        <span key={label}>
          <b>{keys}</b> {label}
        </span>
      ))}
    </span>
  )
}
