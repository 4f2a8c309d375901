import { v7 as newUuid } from 'uuid'
import { redact } from '#shared/foundation/redacted.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { createFilePlaces } from '../../../electron/store/reports/file-places.ts'
import { createStoreService, type StoreService } from '../../../electron/store/store-service.ts'
import { auditDesk } from './desk-audit.ts'
import type { DeskStart, FromDesk, ToDesk } from './desk-messages.ts'
import type { Wiretap } from './wiretap.ts'

/** What the driver has set on this desk. */
interface Setting {
  hours: number
  isOldProtocol: boolean
  /** The newest id that the store made. */
  madeId: string | null
  takeSecret: (deviceSecret: string) => void
}

const post = (message: FromDesk): void => void process.send?.(message)

export function runDesk(tap: Wiretap): void {
  const setting: Setting = { hours: 0, isOldProtocol: false, madeId: null, takeSecret: () => undefined }
  let service: StoreService | null = null
  process.on('disconnect', () => process.exit(0))
  process.on('message', (message: ToDesk) => {
    switch (message.type) {
      case 'start':
        Object.assign(setting, { hours: message.start.hours, isOldProtocol: message.start.isOldProtocol })
        service = openService(message.start, setting, tap)
        return post({ type: 'started' })
      case 'ask':
        return void answer(service, setting, message)
      case 'audit':
        return post({ type: 'audited', id: message.id, audit: audit(tap, message.markers) })
      case 'meddle':
        tap.connection()?.exec(message.sql)
        return post({ type: 'audited', id: message.id, audit: null })
      case 'secret':
        return setting.takeSecret(message.deviceSecret)
      case 'clock':
        setting.hours = message.hours
        return
      case 'protocol':
        setting.isOldProtocol = message.isOld
        return
      case 'disk':
        return tap.setDiskFull(message.isFull)
      case 'die':
        return tap.dieAt(message.point, message.passage)
      case 'close':
        void service?.close().then(() => process.exit(0))
    }
  })
}

async function answer(
  service: StoreService | null,
  setting: Setting,
  { id, method, request }: Extract<ToDesk, { type: 'ask' }>
): Promise<void> {
  if (service === null) return
  const reply = await service.handle(method, request)
  post({ type: 'answer', id, reply: { ...reply, madeId: setting.madeId } })
}

function audit(tap: Wiretap, markers: readonly string[]) {
  const connection = tap.connection()
  return connection === null ? null : auditDesk(connection, { markers })
}

/** Cheap, so that a desk opens in no time; what it keeps out is tested elsewhere. */
const HARDNESS = { memoryKiB: 64, passes: 1, lanes: 1 } as const
const HOUR_MS = 3_600_000

function openService(start: DeskStart, setting: Setting, tap: Wiretap): StoreService {
  const { deviceSecret } = start
  return createStoreService({
    dataDir: start.dataDir,
    deviceSecret: deviceSecret === null ? null : redact(Buffer.from(deviceSecret, 'base64')),
    vault: 'os',
    requestDeviceSecret: () =>
      new Promise((settle) => {
        setting.takeSecret = (text) => settle(Buffer.from(text, 'base64'))
        post({ type: 'needs_secret' })
      }),
    hardness: HARDNESS,
    cipherProved: Promise.resolve(),
    fetch: tappedFetch(setting, tap),
    printPaper: async () => null,
    now: () => new Date(Date.now() + setting.hours * HOUR_MS).toISOString(),
    monotonicMs: () => performance.now(),
    later: (ms, work) => {
      const timer = setTimeout(work, ms)
      return () => clearTimeout(timer)
    },
    newId: () => {
      setting.madeId = newUuid()
      return setting.madeId
    },
    random: Math.random,
    gatherThread: new URL('../../../electron/store/db/gather-thread.ts', import.meta.url),
    address: () => '10.1.2.3',
    places: createFilePlaces(() => undefined),
    deviceName: start.deviceName,
    appVersion: '0.1.0',
    runtime: { electron: '', node: process.versions.node },
    serverUrl: null,
    demo: false,
    log: (fault) => post({ type: 'fault', fault })
  })
}

/** The real fetch, with two points to die at and the older protocol's number when the driver wants it. */
function tappedFetch(setting: Setting, tap: Wiretap): typeof globalThis.fetch {
  return async (input, init) => {
    tap.pass('request.leaves')
    const headers = new Headers(init?.headers)
    if (setting.isOldProtocol) headers.set(PROTOCOL_HEADER, String(PROTOCOL_VERSION - 1))
    const response = await fetch(input, { ...init, headers })
    tap.pass('answer.arrives')
    return response
  }
}
