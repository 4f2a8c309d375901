import { expect, test } from 'vitest'
import { err, ok } from '#shared/foundation/result.ts'
import type { PortRequest, StoreEvent } from '#shared/ipc/contract.ts'
import { createStoreClient } from './store-client.ts'

const ORIGIN = 'app://desk'

function createDoor() {
  const window = new EventTarget()
  const stores: MessagePort[] = []
  let asked = 0
  const client = createStoreClient({
    connectStore: () => {
      asked += 1
    },
    messages: Object.assign(window, { location: { origin: ORIGIN } }) as unknown as Window
  })
  const open = (origin = ORIGIN): MessagePort => {
    const { port1, port2 } = new MessageChannel()
    stores.push(port1)
    const event = new Event('message')
    window.dispatchEvent(Object.assign(event, { origin, data: { type: 'store-port' }, ports: [port2] }))
    return port1
  }
  return { client, open, asked: () => asked, close: () => stores.map((store) => store.close()) }
}

const nextMessage = (port: MessagePort): Promise<PortRequest> =>
  new Promise((resolve) => {
    port.onmessage = ({ data }) => resolve(data)
  })

test('a question asked before the store is there is answered once it is', async () => {
  const { client, open, close } = createDoor()
  const answer = client.ask('sync.now', {})
  const store = open()
  const request = await nextMessage(store)
  expect(request).toEqual({ id: 1, method: 'sync.now', request: {} })
  store.postMessage({ id: 1, reply: ok({ state: 'current' }) })
  expect(await answer).toEqual(ok({ state: 'current' }))
  close()
})

test('each answer finds its own question, whatever the order', async () => {
  const { client, open, close } = createDoor()
  const store = open()
  const first = client.ask('settings.get', {})
  const second = client.ask('app.info', {})
  store.postMessage({ id: 2, reply: ok('second') })
  store.postMessage({ id: 1, reply: err({ type: 'UnknownMethod' }) })
  expect(await Promise.all([first, second])).toEqual([err({ type: 'UnknownMethod' }), ok('second')])
  close()
})

test('a store that ends leaves no question without an answer, and is asked for again', async () => {
  const { client, open, asked, close } = createDoor()
  const store = open()
  const answer = client.ask('settings.get', {})
  await nextMessage(store)
  expect(asked()).toBe(1)
  store.close()
  expect(await answer).toEqual(err({ type: 'StoreGone' }))
  expect(asked()).toBe(2)
  const again = client.ask('settings.get', {})
  const next = open()
  const { id } = await nextMessage(next)
  next.postMessage({ id, reply: ok('back') })
  expect(await again).toEqual(ok('back'))
  close()
})

test('what the store tells unasked reaches the listeners until they leave', async () => {
  const { client, open, close } = createDoor()
  const heard: StoreEvent[] = []
  const leave = client.onEvent((event) => heard.push(event))
  const store = open()
  store.postMessage({ event: 'casesChanged', caseIds: null })
  await new Promise((resolve) => setTimeout(resolve, 20))
  leave()
  store.postMessage({ event: 'casesChanged', caseIds: [] })
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(heard).toEqual([{ event: 'casesChanged', caseIds: null }])
  close()
})

test('a port from another origin is refused', async () => {
  const { client, open, close } = createDoor()
  const stranger = open('https://elsewhere.example')
  let reached = false
  stranger.onmessage = () => {
    reached = true
  }
  void client.ask('settings.get', {})
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(reached).toBe(false)
  close()
})
