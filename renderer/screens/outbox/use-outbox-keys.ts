import { useTranslation } from 'react-i18next'
import type { OutboxItem } from '#shared/ipc/outbox-views.ts'
import { useKeys } from '../../view-state/keymap.ts'
import type { OutboxWays } from './outbox-ways.ts'

interface OutboxKeys {
  /** As they stand on the screen. */
  readonly ordered: readonly OutboxItem[]
  readonly selected: OutboxItem | null
  readonly select: (commandId: string) => void
  readonly ways: OutboxWays
}

/** Up and down through all the lists as one; what can be done with the chosen one by a key each. */
export function useOutboxKeys({ ordered, selected, select, ways }: OutboxKeys): void {
  const { t } = useTranslation('outbox')
  const move = (step: 1 | -1): void => {
    const at = selected === null ? -1 : ordered.indexOf(selected)
    const next = at < 0 ? ordered[0] : ordered[at + step]
    if (next === undefined) return
    select(next.commandId)
    const row = document.getElementById(`item-${next.commandId}`)
    row?.scrollIntoView({ block: 'nearest' })
    row?.focus({ preventScroll: true })
  }
  useKeys('here', [
    { keys: 'ArrowUp', label: t('keys.move'), run: () => move(-1), hint: true },
    { keys: 'ArrowDown', label: t('keys.move'), run: () => move(1), hint: true },
    ...(ways.correct ? [{ keys: 'E', label: t('keys.correct'), run: ways.correct, hint: true }] : []),
    ...(ways.open ? [{ keys: 'Enter', label: t('keys.open'), run: ways.open, hint: true }] : []),
    ...(ways.discard ? [{ keys: 'Delete', label: t(ways.discardWords), run: ways.discard, hint: true }] : [])
  ])
}
