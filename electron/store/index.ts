import { networkInterfaces } from 'node:os'
import { v7 as newUuid } from 'uuid'
import { redact } from '#shared/foundation/redacted.ts'
import type { FromStore, StoreStart, ToStore } from '#shared/ipc/process-messages.ts'
import type { Paper } from '#shared/papers/paper.ts'
import { findCipherFaults } from './keys/cipher-selftest.ts'
import type { Fault } from './port/fault-log.ts'
import { endOnUncaught } from './port/last-words.ts'
import { createPortHub, type PortHub, type WindowPort } from './port/port-hub.ts'
import { createFilePlaces } from './reports/file-places.ts'
import { createStoreService, type StoreService } from './store-service.ts'

/** The store process: takes its start from main and a port from each window. Nothing is decided here. */

const { parentPort } = process
const post = (message: FromStore): void => parentPort.postMessage(message)
let running: { service: StoreService; hub: PortHub } | null = null
let giveSecret: ((secret: Uint8Array | null) => void) | null = null
const places = createFilePlaces((placeId) => post({ type: 'placeDone', placeId }))
const early: Electron.MessagePortMain[] = []

endOnUncaught({ newId: () => newUuid(), log: writeFault })

parentPort.on('message', ({ data, ports }: { data: ToStore; ports: Electron.MessagePortMain[] }) => {
  switch (data.type) {
    case 'start':
      start(data)
      break
    case 'client':
      for (const port of ports) connect(port)
      break
    case 'deviceSecret':
      giveSecret?.(data.secret)
      break
    case 'printed':
      printing.get(data.id)?.(data.pdf)
      printing.delete(data.id)
      break
    case 'place':
      places.arrived(data.placeId, data)
      break
    case 'close':
      void close()
      break
  }
})

function start(options: StoreStart): void {
  const cipherProved = proveCipher()
  cipherProved.catch(() => undefined) // it has said so; whoever signs in meets it again
  const service = createStoreService({
    ...options,
    deviceSecret: options.deviceSecret === null ? null : redact(options.deviceSecret),
    requestDeviceSecret,
    cipherProved,
    fetch: globalThis.fetch,
    printPaper,
    now: () => new Date().toISOString(),
    monotonicMs: () => performance.now(),
    later,
    newId: () => newUuid(),
    random: Math.random,
    gatherThread: new URL('./gather-thread.js', import.meta.url), // of electron.vite.config.ts, beside this process
    address,
    places,
    runtime: { electron: process.versions.electron ?? '', node: process.versions.node },
    log: writeFault
  })
  const hub = createPortHub(service.handle)
  service.onEvent(hub.announce)
  running = { service, hub }
  for (const port of early.splice(0)) connect(port)
  post({ type: 'started' })
}

/** Runs beside the first screen. A person who is faster waits for it; a runtime that fails it opens nothing. */
async function proveCipher(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve))
  const faults = await findCipherFaults()
  if (faults.length === 0) return
  process.stderr.write(`${JSON.stringify({ level: 'error', process: 'store', cipherFaults: faults })}\n`)
  throw new Error('this runtime computes wrongly')
}

function connect(port: Electron.MessagePortMain): void {
  if (running === null) early.push(port)
  else running.hub.add(windowPort(port))
}

function windowPort(port: Electron.MessagePortMain): WindowPort {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (receive) => {
      port.on('message', ({ data }) => receive(data))
      port.start()
    },
    onClose: (closed) => port.on('close', closed)
  }
}

async function close(): Promise<void> {
  await running?.service.close()
  process.exit(0)
}

const requestDeviceSecret = (): Promise<Uint8Array | null> =>
  new Promise((resolve) => {
    giveSecret = resolve
    post({ type: 'needDeviceSecret' })
  })

/** By ids of their own: a store that was started again must not take the paper of the one before for its. */
const printing = new Map<string, (pdf: Uint8Array | null) => void>()

const printPaper = (paper: Paper): Promise<Uint8Array | null> =>
  new Promise((resolve) => {
    const id = newUuid()
    printing.set(id, resolve)
    post({ type: 'printPaper', id, paper })
  })

function later(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}

/** The first address by which the office network can know this PC. */
function address(): string {
  const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])
  return all.find(({ internal, family }) => !internal && family === 'IPv4')?.address ?? '-'
}

function writeFault(fault: Fault): void {
  process.stderr.write(`${JSON.stringify({ level: 'error', process: 'store', ...fault })}\n`)
}
