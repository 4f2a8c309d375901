import { assertNever } from '#shared/foundation/assert-never.ts'
import type { SessionView } from '#shared/ipc/views.ts'
import { FirstRunScreen } from '../lock/first-run-screen.tsx'
import { LockScreen } from '../lock/lock-screen.tsx'
import { RepairScreen } from '../repair/repair-screen.tsx'

/** What stands before the desk: first run, lock, a broken store. */
export function Gate({ session }: { session: Exclude<SessionView, { state: 'unlocked' }> }) {
  switch (session.state) {
    case 'first_run':
      return <FirstRunScreen />
    case 'locked':
      return <LockScreen session={session} />
    case 'broken':
      return <RepairScreen session={session} />
    default:
      return assertNever(session)
  }
}
