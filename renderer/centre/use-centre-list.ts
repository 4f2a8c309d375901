import { useEffect, useRef } from 'react'
import type { RequestOf } from '#shared/ipc/contract.ts'
import { type AskedView, useAsked } from '../api/use-asked.ts'
import { useDesk } from '../view-state/desk.ts'
import { useReload } from './use-reload.ts'

export type CentreList = 'quarantine.list' | 'handedOver.list'

/** What the centre has; asked again by F5, and when the line is back. */
export function useCentreList<M extends CentreList>(method: M): AskedView<M> {
  const view = useAsked(method, {} as RequestOf<M>)
  const isOffline = useDesk(({ sync }) => sync?.state === 'offline')
  const reload = useReload(view)
  const wasOffline = useRef(isOffline)
  useEffect(() => {
    if (wasOffline.current && !isOffline) reload.current()
    wasOffline.current = isOffline
  }, [isOffline, reload])
  return view
}
