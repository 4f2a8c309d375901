import type { Command, CommandBase } from '#shared/commands/command.ts'
import { fieldsToHaveSeen } from '#shared/commands/overtaken.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { IdDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { FailureOf, ParsedRequestOf } from '#shared/ipc/contract.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import { type AccessAct, type AccessDeps, recordAct } from '../access-log/access-log.ts'
import { caseById, putCase } from '../db/case-rows.ts'
import type { StoreDb, WriteTx } from '../db/database.ts'
import { writeDurably } from '../db/durable-write.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../db/meta.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import type { RescueCapsule } from '../keys/rescue-capsule.ts'
import { acknowledgedRev, addWaiting, keepFirstConfirmed } from '../outbox/outbox.ts'
import { decideEntry, type PolicyDep } from '../outbox/rerun.ts'
import { applyUnsent, markedCommand, resolveMarks } from '../outbox/seen-revisions.ts'
import { nextProvisionalNo } from './application-no.ts'

export type CommandRequest = ParsedRequestOf<'command.run'>
export type CommandFailure = Extract<FailureOf<'command.run'>, { type: 'Refused' | 'DiskFull' }>

export interface RunCommandDeps extends AccessDeps, IdDep, PolicyDep {
  /** The signed-in account; the same as `accountId`. */
  readonly actor: Actor
  /** Sealed copies of what was not sent yet, beside the store. */
  readonly capsule: Pick<RescueCapsule, 'append'>
  /** After the commit: the window is told and the sync engine poked. */
  readonly afterCommit: (changed: { readonly caseIds: readonly string[] }) => void
}

/**
 * The one way in for changes: decides on the case as this PC shows it and, in one transaction, writes the case, the
 * outbox, the access log and the end of the draft. What it answered `ok` to survives a crash, a power cut and (through
 * the capsule) a store that cannot be opened any more.
 */
export const runCommand =
  (deps: RunCommandDeps) =>
  (db: StoreDb, request: CommandRequest): Result<{ caseId: string; applicationNo: string }, CommandFailure> => {
    let takeBack = (): void => undefined
    const capsule = {
      append: (command: Command) => {
        takeBack = deps.capsule.append(command)
        return takeBack
      }
    }
    const result = withDiskFull(() => writeDurably(db, (tx) => run(tx, { ...deps, capsule }, request)))
    if (result.ok) deps.afterCommit({ caseIds: [result.value.caseId] })
    else takeBack()
    return result
  }

function run(
  tx: WriteTx,
  deps: RunCommandDeps,
  request: CommandRequest
): Result<{ caseId: string; applicationNo: string }, { type: 'Refused'; refusal: Refusal }> {
  // A new case takes the id of its draft: a store that died between commit and answer is asked the same once more.
  const caseId = request.caseId ?? request.draftId ?? deps.newId()
  const before = caseById(tx, caseId)?.record ?? null
  const applicationNo = before?.case.applicationNo ?? nextProvisionalNo(tx, deps)
  const command = commandOf(tx, deps, { ...request, caseId })
  const entry = { command, actor: deps.actor, applicationNo }
  const decided = decideEntry(deps, before, entry, 'refuse')
  if (!decided.ok) return err({ type: 'Refused', refusal: decided.error })

  keepFirstConfirmed(tx, caseId, before)
  putCase(tx, applyUnsent(before, decided.value, command.deviceSeq), { waiting: true })
  addWaiting(tx, entry)
  writeMeta(tx, META_KEYS.deviceSeq, command.deviceSeq)
  recordAct(tx, deps, actOf(command))
  if (request.draftId !== null) {
    tx.run(
      'DELETE FROM drafts WHERE id = ? AND account_id = ?',
      uuidToBlob(request.draftId),
      uuidToBlob(deps.accountId)
    )
  }
  // Last, so that nothing refused lands in it; before the commit, so that no crash leaves a command out of it that was
  // acknowledged. One that a crash kept from being committed stays in it, and comes back at the next unlock.
  deps.capsule.append(command)
  return ok({ caseId, applicationNo })
}

function commandOf(tx: WriteTx, deps: RunCommandDeps, request: CommandRequest & { readonly caseId: string }): Command {
  const seen = seenBase(tx, request.base)
  const restsOn = fieldsToHaveSeen(request.intent)
  const base = Object.fromEntries(restsOn.flatMap((field) => (seen[field] === undefined ? [] : [[field, seen[field]]])))
  return {
    id: deps.newId(),
    caseId: request.caseId,
    base,
    seenRev: newestOf(seen),
    issuedAt: deps.now(),
    issuedBy: deps.accountId,
    deviceId: deps.deviceId,
    deviceSeq: readMetaNumber(tx, META_KEYS.deviceSeq) + 1,
    ...request.intent
  }
}

/**
 * A form may have been opened on this PC's own unsent change. If that was sent meanwhile, its mark becomes the revision it
 * got; if it was refused, what the form showed never was, and no revision fits it.
 */
function seenBase(tx: WriteTx, base: CommandBase): CommandBase {
  return resolveMarks(base, (deviceSeq) => {
    const rev = acknowledgedRev(tx, deviceSeq)
    if (rev !== null) return rev
    return isWaiting(tx, deviceSeq) ? null : NEVER_SEEN
  })
}
const NEVER_SEEN = 0

/** The centre's revision of the case that the form showed. */
const newestOf = (seen: CommandBase): number =>
  Math.max(1, ...Object.values(seen).filter((rev) => markedCommand(rev) === null))

const isWaiting = (tx: WriteTx, deviceSeq: number): boolean =>
  tx.get<{ one: 1 }>(`SELECT 1 AS one FROM outbox WHERE device_seq = ? AND status = 'waiting'`, deviceSeq) !== undefined

const ACT_OF = {
  'case.register': 'register',
  'case.correct': 'correct',
  'case.move': 'move',
  'conflict.resolve': 'resolve',
  'case.attach': 'attach',
  'case.detach': 'detach',
  'case.hold': 'hold',
  'case.release_hold': 'release_hold',
  'case.record_consent': 'record_consent',
  'case.withdraw_consent': 'withdraw_consent'
} as const

function actOf(command: Command): AccessAct {
  const act = { act: ACT_OF[command.name], caseIds: [command.caseId] }
  switch (command.name) {
    case 'case.register':
      return { ...act, detail: { deviceSeq: command.deviceSeq } }
    case 'case.correct': {
      const fields = command.args.changes.map(({ field }) => field).join(' ')
      return {
        ...act,
        detail: { deviceSeq: command.deviceSeq, field: fields.slice(0, 120) },
        reason: command.args.reason
      }
    }
    case 'case.move':
      return { ...act, detail: { deviceSeq: command.deviceSeq, to: command.args.to }, reason: command.args.reason }
    case 'conflict.resolve': {
      const { field, pick, reason } = command.args
      return { ...act, detail: { deviceSeq: command.deviceSeq, field, pick }, reason }
    }
    case 'case.attach':
      return { ...act, detail: { deviceSeq: command.deviceSeq, title: command.args.title } }
    case 'case.hold':
      return { ...act, detail: { deviceSeq: command.deviceSeq, kind: command.args.kind }, reason: command.args.reason }
    case 'case.record_consent': {
      const { consentId, given } = command.args
      return { ...act, detail: { deviceSeq: command.deviceSeq, consentId, answer: given ? 'yes' : 'no' } }
    }
    case 'case.withdraw_consent': {
      const { consentId, reason } = command.args
      return { ...act, detail: { deviceSeq: command.deviceSeq, consentId }, reason }
    }
    case 'case.detach':
    case 'case.release_hold':
      return { ...act, detail: { deviceSeq: command.deviceSeq }, reason: command.args.reason }
    default:
      return assertNever(command)
  }
}
