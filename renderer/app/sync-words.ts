import type { TFunction } from 'i18next'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { SyncStatus } from '#shared/ipc/views.ts'
import { formatCount, formatSince, formatTime } from '../i18n/format.ts'

type ShellT = TFunction<['shell', 'domain']>

/** What the words are told at: epoch milliseconds, and the day in Korea. */
export interface Moment {
  readonly now: number
  readonly today: string
}

/** Up to date, but in a conflict one of the values is hers: the window says that it needs her. */
export const needsHerChoice = ({ state, ownConflicts }: SyncStatus): boolean => state === 'current' && ownConflicts > 0

const JUST_NOW_MS = 90_000
const SECONDS_A_MINUTE = 60

/** The line to the centre in one of its five states, each with its number, its time or its cause. */
export function syncWords(t: ShellT, status: SyncStatus, moment: Moment): string {
  const state = needsHerChoice(status) ? [choiceWords(t, status)] : stateWords(t, status, moment)
  return [...state, ...queueWords(t, status)].join(' · ')
}

function stateWords(t: ShellT, status: SyncStatus, moment: Moment): string[] {
  switch (status.state) {
    case 'current':
      return [currentWords(t, status.lastReceivedAt, moment.now)]
    case 'sending':
      return [t('shell:sync.sending', { done: formatCount(status.done), of: formatCount(status.of) })]
    case 'receiving':
      return receivingWords(t, status)
    case 'offline':
      return [
        t(status.cause === 'restoring' ? 'shell:sync.restoring' : 'shell:sync.offline', {
          since: formatSince(status.since, moment.today)
        })
      ]
    case 'needs_you':
      return [t('shell:sync.needsYou', { cause: causeWords(t, status) })]
    default:
      return assertNever(status)
  }
}

function causeWords(t: ShellT, { cause, refused }: Extract<SyncStatus, { state: 'needs_you' }>): string {
  if (cause === 'refused') return t('shell:sync.refusedByCentre', { n: formatCount(refused) })
  return t(`domain:syncCause.${cause}`)
}

function receivingWords(t: ShellT, status: Extract<SyncStatus, { state: 'receiving' }>): string[] {
  const { done, of, firstDownload } = status
  const numbers = { done: formatCount(done), of: formatCount(of) }
  if (firstDownload?.isPaused) return [t('shell:sync.paused', numbers)]
  return [t('shell:sync.receiving', numbers), ...paceWords(t, firstDownload)]
}

/** Speed and time left, as far as they can be told. */
export function paceWords(
  t: ShellT,
  pace: { readonly perSecond: number | null; readonly secondsLeft: number | null } | undefined
): string[] {
  if (!pace) return []
  const { perSecond, secondsLeft } = pace
  return [
    ...(perSecond === null ? [] : [t('shell:sync.speed', { n: formatCount(Math.round(perSecond)) })]),
    ...(secondsLeft === null ? [] : [leftWords(t, secondsLeft)])
  ]
}

const leftWords = (t: ShellT, seconds: number): string =>
  seconds < SECONDS_A_MINUTE
    ? t('shell:sync.secondsLeft', { n: formatCount(Math.max(1, Math.ceil(seconds))) })
    : t('shell:sync.minutesLeft', { n: formatCount(Math.ceil(seconds / SECONDS_A_MINUTE)) })

function currentWords(t: ShellT, lastReceivedAt: string | null, now: number): string {
  if (lastReceivedAt === null) return t('shell:sync.current')
  if (now - Date.parse(lastReceivedAt) < JUST_NOW_MS) return t('shell:sync.currentJustNow')
  return t('shell:sync.currentAt', { time: formatTime(lastReceivedAt) })
}

const choiceWords = (t: ShellT, { ownConflicts }: SyncStatus): string =>
  t('shell:sync.needsYou', { cause: t('shell:sync.conflicts', { n: formatCount(ownConflicts) }) })

function queueWords(t: ShellT, status: SyncStatus): string[] {
  const { waiting, refused, ownConflicts, state } = status
  const isToldAlready = state === 'needs_you' && status.cause === 'refused'
  return [
    ...(waiting > 0 && state !== 'sending' ? [t('shell:sync.waiting', { n: formatCount(waiting) })] : []),
    ...(refused > 0 && !isToldAlready ? [t('shell:sync.refused', { n: formatCount(refused) })] : []),
    ...(ownConflicts > 0 && state !== 'current' ? [t('shell:sync.conflicts', { n: formatCount(ownConflicts) })] : [])
  ]
}
