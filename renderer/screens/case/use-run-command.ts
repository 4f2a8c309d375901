import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Intent } from '#shared/commands/command.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { FieldRevs } from '#shared/domain/case/case.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { store } from '../../api/store.ts'
import { useFailureText } from '../../case-display/failure-text.ts'

/** Why a command was not done, in words; the refusal itself where a field can show it. */
export interface Trouble {
  readonly text: string
  readonly refusal: Refusal | null
}

interface CaseCommand {
  readonly caseId: string
  readonly intent: Intent
}

/**
 * Runs commands on the case as it was when the form was opened. When somebody else has changed a field since, the person
 * is told, and doing it again then is a decision taken with the new value in sight. `opened`: the revisions that the form
 * showed, where it was opened earlier than this screen.
 */
export function useRunCommand(
  view: CaseView,
  opened: FieldRevs = view.fieldRevs
): {
  run: (command: CaseCommand) => Promise<boolean>
  busy: boolean
  trouble: Trouble | null
} {
  const { t } = useTranslation('case')
  const { failureText, refusalText, fieldName } = useFailureText()
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Trouble | null>(null)
  const seen = useRef<FieldRevs>(opened)
  const newest = useRef<FieldRevs>(view.fieldRevs)
  newest.current = view.fieldRevs

  const refusalTrouble = (refusal: Refusal): Trouble => {
    if (refusal.type !== 'FieldChangedMeanwhile') return { text: refusalText(refusal), refusal }
    return { text: t('overtaken', { fields: refusal.fields.map(fieldName).join(', ') }), refusal }
  }

  const run = async ({ caseId, intent }: CaseCommand): Promise<boolean> => {
    const warned = trouble?.refusal?.type === 'FieldChangedMeanwhile'
    if (warned) seen.current = newest.current
    const base = seen.current
    setBusy(true)
    const reply = await store.ask('command.run', { caseId, base, intent, draftId: null })
    setBusy(false)
    if (reply.ok) {
      setTrouble(null)
      return true
    }
    const { error } = reply
    setTrouble(error.type === 'Refused' ? refusalTrouble(error.refusal) : { text: failureText(error), refusal: null })
    return false
  }
  return { run, busy, trouble }
}
