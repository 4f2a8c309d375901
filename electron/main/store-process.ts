import { join } from 'node:path'
import { type MessagePortMain, utilityProcess } from 'electron'
import type { FromStore, StoreStart, ToStore } from '#shared/ipc/process-messages.ts'
import type { Paper } from '#shared/papers/paper.ts'
import type { DeviceVault } from './device-vault.ts'
import { markStart } from './start-marks.ts'

export interface StoreProcess {
  post(message: ToStore): void
  /** Gives the store its end of a channel to a window. */
  connect(port: MessagePortMain): void
  /** Settles once the store has closed its file and ended. */
  close(): Promise<void>
  closed(): boolean
}

type StoreOptions = Omit<StoreStart, 'type' | 'deviceSecret' | 'vault' | 'nativeBinding'> & {
  printPaper: (paper: Paper) => Promise<Uint8Array | null>
  vault: DeviceVault
  nativeBinding: string | undefined
  onRestart: () => void
  /** A file that the store wrote is at its place, or nothing of it is left. */
  onPlaceDone: (placeId: string) => void
}

const RESTARTS_ALLOWED = 5

/** In MiB: V8 would let a download's short-lived records grow it to a hundred before it clears them away. */
const SMALL_YOUNG_GENERATION = '--max-semi-space-size=1'

/** A store that does not close by then is ended: what was saved outlives that as it does a power cut. */
const CLOSES_WITHIN_MS = 10_000

/** Runs the store in a process of its own. A store that dies is started again: what was committed is in its file. */
export function startStoreProcess({
  vault,
  onRestart,
  onPlaceDone,
  nativeBinding,
  printPaper,
  ...options
}: StoreOptions): StoreProcess {
  let state: 'running' | 'closing' | 'closed' = 'running'
  let restarts = 0
  let child = fork()

  function fork(): Electron.UtilityProcess {
    const started = utilityProcess.fork(join(import.meta.dirname, 'store.js'), [], {
      serviceName: 'store',
      stdio: 'inherit',
      execArgv: [SMALL_YOUNG_GENERATION]
    })
    const post = (message: ToStore) => started.postMessage(message)
    started.on('message', (message: FromStore) => {
      if (message.type === 'started') markStart('store-started')
      if (message.type === 'needDeviceSecret') post({ type: 'deviceSecret', secret: vault.renew() })
      if (message.type === 'printPaper') {
        const { id, paper } = message
        void printPaper(paper).then((pdf) => post({ type: 'printed', id, pdf }))
      }
      if (message.type === 'placeDone') onPlaceDone(message.placeId)
    })
    started.once('exit', (code) => onExit(code))
    const opening = { deviceSecret: vault.present(), vault: vault.kind, ...(nativeBinding ? { nativeBinding } : {}) }
    post({ type: 'start', ...options, ...opening })
    return started
  }

  function onExit(code: number): void {
    if (state !== 'running') {
      state = 'closed'
      return
    }
    process.stderr.write(`the store process ended with code ${code}\n`)
    restarts += 1
    if (restarts > RESTARTS_ALLOWED) throw new Error('the store process keeps ending')
    child = fork()
    onRestart()
  }

  return {
    post: (message) => child.postMessage(message),
    connect: (port) => child.postMessage({ type: 'client' } satisfies ToStore, [port]),
    close: () =>
      new Promise((resolve) => {
        if (state === 'closed') return resolve()
        state = 'closing'
        const endIt = setTimeout(() => child.kill(), CLOSES_WITHIN_MS)
        child.once('exit', () => {
          clearTimeout(endIt)
          state = 'closed'
          resolve()
        })
        child.postMessage({ type: 'close' } satisfies ToStore)
      }),
    closed: () => state === 'closed'
  }
}
