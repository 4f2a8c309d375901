import { Toasts } from '../design-system/toast.tsx'
import { Gate } from '../screens/gate/gate.tsx'
import { SessionWatch } from '../screens/lock/session-watch.tsx'
import { isAtWork, useDesk } from '../view-state/desk.ts'
import { Shell } from './shell.tsx'

/** The window: the gate until the desk is unlocked, then the work. Every start meets both, so neither is fetched later. */
export function App() {
  const session = useDesk((desk) => desk.session)
  if (session === null) return null
  return (
    <>
      {isAtWork(session) ? (
        <>
          <Shell />
          <SessionWatch />
        </>
      ) : (
        <Gate session={session} />
      )}
      <Toasts />
    </>
  )
}
