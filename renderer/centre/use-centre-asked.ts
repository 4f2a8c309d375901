import { useEffect, useRef } from 'react'
import type { RequestOf } from '#shared/ipc/contract.ts'
import { type AskedView, useAsked } from '../api/use-asked.ts'
import { useDesk } from '../view-state/desk.ts'
import { useReload } from './use-reload.ts'

/** Questions of an ordinary desk that go to the centre at once. */
export type CentreMethod =
  | 'quarantine.list'
  | 'handedOver.list'
  | 'accessLog.lines'
  | 'accessLog.pcs'
  | 'accessLog.reviews'
  | 'retention.overview'
  | 'destruction.copies'
  | 'report.list'

interface Renewal {
  /** Asks again this often, for what others make happen while somebody looks on. */
  readonly everyMs?: number
}

/** What the centre has; asked again by F5, and when the line is back. A request that is null asks nothing. */
export function useCentreAsked<M extends CentreMethod>(
  method: M,
  request: RequestOf<M> | null,
  { everyMs }: Renewal = {}
): AskedView<M> {
  const view = useAsked(method, request)
  const isOffline = useDesk(({ sync }) => sync?.state === 'offline')
  const reload = useReload(view)
  const wasOffline = useRef(isOffline)
  useEffect(() => {
    if (wasOffline.current && !isOffline) reload.current()
    wasOffline.current = isOffline
  }, [isOffline, reload])
  useEffect(() => {
    if (everyMs === undefined || isOffline) return
    const timer = setInterval(() => reload.current(), everyMs)
    return () => clearInterval(timer)
  }, [everyMs, isOffline, reload])
  return view
}
