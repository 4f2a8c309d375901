import type { SessionView } from '#shared/ipc/views.ts'
import { isAtWork, useDesk } from './desk.ts'
import { resetListView } from './list-view.ts'
import { beginAt, DEVICES, LIST } from './navigation.ts'

let last: Extract<SessionView, { state: 'unlocked' | 'administering' }> | null = null

/** Who worked here before the desk was locked: most likely who comes back. */
export const lastLogin = (): string | null => last?.account.login ?? null

/** When somebody else takes the desk, what the one before looked for and where she was is forgotten. */
export function startHandOver(): void {
  useDesk.subscribe(({ session }) => {
    if (!isAtWork(session)) return
    const isTheSame = session.account.id === last?.account.id && session.state === last.state
    if (!isTheSame) {
      resetListView()
      beginAt(session.state === 'administering' ? DEVICES : LIST)
    }
    last = session
  })
}
