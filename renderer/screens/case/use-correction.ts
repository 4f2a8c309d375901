import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldChange } from '#shared/commands/correct-case.ts'
import { FIELDS_WITH_CONSEQUENCES } from '#shared/commands/correct-case-rule.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { toast } from '../../design-system/toast.tsx'
import { type Trouble, useRunCommand } from './use-run-command.ts'

interface Correction {
  readonly reason: string
  readonly setReason: (reason: string) => void
  readonly reasonError: string | null
  readonly busy: boolean
  readonly trouble: Trouble | null
  /** Whether the person has tried to save: from then on mistakes are shown as they are made. */
  readonly tried: boolean
  readonly save: (changes: readonly FieldChange[], isFaultless: boolean) => Promise<void>
}

/** 고치기: a reason, what went wrong, and saving as one command. Nothing changed is as good as saved. */
export function useCorrection(view: CaseView, onDone: () => void): Correction {
  const { t } = useTranslation('case')
  const { run, busy, trouble } = useRunCommand(view)
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [reasonError, setReasonError] = useState<string | null>(null)

  const save = async (changes: readonly FieldChange[], isFaultless: boolean): Promise<void> => {
    setTried(true)
    if (busy || !isFaultless) return
    if (changes.length === 0) return onDone()
    const fields = changes.map(({ field }) => field)
    if (reason.trim() === '' && fields.some((field) => FIELDS_WITH_CONSEQUENCES.includes(field))) {
      return setReasonError(t('formError.reasonMissing'))
    }
    const done = await run({
      caseId: view.case.id,
      fields,
      intent: { name: 'case.correct', args: { changes: [...changes], reason: reason.trim() } }
    })
    if (!done) return
    toast(t('saved'))
    onDone()
  }
  const typeReason = (typed: string): void => {
    setReason(typed)
    setReasonError(null)
  }
  return { reason, setReason: typeReason, reasonError, busy, trouble, tried, save }
}
