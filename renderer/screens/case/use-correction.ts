import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { FieldChange } from '#shared/commands/correct-case.ts'
import { FIELDS_WITH_CONSEQUENCES } from '#shared/commands/correct-case-rule.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { toast } from '../../design-system/toast.tsx'
import { isOffline } from '../../view-state/desk.ts'
import { type CorrectionBlock, type UnfinishedCorrection, useDraftKeeping } from './correction-draft.ts'
import { type Trouble, useRunCommand } from './use-run-command.ts'

export interface EditorProps {
  readonly view: CaseView
  /** What was typed before the desk locked or the program was cut off; null for a fresh form. */
  readonly unfinished: UnfinishedCorrection | null
  readonly onDone: () => void
}

interface CorrectionOptions<Form extends z.core.util.JSONType> extends EditorProps {
  readonly block: CorrectionBlock
  /** Reads the form of a draft that an older program may have written. */
  readonly schema: z.ZodType<Form>
  readonly initial: () => Form
}

export interface Correction<Form> {
  readonly form: Form
  readonly setForm: (change: (before: Form) => Form) => void
  readonly reason: string
  readonly setReason: (reason: string) => void
  readonly reasonError: string | null
  readonly busy: boolean
  readonly trouble: Trouble | null
  /** Whether the person has tried to save: from then on mistakes are shown as they are made. */
  readonly tried: boolean
  readonly isResumed: boolean
  readonly save: (changes: readonly FieldChange[], isFaultless: boolean) => Promise<void>
  readonly cancel: () => void
}

/**
 * 고치기: the form, its reason, what went wrong, and saving as one command. What is typed is kept in the store until it
 * is saved or given up. Nothing changed is as good as saved.
 */
export function useCorrection<Form extends z.core.util.JSONType>(options: CorrectionOptions<Form>): Correction<Form> {
  const { view, block, unfinished, schema, initial, onDone } = options
  const { t } = useTranslation('case')
  const [resumed] = useState(() => readUnfinished(unfinished, block, schema))
  const [draftId] = useState(() => resumed?.draftId ?? crypto.randomUUID())
  const { run, busy, trouble } = useRunCommand(view)
  const [form, setForm] = useState<Form>(() => resumed?.form ?? initial())
  const [reason, setReason] = useState(resumed?.reason ?? '')
  const [tried, setTried] = useState(false)
  const [reasonError, setReasonError] = useState<string | null>(null)
  const draft = useDraftKeeping({ draftId, caseId: view.case.id, title: view.case.applicant.name, block })

  const save = async (changes: readonly FieldChange[], isFaultless: boolean): Promise<void> => {
    setTried(true)
    if (busy || !isFaultless) return
    if (changes.length === 0) return cancel()
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
    draft.end()
    toast(t(isOffline() ? 'savedOffline' : 'saved'))
    onDone()
  }
  const cancel = (): void => {
    draft.end()
    onDone()
  }
  return {
    form,
    setForm: (change) => {
      const next = change(form)
      setForm(next)
      draft.keep(next, reason)
    },
    reason,
    setReason: (typed) => {
      setReason(typed)
      setReasonError(null)
      draft.keep(form, typed)
    },
    ...{ reasonError, busy, trouble, tried, save, cancel },
    isResumed: resumed !== null
  }
}

function readUnfinished<Form>(
  unfinished: UnfinishedCorrection | null,
  block: CorrectionBlock,
  schema: z.ZodType<Form>
): { draftId: string; reason: string; form: Form } | null {
  if (unfinished?.block !== block) return null
  const form = schema.safeParse(unfinished.form)
  return form.success ? { draftId: unfinished.draftId, reason: unfinished.reason, form: form.data } : null
}
