import { store } from '../../api/store.ts'
import { useDesk } from '../../view-state/desk.ts'
import { writeBeforeLock } from '../../view-state/lock.ts'
import { dropIntake, noteDraft, useIntake } from './intake-state.ts'

/** Writes what is typed into the encrypted store, a moment after each change: no crash takes more than that moment. */

const PAUSE_MS = 300
const RETRY_MS = 5000
const TITLE_LENGTH = 60

let timer: ReturnType<typeof setTimeout> | undefined
let writing: Promise<void> = Promise.resolve()

/** Follows the form until the returned function is called. */
export function keepDraft(): () => void {
  return useIntake.subscribe((now, before) => {
    if (now.form === before.form || now.draft !== 'unsaved') return
    clearTimeout(timer)
    timer = setTimeout(() => void saveDraft(), PAUSE_MS)
  })
}

/** While the desk is locked the window remembers nothing that its draft holds. Only what could not be written stays. */
async function forgetWhenLocked(): Promise<void> {
  await saveDraft()
  const isLocked = useDesk.getState().session?.state !== 'unlocked'
  const { draft } = useIntake.getState()
  if (isLocked && (draft === 'saved' || draft === 'pristine')) dropIntake()
}

useDesk.subscribe((now, before) => {
  if (now.session?.state !== 'unlocked' && before.session?.state === 'unlocked') void forgetWhenLocked()
})

writeBeforeLock(() => saveDraft())

/** Writes at once what is not written yet. Writes follow each other, so that the newest is the one that stays. */
export function saveDraft(): Promise<void> {
  clearTimeout(timer)
  writing = writing.then(writeDraft)
  return writing
}

async function writeDraft(): Promise<void> {
  const { form, draftId, draft } = useIntake.getState()
  if (form === null || draftId === null || draft === 'saved' || draft === 'pristine') return
  const title = form.applicant.name.trim().slice(0, TITLE_LENGTH)
  const reply = await store.ask('draft.save', { id: draftId, kind: 'intake', caseId: null, title, body: form })
  const typedOn = useIntake.getState().form !== form
  if (typedOn) return
  noteDraft(reply.ok ? 'saved' : 'failed')
  const mayRetry = !reply.ok && useDesk.getState().session?.state === 'unlocked'
  if (mayRetry) timer = setTimeout(() => void saveDraft(), RETRY_MS)
}

/** Stops writing and waits for what is under way, so that nothing brings a draft back that is about to end. */
export function stopSaving(): Promise<void> {
  clearTimeout(timer)
  return writing
}
