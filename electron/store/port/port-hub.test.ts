import { MessageChannel, type MessagePort } from 'node:worker_threads'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import type { StoreEvent } from '#shared/ipc/contract.ts'
import { createPortHub, type PortHub, type WindowPort } from './port-hub.ts'

let hub: PortHub
let windows: MessagePort[] = []
const answered: Array<() => void> = []

beforeEach(() => {
  hub = createPortHub(async (method, request) => {
    if (method === 'slow') await new Promise<void>((resolve) => answered.push(resolve))
    return ok({ method, request })
  })
})
afterEach(() => {
  for (const window of windows) window.close()
  windows = []
})

function openWindow(): { port: MessagePort; next: () => Promise<unknown> } {
  const { port1, port2 } = new MessageChannel()
  const port: WindowPort = {
    post: (message) => port1.postMessage(message),
    onMessage: (receive) => port1.on('message', receive),
    onClose: (closed) => port1.on('close', closed)
  }
  hub.add(port)
  windows.push(port2)
  const arrived: unknown[] = []
  const waiting: Array<(message: unknown) => void> = []
  port2.on('message', (message) => {
    const take = waiting.shift()
    if (take === undefined) arrived.push(message)
    else take(message)
  })
  const next = (): Promise<unknown> =>
    arrived.length > 0 ? Promise.resolve(arrived.shift()) : new Promise((resolve) => waiting.push(resolve))
  return { port: port2, next }
}

test('each request gets the reply with its own number, in whatever order they are done', async () => {
  const { port, next } = openWindow()
  port.postMessage({ id: 1, method: 'slow', request: {} })
  port.postMessage({ id: 2, method: 'quick', request: { a: 1 } })
  expect(await next()).toEqual({ id: 2, reply: ok({ method: 'quick', request: { a: 1 } }) })
  for (const done of answered.splice(0)) done()
  expect(await next()).toMatchObject({ id: 1 })
})

test('a message that is not a request is answered when it has a number', async () => {
  const { port, next } = openWindow()
  for (const data of ['text', null, {}, { id: 'x' }, { id: 9, method: 7 }]) port.postMessage(data)
  expect(await next()).toEqual({ id: 9, reply: { ok: false, error: { type: 'RequestUnreadable', where: [] } } })
})

test('an event reaches every open window, and a closed one is forgotten', async () => {
  const [first, second] = [openWindow(), openWindow()]
  const event: StoreEvent = { event: 'idleWarning', locksAt: '2026-11-23T00:10:00.000Z' }
  hub.announce(event)
  expect([await first.next(), await second.next()]).toEqual([event, event])
  const closed = new Promise((resolve) => first.port.once('close', resolve))
  first.port.close()
  await closed
  hub.announce(event)
  expect(await second.next()).toEqual(event)
})
