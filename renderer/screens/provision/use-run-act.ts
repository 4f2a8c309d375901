import type { ProvisionAct } from '#shared/commands/provision/provision-act.ts'
import { store } from '../../api/store.ts'
import { toast } from '../../design-system/toast.tsx'
import { useProvisionFailureText } from './provision-failure.ts'

/** Does something to a run and says so; null when done, else why not. */
export function useRunAct(runId: string): (act: ProvisionAct, done: string) => Promise<string | null> {
  const failureText = useProvisionFailureText()
  return async (act, done) => {
    const reply = await store.ask('provision.act', { runId, act })
    if (!reply.ok) return failureText(reply.error)
    toast(done)
    return null
  }
}
