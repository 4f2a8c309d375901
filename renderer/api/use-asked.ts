import { useCallback, useEffect, useRef, useState } from 'react'
import type { MethodName, RequestOf, StoreEvent, ValueOf } from '#shared/ipc/contract.ts'
import { paced } from './paced.ts'
import { store } from './store.ts'
import type { AskFailure } from './store-client.ts'

/** What a screen shows of an answer: the newest value that arrived, and why a newer one did not. */
export interface AskedView<M extends MethodName> {
  /** undefined until the first answer. Kept while a newer question is on its way, so that nothing flickers. */
  readonly value: ValueOf<M> | undefined
  readonly failure: AskFailure<M> | null
  readonly reload: () => void
}

/** A download of many cases tells of each part of it. */
export const NEWS_PAUSE_MS = 200

const NOT_ASKED = { value: undefined, failure: null }

interface AskedOptions {
  /** Asks again when the store says that something changed. */
  readonly again?: (event: StoreEvent) => boolean
}

/**
 * Asks whenever the request changes; null asks nothing and shows nothing. An answer that arrives after a newer question was asked is
 * dropped. Answers of another method or subject are not carried over: give the component a `key` for that.
 */
export function useAsked<M extends MethodName>(
  method: M,
  request: RequestOf<M> | null,
  { again }: AskedOptions = {}
): AskedView<M> {
  const [view, setView] = useState<Omit<AskedView<M>, 'reload'>>(NOT_ASKED)
  const newest = useRef(0)
  const asksAgain = useRef(again)
  asksAgain.current = again
  const requestText = JSON.stringify(request)

  const ask = useCallback(async () => {
    const turn = ++newest.current
    const asked: RequestOf<M> | null = JSON.parse(requestText)
    if (asked === null) return setView(NOT_ASKED)
    const reply = await store.ask(method, asked)
    if (turn !== newest.current) return
    setView((before) =>
      reply.ok ? { value: reply.value, failure: null } : { value: before.value, failure: reply.error }
    )
  }, [method, requestText])

  useEffect(() => {
    void ask()
    return () => {
      newest.current += 1
    }
  }, [ask])

  useEffect(() => {
    const news = paced(() => void ask(), NEWS_PAUSE_MS)
    const stopEvents = store.onEvent((event) => {
      if (asksAgain.current?.(event)) news.run()
    })
    const stopReconnected = store.onReconnected(() => void ask())
    return () => {
      news.stop()
      stopEvents()
      stopReconnected()
    }
  }, [ask])

  return { ...view, reload: () => void ask() }
}

/** Whether an event may concern this case. */
export const touchesCase =
  (caseId: string) =>
  (event: StoreEvent): boolean =>
    event.event === 'casesChanged' && (event.caseIds === null || event.caseIds.includes(caseId))

export const touchesBatches = ({ event }: StoreEvent): boolean => event === 'batchesChanged'

export const touchesProvisions = ({ event }: StoreEvent): boolean => event === 'provisionsChanged'

export const touchesAnyCase = (event: StoreEvent): boolean => event.event === 'casesChanged'
