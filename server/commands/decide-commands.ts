import type { Cipher } from '#shared/cipher/cipher.ts'
import type { AnyCommand } from '#shared/commands/any-command.ts'
import { applyChanges, effectOf } from '#shared/commands/change.ts'
import type { Command } from '#shared/commands/command.ts'
import { decide } from '#shared/commands/decide.ts'
import type { BatchCommand } from '#shared/commands/destruction/batch-command.ts'
import type { BatchRefusal } from '#shared/commands/destruction/batch-refusal.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { BurialReason } from '#shared/domain/quarantine/quarantine-entry.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { type ApplicationNumbers, lockApplicationNumbers } from '../cases/application-no.ts'
import { type CaseRow, lockCaseRows, tryRowToCase } from '../cases/case-rows.ts'
import { type Tx, together } from '../db/run-tx.ts'
import { type BatchDesk, openBatchDesk } from '../destruction/decide-batch-commands.ts'
import { buriedAmong } from '../destruction/tombstones.ts'
import { missingChunks, type WantedDocument } from '../documents/chunk-store.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { KeptOut } from '../quarantine/keep-out.ts'
import { seqsOfAdopted } from '../restore/adopted-cases.ts'
import { leftTheDistrict } from '../sync/gone-lines.ts'
import { batchCommandOf, caseCommandOf, type ReadCommand } from './read-command.ts'

export interface DecideCommandsDeps extends TimeDep {
  readonly cipher: Cipher
  readonly keyRing: KeyRing
  readonly policies: readonly PolicyRegister[]
  readonly districtCode: string
}

/** What became of one command, before it has a place in the stream. */
export type Decision =
  | {
      readonly type: 'Applied'
      readonly command: Command
      readonly sentBy: ReadCommand['sentBy']
      readonly deviceSeq: ReadCommand['deviceSeq']
      readonly record: CaseRecord
      /** Plainly applied, merged, or partly in conflict. */
      readonly effect: ReturnType<typeof effectOf>
    }
  | { readonly type: 'Refused'; readonly raw: ReadCommand; readonly refusal: Refusal }
  | { readonly type: 'BatchApplied'; readonly raw: ReadCommand; readonly batchId: string; readonly rev: number }
  | { readonly type: 'BatchRefused'; readonly raw: ReadCommand; readonly refusal: BatchRefusal }
  /** Its case is buried, or another district's by now. */
  | { readonly type: 'KeptOut'; readonly raw: ReadCommand; readonly kept: KeptOut }
  /** An intake whose answer was lost with an earlier state of the centre; its case came back from another PC. */
  | { readonly type: 'CameBack'; readonly raw: ReadCommand; readonly rev: number; readonly seq: number }

export interface DecidedCommands {
  readonly decisions: readonly Decision[]
  /** The newest state of each case that changed. */
  readonly changed: ReadonlyMap<string, CaseRecord>
  /** What those of them that are not new were before. */
  readonly before: ReadonlyMap<string, CaseRecord>
  /** The keys of the cases that are not new. */
  readonly keys: ReadonlyMap<string, Uint8Array>
  readonly numbers: ApplicationNumbers
  readonly batches: BatchDesk
}

/**
 * Decides commands in order, each on the result of the ones before it. Locks what it reads, writes nothing: a refusal
 * leaves no trace in the cases, so many commands share one transaction without undoing each other.
 */
export async function decideCommands(
  tx: Tx,
  deps: DecideCommandsDeps,
  { commands, actorOf, subjects }: CommandsToDecide
): Promise<DecidedCommands> {
  const readable = readableOf(commands)
  const cases = await openCases(deps, subjects)
  const days = readable.flatMap((command) => (command.name === 'case.register' ? [command.args.appliedOn] : []))
  const numbers = await lockApplicationNumbers(tx, deps.districtCode, days)
  const missing = await missingChunks(tx, readable.flatMap(documentOf))
  const batches = await openBatchDesk(
    tx,
    commands.flatMap((raw) => batchCommandOf(raw) ?? []),
    deps.now()
  )
  const changed = new Map<string, CaseRecord>()
  const decisions = commands.map((raw): Decision => {
    const refused = (refusal: Refusal): Decision => ({ type: 'Refused', raw, refusal })
    const act = batchCommandOf(raw)
    if (act !== null) return decideAct(batches, { raw, act, actor: actorOf(act) })
    const command = caseCommandOf(raw)
    if (command === null) return refused({ type: 'CommandUnreadable' })
    const kept = keptOut(deps, cases, { ...raw, command })
    if (kept !== null) return { type: 'KeptOut', raw, kept }
    const actor = actorOf(command)
    if (actor === undefined) return refused({ type: 'RoleNotAllowed' })
    if (cases.elsewhere.has(command.caseId)) return refused({ type: 'CaseNotFound' })
    if (cases.unreadable.has(command.caseId)) return refused({ type: 'CaseUnreadable' })
    const before = changed.get(command.caseId) ?? cases.records.get(command.caseId) ?? null
    const decided = decideOne(deps, { command, actor, before, numbers })
    if (!decided.ok) {
      const seq = decided.error.type === 'CaseAlreadyRegistered' ? cases.adopted.get(command.caseId) : undefined
      if (seq !== undefined && before !== null) return { type: 'CameBack', raw, rev: before.rev, seq }
      return refused(decided.error)
    }
    const lacking = lackingChunks(command, missing)
    if (lacking !== null) return refused(lacking)
    const record = applyChanges(before, decided.value)
    changed.set(command.caseId, record)
    const { sentBy, deviceSeq } = raw
    return { type: 'Applied', command, sentBy, deviceSeq, record, effect: effectOf(decided.value) }
  })
  return { decisions, changed, before: cases.records, keys: cases.keys, numbers, batches }
}

function decideAct(
  batches: BatchDesk,
  { raw, act, actor }: { readonly raw: ReadCommand; readonly act: BatchCommand; readonly actor: Actor | undefined }
): Decision {
  const decided = batches.decide(act, actor)
  return decided.ok
    ? { type: 'BatchApplied', raw, batchId: act.batchId, rev: decided.value.rev }
    : { type: 'BatchRefused', raw, refusal: decided.error }
}

function lackingChunks(command: Command, missing: ReadonlyMap<string, string[]>): Refusal | null {
  const chunks = command.name === 'case.attach' ? (missing.get(command.args.documentId) ?? []) : []
  return chunks.length > 0 ? { type: 'ChunksMissing', chunks } : null
}

const documentOf = (command: Command): WantedDocument[] =>
  command.name === 'case.attach' ? [{ caseId: command.caseId, ...command.args }] : []

interface OneDecision {
  readonly command: Command
  readonly actor: Actor
  readonly before: CaseRecord | null
  readonly numbers: ApplicationNumbers
}

function decideOne({ policies }: DecideCommandsDeps, { command, actor, before, numbers }: OneDecision) {
  const isNew = command.name === 'case.register'
  const applicationNo = isNew ? numbers.next(command.args.appliedOn) : ''
  const decided = decide({ actor, policies, applicationNo, onOvertaken: 'keep_both' }, before, command)
  if (decided.ok && isNew) numbers.take(command.args.appliedOn)
  return decided
}

const readableOf = (commands: readonly ReadCommand[]): Command[] => commands.flatMap((raw) => caseCommandOf(raw) ?? [])

export interface CommandsToDecide {
  readonly commands: readonly ReadCommand[]
  readonly actorOf: (command: AnyCommand) => Actor | undefined
  /** The cases of these commands, at the least. */
  readonly subjects: Subjects
}

/** What the database holds of the cases that commands are about. */
export interface Subjects {
  /** Of this district. */
  readonly own: readonly CaseRow[]
  readonly keys: ReadonlyMap<string, Uint8Array>
  readonly elsewhere: ReadonlySet<string>
  readonly left: ReadonlySet<string>
  readonly buried: ReadonlyMap<string, BurialReason>
  readonly adopted: ReadonlyMap<string, number>
}

/** Locks the cases. Sends its first statements before it returns, so that they go out together with the caller's. */
export async function loadSubjects(
  tx: Tx,
  deps: Pick<DecideCommandsDeps, 'keyRing' | 'districtCode'>,
  commands: readonly ReadCommand[]
): Promise<Subjects> {
  const readable = readableOf(commands)
  const caseIds = [...new Set(readable.map(({ caseId }) => caseId))]
  const taken = readable.flatMap(({ name, caseId }) => (name === 'case.register' ? [caseId] : []))
  const locking = lockCaseRows(tx, caseIds)
  const [{ own, elsewhere, left, keys }, buried, adopted] = await together([
    locking.then((rows) => sortRows(tx, deps, rows)),
    buriedAmong(tx, caseIds),
    seqsOfAdopted(tx, taken)
  ])
  return { own, keys, elsewhere: new Set(elsewhere), left, buried, adopted }
}

/** The keys lie in a database of their own: it answers while the other statements run. */
async function sortRows(
  tx: Tx,
  { keyRing, districtCode }: Pick<DecideCommandsDeps, 'keyRing' | 'districtCode'>,
  rows: readonly CaseRow[]
) {
  const own = rows.filter((row) => row.district_code === districtCode)
  const elsewhere = rows.flatMap((row) => (row.district_code === districtCode ? [] : [row.id]))
  const [left, keys] = await together([
    leftTheDistrict(tx, districtCode, elsewhere),
    keyRing.caseKeys(own.map((row) => row.id))
  ])
  return { own, elsewhere, left, keys }
}

interface LoadedCases {
  readonly records: ReadonlyMap<string, CaseRecord>
  readonly keys: ReadonlyMap<string, Uint8Array>
  /** Cases of another district: to this one they do not exist, and their boxes stay shut. */
  readonly elsewhere: ReadonlySet<string>
  /** Those of them that this district had before. */
  readonly left: ReadonlySet<string>
  readonly buried: ReadonlyMap<string, BurialReason>
  /** Cases whose key is missing or does not fit: they hold up nobody else. */
  readonly unreadable: ReadonlySet<string>
  /** Places in the stream of those cases that were taken back after a restore. */
  readonly adopted: ReadonlyMap<string, number>
}

async function openCases(deps: DecideCommandsDeps, subjects: Subjects): Promise<LoadedCases> {
  const opened = subjects.own.map((row) => [row.id, openRow(deps, subjects.keys.get(row.id), row)] as const)
  const unreadable = opened.flatMap(([id, record]) => (record === null ? [id] : []))
  // Between the two steps of a burial the row is still there, and its key is not.
  const halfBuried = await deps.keyRing.buriedAmong(unreadable)
  return {
    ...subjects,
    records: new Map(opened.flatMap(([id, record]) => (record === null ? [] : [[id, record] as const]))),
    buried: new Map([...halfBuried, ...subjects.buried]),
    unreadable: new Set(unreadable)
  }
}

const openRow = ({ cipher }: DecideCommandsDeps, key: Uint8Array | undefined, row: CaseRow): CaseRecord | null =>
  key === undefined ? null : tryRowToCase({ cipher, key }, row)

function keptOut(
  { districtCode }: DecideCommandsDeps,
  cases: LoadedCases,
  raw: ReadCommand & { readonly command: Command }
): KeptOut | null {
  const cause = cases.buried.get(raw.command.caseId)
  if (cause !== undefined) return { to: 'quarantine', raw, cause }
  return cases.left.has(raw.command.caseId) ? { to: 'other_district', raw, fromDistrict: districtCode } : null
}
