import { refusedIntakeSchema } from '#shared/ipc/refused-draft.ts'
import { store } from '../../api/store.ts'
import { argsToForm } from './args-to-form.ts'
import { saveDraft, stopSaving } from './draft-keeper.ts'
import { type IntakeForm, intakeFormSchema } from './intake-form.ts'
import { beginIntake, dropIntake, type IntakeContext, judgeAgain, resumeIntake, useIntake } from './intake-state.ts'

/** null: opened. Otherwise why the wished draft could not be. */
export type OpenFailure = 'draftGone' | 'draftUnreadable' | null

/**
 * Opens the form: the wished draft, else the one in hand, else, when the window has just started, the newest draft, as
 * after a crash. An empty form when there is none.
 */
export async function openIntake(context: IntakeContext, wished: string | null): Promise<OpenFailure> {
  const isOther = useIntake.getState().context?.accountId !== context.accountId
  if (isOther) useIntake.setState({ ...useIntake.getInitialState() })
  const { form, draftId, context: before } = useIntake.getState()
  if (form !== null && (wished === null || wished === draftId)) {
    judgeAgain(context)
    void saveDraft()
    return null
  }
  await saveDraft()
  const wanted = wished ?? draftId ?? (before === null ? await newestDraftId() : null)
  if (wanted === null) {
    beginIntake(context)
    return null
  }
  const failure = await loadDraft(context, wanted)
  if (failure !== null) beginIntake(context)
  return wished === null && failure === 'draftGone' ? null : failure
}

async function newestDraftId(): Promise<string | null> {
  const drafts = await store.ask('draft.list', {})
  if (!drafts.ok) return null
  const intakes = drafts.value.filter(({ kind }) => kind === 'intake')
  return intakes.toSorted((one, other) => (one.updatedAt < other.updatedAt ? 1 : -1))[0]?.id ?? null
}

async function loadDraft(context: IntakeContext, id: string): Promise<OpenFailure> {
  const [draft, drafts] = await Promise.all([store.ask('draft.load', { id }), store.ask('draft.list', {})])
  if (!draft.ok || draft.value === null) return 'draftGone'
  const form = readBody(draft.value.body)
  if (form === null) return 'draftUnreadable'
  const known = drafts.ok ? drafts.value.find((summary) => summary.id === id) : undefined
  resumeIntake(context, { id, form, updatedAt: known?.updatedAt ?? new Date().toISOString() })
  return null
}

/** A draft that was typed, or an intake that was handed in and refused. */
function readBody(body: unknown): IntakeForm | null {
  const refused = refusedIntakeSchema.safeParse(body)
  if (refused.success && refused.data.args !== undefined) return argsToForm(refused.data.args, refused.data.refusal)
  return intakeFormSchema.safeParse(body).data ?? null
}

/** Gives the intake in hand up, for good. */
export async function discardIntake(context: IntakeContext): Promise<boolean> {
  const { draftId } = useIntake.getState()
  dropIntake()
  await stopSaving()
  const reply = draftId === null ? null : await store.ask('draft.discard', { id: draftId })
  beginIntake(context)
  return reply === null || reply.ok
}

/** Puts the intake in hand aside, as a draft, and begins another. */
export async function putAside(context: IntakeContext): Promise<void> {
  await saveDraft()
  beginIntake(context)
}
