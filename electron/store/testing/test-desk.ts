import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newUuid } from 'uuid'
import type { CommandBase, Intent } from '#shared/commands/command.ts'
import type { BatchIntent } from '#shared/commands/destruction/batch-intent.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import type { CaseField, CaseRecord } from '#shared/domain/case/case.ts'
import type { CaseState } from '#shared/domain/case/case-state.ts'
import { type SampleIntake, sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { loadPolicies } from '#shared/domain/policy/policy-versions.ts'
import type { LaterDep } from '#shared/foundation/deps.ts'
import { expectOk, type Result } from '#shared/foundation/result.ts'
import type { SyncStatus } from '#shared/ipc/views.ts'
import { createLooks, LOOK_MS, type Looks } from '../access-log/looks.ts'
import { runActs } from '../commands/run-acts.ts'
import { type CommandFailure, type RunCommandDeps, runCommand } from '../commands/run-command.ts'
import { caseById } from '../db/case-rows.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import {
  type CapsuleOpener,
  createRescueCapsule,
  openRescueCapsule,
  readRescueCapsule
} from '../keys/rescue-capsule.ts'
import { sealedBoxes } from '../keys/sodium.ts'
import { unsentCommands } from '../outbox/outbox.ts'
import { createSyncEngine, type SyncEngine } from '../sync/sync-engine.ts'
import { gatherThread, openTestStore, type TestStore } from './test-store.ts'

const POLICY_DIR = join(import.meta.dirname, '../../../resources/policy')
const readPolicyFile = (name: string): unknown => JSON.parse(readFileSync(join(POLICY_DIR, name), 'utf8'))

export const testPolicies: readonly PolicyRegister[] = expectOk(
  loadPolicies({ index: readPolicyFile('index.json'), files: { '2024-01-25.json': readPolicyFile('2024-01-25.json') } })
)

type Ran = Result<{ caseId: string; applicationNo: string }, CommandFailure>

/** A PC with a real encrypted store and rescue capsule, and hands to work with. */
export interface TestDesk extends TestStore {
  /** Time passes between any two looks, so that each is a new one. */
  readonly deps: RunCommandDeps & { readonly looks: Looks }
  readonly actor: Actor
  /** What `afterCommit` was told. */
  readonly committed: string[][]
  run(intent: Intent, on?: { caseId?: string; base?: CommandBase; draftId?: string }): Ran
  register(over?: Partial<SampleIntake>): string
  /** Acts on a destruction batch; null: on a new one. */
  act(batchId: string | null, ...intents: readonly BatchIntent[]): ReturnType<typeof runActs>
  /** On top of what the desk shows of the case now, as a form opened this moment would. */
  correct(caseId: string, field: CaseField, value: unknown): Ran
  move(caseId: string, to: CaseState): Ran
  shown(caseId: string): CaseRecord | undefined
  /** Where the sealed copies lie and what opens them. */
  readonly capsule: { readonly file: string; readonly opener: CapsuleOpener }
  /** Makes the capsule hold what the outbox holds. */
  tidyCapsule(): void
  /** Commands that the rescue capsule gives back. */
  rescued(): string[]
}

export interface TestDeskOptions {
  readonly actor?: Partial<Actor>
  readonly deviceId?: string
}

export function openTestDesk(options: TestDeskOptions = {}): TestDesk {
  const store = openTestStore()
  const actor: Actor = { id: newUuid(), role: 'caseworker', districtCode: '11680', ...options.actor }
  const opener = { kind: 'device', secret: nodeCipher.randomBytes(32) } as const
  const file = join(store.dir, 'rescue')
  const deviceId = options.deviceId ?? newUuid()
  createRescueCapsule({ file, storeId: newUuid(), deviceId, openers: [opener], rescue: null })
  const capsule = openRescueCapsule({ file, opener })
  if (capsule === null) throw new Error('the capsule does not open')
  const committed: string[][] = []
  let lookedAt = 0
  const deps: TestDesk['deps'] = {
    sha256: nodeCipher.sha256,
    now: () => '2026-11-23T02:00:00.000Z',
    newId: () => newUuid(),
    accountId: actor.id,
    deviceId,
    address: () => '10.1.2.3',
    actor,
    policies: testPolicies,
    looks: createLooks({ monotonicMs: () => (lookedAt += LOOK_MS) }),
    capsule,
    afterCommit: ({ caseIds }) => committed.push([...caseIds])
  }
  const shown = (caseId: string) => caseById(store.db, caseId)?.record
  const run: TestDesk['run'] = (intent, { caseId, base, draftId } = {}) =>
    runCommand(deps)(store.db, { caseId: caseId ?? null, base: base ?? {}, intent, draftId: draftId ?? null })
  const seen = (caseId: string): CommandBase => shown(caseId)?.fieldRevs ?? {}
  return {
    ...store,
    deps,
    actor,
    committed,
    capsule: { file, opener },
    shown,
    run,
    register: (over) => expectOk(run({ name: 'case.register', args: { ...sampleIntake(), ...over } })).caseId,
    act: (batchId, ...intents) =>
      runActs({ ...deps, isSignedBy: () => false, afterCommit: () => undefined }, store.db, { batchId, intents }),
    correct: (caseId, field, value) =>
      run(
        { name: 'case.correct', args: { changes: [{ field, value }], reason: '신청인 확인' } },
        { caseId, base: seen(caseId) }
      ),
    move: (caseId, to) => run({ name: 'case.move', args: { to, reason: '서류 확인' } }, { caseId, base: seen(caseId) }),
    tidyCapsule: () => capsule.hold(unsentCommands(store.db)),
    rescued: () => readRescueCapsule({ file, opener }).commands.map(({ id }) => id),
    close: () => {
      capsule.close()
      store.close()
    }
  }
}

export interface TestSync extends SyncEngine {
  /** Every status that was told, newest last. */
  readonly told: SyncStatus[]
  readonly changedCases: Array<readonly string[] | null>
  readonly faults: unknown[]
  /** What the centre ordered. */
  readonly shutOut: Array<'revoked' | 'wipe' | 'left'>
  /** One for each time that the lease may be renewed. */
  readonly met: true[]
  /** How long the engine wants to wait, and the work it then does; rung by hand. */
  readonly alarms: Array<{ readonly ms: number; ring(): void }>
}

export interface TestSyncOptions {
  readonly serverUrl: string
  readonly fetch?: typeof globalThis.fetch
  readonly token?: () => string | null
  /** Hears of changed cases at once. */
  readonly onCases?: (caseIds: readonly string[] | null) => void
  /** The centre's public key, in base64. */
  readonly publicKey?: string
  /** Timers of its own instead of those that ring by hand. */
  readonly later?: LaterDep['later']
  readonly monotonicMs?: () => number
}

/** The sync engine of a desk whose timers ring by hand alone, unless it is given others. */
export function openTestSync(desk: TestDesk, options: TestSyncOptions): TestSync {
  const { serverUrl, fetch, token, onCases, publicKey } = options
  const told: SyncStatus[] = []
  const changedCases: TestSync['changedCases'] = []
  const faults: unknown[] = []
  const shutOut: TestSync['shutOut'] = []
  const met: TestSync['met'] = []
  const alarms: TestSync['alarms'] = []
  let isCopied = false
  const engine = createSyncEngine({
    decider: desk.actor.id,
    sealToCentre: (content) =>
      publicKey === undefined ? null : sealedBoxes.sealTo(Buffer.from(publicKey, 'base64'), content),
    db: desk.db,
    policies: testPolicies,
    now: desk.deps.now,
    newId: desk.deps.newId,
    fetch: fetch ?? globalThis.fetch,
    serverUrl,
    token: token ?? (() => 'test-token-of-no-account-0123456789'),
    deviceId: desk.deps.deviceId,
    monotonicMs: options.monotonicMs ?? (() => performance.now()),
    random: () => 0.5,
    gatherThread,
    later: options.later ?? byHand(alarms),
    onStatus: (status) => told.push(status),
    onCases: (caseIds) => {
      changedCases.push(caseIds)
      onCases?.(caseIds)
    },
    onBatches: () => undefined,
    onStaff: () => undefined,
    onSent: () => undefined,
    onErased: desk.tidyCapsule,
    copied: {
      isNoted: () => isCopied,
      note: () => {
        isCopied = true
      }
    },
    releaseFile: () => undefined,
    onMet: () => met.push(true),
    onPassOver: () => undefined,
    onShutOut: (order) => shutOut.push(order),
    onFault: (fault) => faults.push(fault)
  })
  return { ...engine, told, changedCases, faults, shutOut, met, alarms }
}

const byHand =
  (alarms: TestSync['alarms']): LaterDep['later'] =>
  (ms, work) => {
    const alarm = { ms, ring: work }
    alarms.push(alarm)
    return () => {
      const at = alarms.indexOf(alarm)
      if (at >= 0) alarms.splice(at, 1)
    }
  }

/** Real time, for desks that nobody rings. */
export const realTimers: LaterDep['later'] = (ms, work) => {
  const timer = setTimeout(work, ms)
  return () => clearTimeout(timer)
}
