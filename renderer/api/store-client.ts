import { err, type Result } from '#shared/foundation/result.ts'
import type {
  FailureOf,
  MethodName,
  PortMessage,
  PortRequest,
  ReplyOf,
  RequestOf,
  StoreEvent,
  ValueOf
} from '#shared/ipc/contract.ts'

/** The store's process ended before it answered. It is started again by itself. */
export type StoreGone = { type: 'StoreGone' }

export type AskFailure<M extends MethodName> = FailureOf<M> | StoreGone
export type Asked<M extends MethodName> = Result<ValueOf<M>, AskFailure<M>>

export interface StoreClient {
  /** Asks the store. Never rejects: what goes wrong is in the result. */
  ask<M extends MethodName>(method: M, request: RequestOf<M>): Promise<Asked<M>>
  /** Listens to what the store tells unasked, until the returned function is called. */
  onEvent(listener: (event: StoreEvent) => void): () => void
  /** Called when a new store has taken the place of one that ended. */
  onReconnected(listener: () => void): () => void
}

export interface StoreClientDeps {
  /** Asks for a port; it arrives as a window message. */
  readonly connectStore: () => void
  /** Where that message arrives. */
  readonly messages: Pick<Window, 'addEventListener' | 'location'>
}

type Settle = (reply: Result<unknown, { type: string }>) => void

/** A client that listens for the port first and asks for it then, so that none can be missed. */
export function createStoreClient({ connectStore, messages }: StoreClientDeps): StoreClient {
  const listeners = new Set<(event: StoreEvent) => void>()
  const reconnected = new Set<() => void>()
  const pending = new Map<number, Settle>()
  const unsent: PortRequest[] = []
  let port: MessagePort | null = null
  let hadPort = false
  let lastId = 0

  const onMessage = ({ data }: MessageEvent<PortMessage>): void => {
    if ('event' in data) {
      for (const listener of listeners) listener(data)
      return
    }
    const settle = pending.get(data.id)
    pending.delete(data.id)
    settle?.(data.reply)
  }

  const onGone = (gone: MessagePort): void => {
    if (port !== gone) return
    port = null
    const waiting = [...pending.values()]
    pending.clear()
    for (const settle of waiting) settle(err({ type: 'StoreGone' }))
    connectStore()
  }

  const takePort = (next: MessagePort): void => {
    const isAnother = hadPort
    hadPort = true
    port = next
    next.onmessage = onMessage
    next.addEventListener('close', () => onGone(next))
    for (const request of unsent.splice(0)) next.postMessage(request)
    if (isAnother) for (const listener of reconnected) listener()
  }

  messages.addEventListener('message', (event) => {
    const [next] = event.ports
    if (event.origin === messages.location.origin && event.data?.type === 'store-port' && next) takePort(next)
  })
  connectStore()

  return {
    ask: <M extends MethodName>(method: M, request: RequestOf<M>) =>
      new Promise<Asked<M>>((resolve) => {
        const id = ++lastId
        pending.set(id, (reply) => resolve(reply as ReplyOf<M> as Asked<M>))
        const message: PortRequest = { id, method, request }
        if (port) port.postMessage(message)
        else unsent.push(message)
      }),
    onEvent: (listener) => addTo(listeners, listener),
    onReconnected: (listener) => addTo(reconnected, listener)
  }
}

function addTo<L>(listeners: Set<L>, listener: L): () => void {
  listeners.add(listener)
  return () => void listeners.delete(listener)
}
