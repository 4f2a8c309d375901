import { useEffect } from 'react'
import type { MethodName, RequestOf } from '#shared/ipc/contract.ts'
import type { OfficeFailure } from '#shared/ipc/office-methods.ts'
import { store } from '../api/store.ts'
import type { Asked, StoreGone } from '../api/store-client.ts'
import { type AskedView, useAsked } from '../api/use-asked.ts'
import { useReload } from '../centre/use-reload.ts'
import { toast } from '../design-system/toast.tsx'
import { useOfficeFailureText } from './office-failure.ts'

type OfficeMethod = Extract<MethodName, `office.${string}`>
export type OfficeListMethod = {
  [M in OfficeMethod]: Record<string, never> extends RequestOf<M> ? M : never
}[OfficeMethod]

const FRESH_MS = 10_000

/** What the centre knows of the office, asked again while the screen is looked at: what was ordered is seen to happen. */
export function useOffice<M extends OfficeListMethod>(method: M): AskedView<M> {
  const view = useAsked(method, {} as RequestOf<M>)
  const reload = useReload(view)
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') reload.current()
    }, FRESH_MS)
    return () => clearInterval(timer)
  }, [reload])
  return view
}

/** Has something done at the centre; says that it was, or why it was not. */
export function useOfficeAct(): <M extends OfficeMethod>(
  method: M,
  request: RequestOf<M>,
  doneWords?: string
) => Promise<Asked<M>> {
  const failureText = useOfficeFailureText()
  return async (method, request, doneWords) => {
    const reply = await store.ask(method, request)
    if (reply.ok) {
      if (doneWords) toast(doneWords)
    } else toast(failureText(reply.error as OfficeFailure | StoreGone), 'bad')
    return reply
  }
}
