import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasConsequences } from '#shared/domain/case/consequences.ts'
import type { ConflictView } from '#shared/ipc/conflict-views.ts'
import { store } from '../../api/store.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { toast } from '../../design-system/toast.tsx'
import { isOffline } from '../../view-state/desk.ts'
import type { Side } from './conflict-side.tsx'

/** Choosing one of the values: at once, or after a reason where the field has consequences. */
export function useDecision(view: ConflictView, onDecided: () => void) {
  const { t } = useTranslation(['conflicts', 'domain'])
  const { failureText, refusalText } = useFailureText()
  const [asking, setAsking] = useState<Side | null>(null)
  const [busy, setBusy] = useState(false)

  /** null when done, else what went wrong. */
  const decide = async (side: Side, reason: string): Promise<string | null> => {
    if (busy) return null
    setBusy(true)
    const { caseId, conflictId, field, fieldRevs, mine } = view
    const args = { conflictId, field, mineCommandId: mine.commandId, pick: side, reason }
    const intent = { name: 'conflict.resolve' as const, args }
    const reply = await store.ask('command.run', { caseId, base: fieldRevs, intent, draftId: null })
    setBusy(false)
    if (!reply.ok) return reply.error.type === 'Refused' ? refusalText(reply.error.refusal) : failureText(reply.error)
    setAsking(null)
    onDecided()
    toast(t(isOffline() ? 'conflicts:doneOffline' : 'conflicts:done', { field: t(`domain:field.${field}`) }))
    return null
  }
  const pick = (side: Side): void => {
    if (hasConsequences(view.field)) setAsking(side)
    else void decide(side, '').then((problem) => problem !== null && toast(problem, 'bad'))
  }
  return { pick, asking, decide, stopAsking: () => setAsking(null), busy }
}
