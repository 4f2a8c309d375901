import { useTranslation } from 'react-i18next'
import { mayGive } from '#shared/commands/command-roles.ts'
import type { OutboxItem } from '#shared/ipc/outbox-views.ts'
import { store } from '../../api/store.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { toast } from '../../design-system/toast.tsx'
import { useAccount } from '../../view-state/desk.ts'
import { goTo } from '../../view-state/navigation.ts'

/** What a person can do with an item, and what she cannot and why. */
export interface OutboxWays {
  readonly open: (() => void) | null
  readonly correct: (() => void) | null
  readonly whyNotCorrect: string | null
  readonly discard: (() => void) | null
  /** A line without content is read and goes; anything else is given up. */
  readonly discardWords: 'discard' | 'read'
}

const NO_WAYS: OutboxWays = { open: null, correct: null, whyNotCorrect: null, discard: null, discardWords: 'discard' }

/** `onDiscard` asks first; `onSettled` reads the list again. */
export function useOutboxWays(
  item: OutboxItem | null,
  on: { readonly discard: (item: OutboxItem) => void; readonly settled: () => void }
): OutboxWays {
  const { t } = useTranslation('outbox')
  const { failureText } = useFailureText()
  const role = useAccount()?.role
  if (item === null) return NO_WAYS
  const { caseId, cannotCorrect } = item
  const isHers = role !== undefined && mayGive(role, item.name ?? 'case.correct')
  const correct = async (): Promise<void> => {
    const reply = await store.ask('outbox.correct', { commandId: item.commandId })
    if (reply.ok) return goTo(reply.value)
    toast(failureText(reply.error), 'bad')
    on.settled()
  }
  const why = cannotCorrect ?? (isHers ? null : 'role')
  const isRefused = item.status === 'refused'
  const hasCase = caseId !== null && item.status !== 'parked' && cannotCorrect === null
  const isRefusedIntake = isRefused && item.name === 'case.register'
  const { batch } = item
  const openBatch = batch === null ? null : () => goTo({ screen: 'destruction', batchId: batch.id })
  return {
    open: openBatch ?? (hasCase && !isRefusedIntake ? () => goTo({ screen: 'case', caseId }) : null),
    correct: isRefused && why === null ? () => void correct() : null,
    whyNotCorrect: isRefused && why !== null ? t(`cannotCorrect.${why}`) : null,
    discard: item.status === 'parked' || (isRefused && isHers) ? () => on.discard(item) : null,
    discardWords: item.status === 'parked' ? 'read' : 'discard'
  }
}
