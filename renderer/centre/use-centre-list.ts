import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { RequestOf } from '#shared/ipc/contract.ts'
import { type AskedView, useAsked } from '../api/use-asked.ts'
import { useDesk } from '../view-state/desk.ts'
import { useKeys } from '../view-state/keymap.ts'

export type CentreList = 'quarantine.list' | 'handedOver.list'

/** What the centre has; asked again by F5, and when the line is back. */
export function useCentreList<M extends CentreList>(method: M): AskedView<M> {
  const { t } = useTranslation('quarantine')
  const view = useAsked(method, {} as RequestOf<M>)
  const isOffline = useDesk(({ sync }) => sync?.state === 'offline')
  const reload = useRef(view.reload)
  reload.current = view.reload
  const wasOffline = useRef(isOffline)
  useEffect(() => {
    if (wasOffline.current && !isOffline) reload.current()
    wasOffline.current = isOffline
  }, [isOffline])
  useKeys('here', [{ keys: 'F5', label: t('keys.reload'), run: () => reload.current(), hint: true }])
  return view
}
