import type { Account } from '#shared/domain/account/account.ts'
import { useDesk } from './desk.ts'
import { resetListView } from './list-view.ts'
import { useNavigation } from './navigation.ts'

let last: Account | null = null

/** Who worked here before the desk was locked: most likely who comes back. */
export const lastLogin = (): string | null => last?.login ?? null

/** When somebody else takes the desk, what the one before looked for and where she was is forgotten. */
export function startHandOver(): void {
  useDesk.subscribe(({ session }) => {
    if (session?.state !== 'unlocked' || session.account.id === last?.id) return
    if (last !== null) {
      resetListView()
      useNavigation.setState(useNavigation.getInitialState(), true)
    }
    last = session.account
  })
}
