import { create } from 'zustand'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { Settings, StoreEvent } from '#shared/ipc/contract.ts'
import type { SessionView, SyncStatus } from '#shared/ipc/views.ts'
import { store } from '../api/store.ts'
import { clearToast } from '../design-system/toast.tsx'
import { showLocale } from '../i18n/i18n.ts'

interface Desk {
  /** null until the store has told. */
  readonly session: SessionView | null
  readonly settings: Settings | null
  readonly sync: SyncStatus | null
  /** The instant at which the desk locks itself, once the warning is due; null otherwise. */
  readonly locksAt: string | null
  /** The names of the district's officials by account id. */
  readonly staff: Readonly<Record<string, string>>
}

/** What the whole window needs to know of the store: who works here, how the line to the centre is, how it shall look. */
export const useDesk = create<Desk>(() => ({ session: null, settings: null, sync: null, locksAt: null, staff: {} }))

/** Whether somebody works at the desk: a caseworker with her store, or an administrator with none. */
export const isAtWork = (
  session: SessionView | null
): session is Extract<SessionView, { state: 'unlocked' | 'administering' }> =>
  session?.state === 'unlocked' || session?.state === 'administering'

export function showSession(session: SessionView): void {
  if (isAtWork(useDesk.getState().session) && !isAtWork(session)) clearToast()
  useDesk.setState({
    session,
    ...(session.state !== 'unlocked' && { sync: null, staff: {} }),
    ...(!isAtWork(session) && { locksAt: null })
  })
  if (session.state !== 'unlocked') return
  void readSync()
  void readStaff()
}

export function showSettings(settings: Settings): void {
  useDesk.setState({ settings })
  document.documentElement.setAttribute('data-contrast', settings.contrast)
  void showLocale(settings.locale)
}

/** Follows the store from now on, and again after it was restarted. */
export function startDesk(): void {
  store.onEvent(onStoreEvent)
  store.onReconnected(() => void readDesk())
  void readDesk()
}

async function readDesk(): Promise<void> {
  const [settings, session] = await Promise.all([store.ask('settings.get', {}), store.ask('session.current', {})])
  if (settings.ok) showSettings(settings.value)
  if (session.ok) showSession(session.value)
}

async function readSync(): Promise<void> {
  const status = await store.ask('sync.status', {})
  if (status.ok) useDesk.setState({ sync: status.value })
}

async function readStaff(): Promise<void> {
  const names = await store.ask('staff.names', {})
  if (names.ok) useDesk.setState({ staff: names.value })
}

function onStoreEvent(event: StoreEvent): void {
  switch (event.event) {
    case 'sessionChanged':
      showSession(event.session)
      break
    case 'syncChanged':
      useDesk.setState({ sync: event.status })
      break
    case 'idleWarning':
      useDesk.setState({ locksAt: event.locksAt })
      break
    case 'staffChanged':
      void readStaff()
      break
    case 'casesChanged':
    case 'batchesChanged':
    case 'provisionsChanged':
      break // the screens that show them listen for themselves
    default:
      assertNever(event)
  }
}

/** The signed-in account. Only for what is shown while somebody works here. */
export const useAccount = () => useDesk(({ session }) => (isAtWork(session) ? session.account : null))

/** Whether it is an administrator who works here. */
export const useAdministers = () => useDesk(({ session }) => session?.state === 'administering')

/** Whether the line to the centre is down, as last heard. */
export const isOffline = (): boolean => useDesk.getState().sync?.state === 'offline'
