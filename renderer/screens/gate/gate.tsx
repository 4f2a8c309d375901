import { lazy, Suspense } from 'react'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { SessionView } from '#shared/ipc/views.ts'
import { FirstRunScreen } from '../lock/first-run-screen.tsx'
import { LockScreen } from '../lock/lock-screen.tsx'

const RepairScreen = lazy(async () => ({ default: (await import('../repair/repair-screen.tsx')).RepairScreen }))
const ShutOutScreen = lazy(async () => ({ default: (await import('./shut-out-screen.tsx')).ShutOutScreen }))

/** What stands before the desk: first run, lock, a broken store. */
export function Gate({ session }: { session: Exclude<SessionView, { state: 'unlocked' | 'administering' }> }) {
  switch (session.state) {
    case 'first_run':
      return <FirstRunScreen session={session} />
    case 'locked':
      return <LockScreen session={session} />
    case 'shut_out':
      return (
        <Suspense fallback={null}>
          <ShutOutScreen session={session} />
        </Suspense>
      )
    case 'broken':
      return (
        <Suspense fallback={null}>
          <RepairScreen session={session} />
        </Suspense>
      )
    default:
      return assertNever(session)
  }
}
