import { useTranslation } from 'react-i18next'
import type { SyncStatus } from '#shared/ipc/views.ts'
import { Pill, type Tone } from '../design-system/pill.tsx'
import { useClock } from '../view-state/clock.ts'
import { useAccount, useDesk } from '../view-state/desk.ts'
import { signInAgain } from '../view-state/lock.ts'
import { goTo } from '../view-state/navigation.ts'
import { needsHerChoice, syncWords } from './sync-words.ts'

const TONES: Readonly<Record<SyncStatus['state'], Tone>> = {
  current: 'ok',
  sending: 'info',
  receiving: 'info',
  offline: 'warn',
  needs_you: 'bad'
}

/** The line to the centre in one of its five states, with what waits; leads to where something can be done about it. */
export function SyncIndicator() {
  const { t } = useTranslation(['shell', 'domain'])
  const status = useDesk((desk) => desk.sync)
  const login = useAccount()?.login
  const { now, today } = useClock()
  if (!status) return null
  const isSignedOut = status.state === 'needs_you' && status.cause === 'session'
  const hasChoice = needsHerChoice(status)
  const lead = (): void => {
    if (isSignedOut && login !== undefined) void signInAgain(login)
    else goTo(hasChoice ? { screen: 'conflicts', conflictId: null } : { screen: 'outbox' })
  }
  const state = hasChoice ? 'needs_you' : status.state
  const way = isSignedOut ? 'signInAgain' : hasChoice ? 'openConflicts' : 'openOutbox'
  const words = syncWords(t, status, { now, today })
  return (
    <button type="button" className="sync" data-state={state} title={t(`shell:sync.${way}`)} onClick={lead}>
      <Pill tone={TONES[state]} dot>
        <span role="status">{words}</span>
      </Pill>
    </button>
  )
}
