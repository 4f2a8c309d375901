import { lazy, Suspense } from 'react'
import { Toasts } from '../design-system/toast.tsx'
import { SessionWatch } from '../screens/lock/session-watch.tsx'
import { useDesk } from '../view-state/desk.ts'
import { Shell } from './shell.tsx'

const Gate = lazy(async () => ({ default: (await import('../screens/gate/gate.tsx')).Gate }))

/** The window: the gate until the desk is unlocked, then the work. */
export function App() {
  const session = useDesk((desk) => desk.session)
  if (session === null) return null
  return (
    <>
      {session.state === 'unlocked' ? (
        <>
          <Shell />
          <SessionWatch />
        </>
      ) : (
        <Suspense fallback={null}>
          <Gate session={session} />
        </Suspense>
      )}
      <Toasts />
    </>
  )
}
