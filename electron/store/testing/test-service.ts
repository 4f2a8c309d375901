import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newUuid } from 'uuid'
import { redact } from '#shared/foundation/redacted.ts'
import type { MethodName, RequestOf, StoreEvent, ValueOf } from '#shared/ipc/contract.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import type { Fault } from '../port/fault-log.ts'
import { createFilePlaces } from '../reports/file-places.ts'
import { createStoreService, type StoreService } from '../store-service.ts'
import { printTestPaper } from './test-printer.ts'
import { gatherThread } from './test-store.ts'

export interface TestServiceOptions {
  readonly fetch?: typeof globalThis.fetch
  readonly now?: () => string
  readonly cipherProved?: Promise<void>
}

/** The whole store process of one PC, on real files, asked as a window asks it. */
export class TestService {
  readonly #root = mkdtempSync(join(tmpdir(), 'mnk-service-'))
  readonly dataDir = join(this.#root, 'data')
  /** null: the OS vault has lost it. */
  deviceSecret: Uint8Array | null = nodeCipher.randomBytes(32)
  /** Where a person at this PC chose to have files. */
  readonly places = createFilePlaces(() => undefined)
  readonly events: StoreEvent[] = []
  readonly faults: Fault[] = []
  readonly #options: TestServiceOptions
  #service: StoreService

  constructor(options: TestServiceOptions = {}) {
    this.#options = options
    this.#service = this.#create()
  }

  ask<M extends MethodName>(method: M, request: RequestOf<M>): ReturnType<StoreService['handle']> {
    return this.#service.handle(method, request)
  }

  /** The answer's value; a refusal fails the test. */
  async get<M extends MethodName>(method: M, request: RequestOf<M>): Promise<ValueOf<M>> {
    const answer = await this.ask(method, request)
    if (!answer.ok) throw new Error(`${method} was refused: ${answer.error.type}`)
    return answer.value as ValueOf<M>
  }

  /** Ends the program; its files stay. */
  end(): Promise<void> {
    return this.#service.close()
  }

  startAgain(): void {
    this.#service = this.#create()
  }

  async restart(): Promise<void> {
    await this.end()
    this.startAgain()
  }

  async remove(): Promise<void> {
    await this.end()
    rmSync(this.#root, { recursive: true })
  }

  #create(): StoreService {
    const service = createStoreService({
      dataDir: this.dataDir,
      deviceSecret: this.deviceSecret === null ? null : redact(this.deviceSecret),
      vault: 'os',
      requestDeviceSecret: async () => {
        this.deviceSecret = nodeCipher.randomBytes(32)
        return this.deviceSecret
      },
      hardness: { memoryKiB: 64, passes: 1, lanes: 1 },
      cipherProved: this.#options.cipherProved ?? Promise.resolve(),
      fetch: this.#options.fetch ?? globalThis.fetch,
      printPaper: printTestPaper,
      now: this.#options.now ?? (() => new Date().toISOString()),
      monotonicMs: () => performance.now(),
      later: (ms, work) => {
        const timer = setTimeout(work, ms)
        return () => clearTimeout(timer)
      },
      newId: () => newUuid(),
      random: () => 0.5,
      gatherThread,
      address: () => '10.1.2.3',
      places: this.places,
      deviceName: '민원-07',
      appVersion: '0.1.0',
      runtime: { electron: '', node: process.versions.node },
      serverUrl: null,
      demo: false,
      log: (fault) => this.faults.push(fault)
    })
    service.onEvent((event) => this.events.push(event))
    return service
  }
}
