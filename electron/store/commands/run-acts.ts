import type { BatchCommand } from '#shared/commands/destruction/batch-command.ts'
import type { BatchIntent } from '#shared/commands/destruction/batch-intent.ts'
import type { BatchRefusal } from '#shared/commands/destruction/batch-refusal.ts'
import type { BatchDeps } from '#shared/commands/destruction/decide-batch.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import type { DestructionBatch } from '#shared/domain/destruction/destruction-batch.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { IdDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type AccessAct, type AccessDeps, recordAct } from '../access-log/access-log.ts'
import type { StoreDb, WriteTx } from '../db/database.ts'
import { writeDurably } from '../db/durable-write.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../db/meta.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import { decideAct, shownBatch } from '../destruction/shown-batch.ts'
import type { RescueCapsule } from '../keys/rescue-capsule.ts'
import { addWaiting } from '../outbox/outbox.ts'

export interface RunActsDeps extends AccessDeps, IdDep {
  /** The signed-in account; the same as `accountId`. */
  readonly actor: Actor
  readonly capsule: Pick<RescueCapsule, 'append'>
  readonly isSignedBy: BatchDeps['isSignedBy']
  /** After the commit: the window is told and the sync engine poked. */
  readonly afterCommit: () => void
}

export interface ActsRequest {
  /** null: a new batch is planned. */
  readonly batchId: string | null
  readonly intents: readonly BatchIntent[]
}

export type ActFailure = { type: 'ActRefused'; refusal: BatchRefusal } | { type: 'DiskFull' }

/**
 * The one way in for acts on destruction batches: each is decided on the batch as this PC shows it after the ones before,
 * and all of them are written with their lines of the access log in one transaction, or none.
 */
export function runActs(
  deps: RunActsDeps,
  db: StoreDb,
  request: ActsRequest
): Result<{ batch: DestructionBatch }, ActFailure> {
  const takingBack: Array<() => void> = []
  const capsule = { append: (command: BatchCommand) => void takingBack.push(deps.capsule.append(command)) }
  const result = withDiskFull(() => writeDurably(db, (tx) => run(tx, { ...deps, capsule }, request)))
  if (result.ok) deps.afterCommit()
  else for (const takeBack of takingBack.reverse()) takeBack()
  return result
}

type RunDeps = Omit<RunActsDeps, 'capsule'> & { readonly capsule: { append(command: BatchCommand): void } }

function run(
  tx: WriteTx,
  deps: RunDeps,
  request: ActsRequest
): Result<{ batch: DestructionBatch }, { type: 'ActRefused'; refusal: BatchRefusal }> {
  const batchId = request.batchId ?? deps.newId()
  let batch = shownBatch(tx, batchId)
  const commands: BatchCommand[] = []
  for (const intent of request.intents) {
    const command = commandOf(tx, deps, { batchId, intent })
    const entry = { command, actor: deps.actor }
    const decided = decideAct(batch, entry, deps.isSignedBy)
    if (!decided.ok) return err({ type: 'ActRefused', refusal: decided.error })
    batch = decided.value
    addWaiting(tx, entry)
    writeMeta(tx, META_KEYS.deviceSeq, command.deviceSeq)
    recordAct(tx, deps, actOf(command))
    commands.push(command)
  }
  if (batch === null) throw new Error('acts without an act')
  for (const command of commands) deps.capsule.append(command) // last, for what `runCommand` says of it
  return ok({ batch })
}

const commandOf = (
  tx: WriteTx,
  deps: RunDeps,
  { batchId, intent }: { readonly batchId: string; readonly intent: BatchIntent }
): BatchCommand => ({
  id: deps.newId(),
  batchId,
  issuedAt: deps.now(),
  issuedBy: deps.accountId,
  deviceId: deps.deviceId,
  deviceSeq: readMetaNumber(tx, META_KEYS.deviceSeq) + 1,
  ...intent
})

const ACT_OF = {
  'batch.plan': 'plan_destruction',
  'batch.list': 'list_destruction',
  'batch.submit': 'submit_destruction',
  'batch.exclude': 'exclude_destruction',
  'batch.extend': 'extend_destruction',
  'batch.include': 'include_destruction',
  'batch.finish_review': 'review_destruction',
  'batch.request': 'request_destruction',
  'batch.approve': 'approve_destruction',
  'batch.return': 'return_destruction',
  'batch.abort': 'abort_destruction'
} as const

function actOf(command: BatchCommand): AccessAct {
  const { batchId, deviceSeq } = command
  const act = { act: ACT_OF[command.name], caseIds: [], detail: { batchId, deviceSeq } }
  switch (command.name) {
    case 'batch.list':
      return { ...act, caseIds: command.args.items.map(({ caseId }) => caseId) }
    case 'batch.exclude':
    case 'batch.extend':
      return { ...act, caseIds: [command.args.caseId], reason: command.args.reason }
    case 'batch.include':
      return { ...act, caseIds: [command.args.caseId] }
    case 'batch.approve':
      return { ...act, detail: { ...act.detail, digest: command.args.digest } }
    case 'batch.finish_review':
    case 'batch.return':
    case 'batch.abort':
      return { ...act, reason: command.args.reason === '' ? null : command.args.reason }
    case 'batch.plan':
    case 'batch.submit':
    case 'batch.request':
      return act
    default:
      return assertNever(command)
  }
}
