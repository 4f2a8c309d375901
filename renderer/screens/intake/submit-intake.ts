import type { FailureOf } from '#shared/ipc/contract.ts'
import { store } from '../../api/store.ts'
import type { StoreGone } from '../../api/store-client.ts'
import { saveDraft, stopSaving } from './draft-keeper.ts'
import { formToArgs } from './intake-args.ts'
import { checkEverything, showRegistered, useIntake } from './intake-state.ts'

export type SubmitFailure =
  | FailureOf<'command.run'>
  | StoreGone
  | { type: 'HasIssues' }
  | { type: 'FormUnreadable'; where: string[] }

let underWay: Promise<SubmitFailure | null> | null = null

/**
 * 접수: checks everything, then hands the form to the store. What was typed stays until the store has it. A key held down
 * or a second press waits for the first: no case is taken in twice.
 */
export function submitIntake(): Promise<SubmitFailure | null> {
  underWay ??= submit().finally(() => {
    underWay = null
  })
  return underWay
}

async function submit(): Promise<SubmitFailure | null> {
  checkEverything()
  const { form, issues, asked, contacts, draftId } = useIntake.getState()
  if (form === null || asked === null || issues.size > 0) return { type: 'HasIssues' }
  const args = formToArgs({ asked, contacts }, form)
  if (!args.ok) return args.error
  await stopSaving()
  const intent = { name: 'case.register', args: args.value } as const
  const reply = await store.ask('command.run', { caseId: null, base: {}, intent, draftId })
  if (!reply.ok) {
    void saveDraft()
    return reply.error
  }
  showRegistered({ ...reply.value, applicantName: form.applicant.name.trim(), service: form.service })
  return null
}
