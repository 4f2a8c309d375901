import { useTranslation } from 'react-i18next'
import type { ConflictItem } from '#shared/ipc/conflict-views.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { goTo } from '../../view-state/navigation.ts'

interface ConflictKeys {
  readonly items: readonly ConflictItem[]
  readonly selected: ConflictItem | null
  readonly select: (conflictId: string) => void
  /** Shows the one that was decided last once more; null when there is none. */
  readonly reopen: (() => void) | null
}

export const rowId = (conflictId: string): string => `conflict-${conflictId}`

/** Up and down through the list; the case of the chosen one by a key. */
export function useConflictKeys({ items, selected, select, reopen }: ConflictKeys): void {
  const { t } = useTranslation('conflicts')
  const move = (step: 1 | -1): void => {
    const next = selected === null ? items[0] : items[items.indexOf(selected) + step]
    if (next === undefined) return
    select(next.conflictId)
    const row = document.getElementById(rowId(next.conflictId))
    row?.scrollIntoView({ block: 'nearest' })
    row?.focus({ preventScroll: true })
  }
  useKeys('here', [
    { keys: 'ArrowUp', label: t('keys.move'), run: () => move(-1), hint: true },
    { keys: 'ArrowDown', label: t('keys.move'), run: () => move(1), hint: true },
    ...(reopen === null ? [] : [{ keys: 'Ctrl+Z', label: t('again'), run: reopen, hint: true }]),
    ...(selected === null
      ? []
      : [
          { keys: 'O', label: t('keys.open'), run: () => goTo({ screen: 'case', caseId: selected.caseId }), hint: true }
        ])
  ])
}
