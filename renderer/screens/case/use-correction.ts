import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import type { FieldChange } from '#shared/commands/correct-case.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { FieldRevs } from '#shared/domain/case/case.ts'
import { FIELDS_WITH_CONSEQUENCES } from '#shared/domain/case/consequences.ts'
import type { RefusedCorrection } from '#shared/ipc/refused-draft.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { toast } from '../../design-system/toast.tsx'
import { isOffline } from '../../view-state/desk.ts'
import type { CorrectionBlock, UnfinishedCorrection } from './correction-body.ts'
import { useDraftKeeping } from './correction-draft.ts'
import { type Trouble, useRunCommand } from './use-run-command.ts'

export interface EditorProps {
  readonly view: CaseView
  /** What was typed before the desk locked or the program was cut off; null for a fresh form. */
  readonly unfinished: UnfinishedCorrection | null
  /** `later`: the draft stays and is taken up when the case is opened again. */
  readonly onDone: (how?: 'later') => void
}

interface CorrectionOptions<Form extends z.core.util.JSONType> extends EditorProps {
  readonly block: CorrectionBlock
  /** Reads the form of a draft that an older program may have written. */
  readonly schema: z.ZodType<Form>
  readonly initial: () => Form
  /** Puts values that were refused into a form as it opens. */
  readonly withRefused: (form: Form, changes: RefusedCorrection['changes']) => Form
}

export interface Correction<Form> {
  readonly form: Form
  /** The form as it was opened. */
  readonly opened: Form
  readonly setForm: (change: (before: Form) => Form) => void
  readonly reason: string
  readonly setReason: (reason: string) => void
  readonly reasonError: string | null
  readonly busy: boolean
  readonly trouble: Trouble | null
  /** Whether the person has tried to save: from then on mistakes are shown as they are made. */
  readonly tried: boolean
  readonly isResumed: boolean
  /** Why the centre refused what is being corrected; null when it was never sent. */
  readonly refusal: Refusal | null
  readonly save: (changes: readonly FieldChange[], isFaultless: boolean) => Promise<void>
  readonly cancel: () => void
  /** Gives up what was typed, for good. */
  readonly drop: () => void
}

/**
 * 고치기: the form, its reason, what went wrong, and saving as one command. What is typed is kept in the store until it
 * is saved or given up. Nothing changed is as good as saved.
 */
export function useCorrection<Form extends z.core.util.JSONType>(options: CorrectionOptions<Form>): Correction<Form> {
  const { view, block, unfinished, onDone } = options
  const { t } = useTranslation('case')
  const [resumed] = useState(() => readUnfinished(unfinished, options))
  const [draftId] = useState(() => resumed?.draftId ?? crypto.randomUUID())
  const [opened] = useState<Form>(() => resumed?.opened ?? options.initial())
  const [seen] = useState(resumed?.seen ?? view.fieldRevs)
  const { run, busy, trouble } = useRunCommand(view, seen)
  const [form, setForm] = useState<Form>(() => resumed?.form ?? opened)
  const [reason, setReason] = useState(resumed?.reason ?? '')
  const [tried, setTried] = useState(false)
  const [reasonError, setReasonError] = useState<string | null>(null)
  const refusal = resumed?.refusal ?? null
  const title = view.case.applicant.name
  const draft = useDraftKeeping({ draftId, caseId: view.case.id, title, block, refusal, opened, seen })

  const save = async (changes: readonly FieldChange[], isFaultless: boolean): Promise<void> => {
    setTried(true)
    if (busy || !isFaultless) return
    if (changes.length === 0) return drop()
    const fields = changes.map(({ field }) => field)
    if (reason.trim() === '' && fields.some((field) => FIELDS_WITH_CONSEQUENCES.includes(field))) {
      return setReasonError(t('formError.reasonMissing'))
    }
    const done = await run({
      caseId: view.case.id,
      intent: { name: 'case.correct', args: { changes: [...changes], reason: reason.trim() } }
    })
    if (!done) return
    draft.end()
    toast(t(isOffline() ? 'savedOffline' : 'saved'))
    onDone()
  }
  const drop = (): void => {
    draft.end()
    onDone()
  }
  // What was refused is given up by its own button alone: a slip of Esc must not take it away.
  const cancel = (): void => {
    if (refusal === null) drop()
    else {
      toast(t('refused.later'))
      onDone('later')
    }
  }
  return {
    form,
    opened,
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
    ...{ reasonError, busy, trouble, tried, save, cancel, drop, refusal },
    isResumed: resumed !== null
  }
}

interface Resumed<Form> {
  readonly draftId: string
  readonly reason: string
  readonly refusal: Refusal | null
  readonly form: Form
  readonly opened: Form
  readonly seen: FieldRevs | null
}

function readUnfinished<Form extends z.core.util.JSONType>(
  unfinished: UnfinishedCorrection | null,
  { block, schema, initial, withRefused }: CorrectionOptions<Form>
): Resumed<Form> | null {
  if (unfinished?.block !== block) return null
  const { draftId, reason, refusal, changes, seen } = unfinished
  if (changes !== null) {
    const opened = initial()
    return { draftId, reason, refusal, form: withRefused(opened, changes), opened, seen: null }
  }
  const form = schema.safeParse(unfinished.form)
  const opened = schema.safeParse(unfinished.opened)
  if (!form.success) return null
  return { draftId, reason, refusal, form: form.data, opened: opened.success ? opened.data : initial(), seen }
}
