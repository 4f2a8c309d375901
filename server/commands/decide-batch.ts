import type { Cipher } from '#shared/cipher/cipher.ts'
import { applyChanges, effectOf } from '#shared/commands/change.ts'
import type { Command } from '#shared/commands/command.ts'
import { decide } from '#shared/commands/decide.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { type ApplicationNumbers, lockApplicationNumbers } from '../cases/application-no.ts'
import { lockCaseRows, rowToCase } from '../cases/case-rows.ts'
import type { Tx } from '../db/run-tx.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { ReadCommand } from './read-command.ts'

export interface DecideBatchDeps {
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
      readonly record: CaseRecord
      /** Plainly applied, merged, or partly in conflict. */
      readonly effect: ReturnType<typeof effectOf>
    }
  | { readonly type: 'Refused'; readonly raw: ReadCommand; readonly refusal: Refusal }

export interface DecidedBatch {
  readonly decisions: readonly Decision[]
  /** The newest state of each case that changed. */
  readonly changed: ReadonlyMap<string, CaseRecord>
  /** What those of them that are not new were before. */
  readonly before: ReadonlyMap<string, CaseRecord>
  /** The keys of the cases that are not new. */
  readonly keys: ReadonlyMap<string, Uint8Array>
  readonly numbers: ApplicationNumbers
}

/**
 * Decides commands in order, each on the result of the ones before it. Locks what it reads, writes nothing: a refusal
 * leaves no trace in the cases, so many commands share one transaction without undoing each other.
 */
export async function decideBatch(
  tx: Tx,
  deps: DecideBatchDeps,
  commands: readonly ReadCommand[],
  actorOf: (command: Command) => Actor | undefined
): Promise<DecidedBatch> {
  const readable = commands.flatMap(({ command }) => (command === null ? [] : [command]))
  const cases = await loadCases(tx, deps, [...new Set(readable.map(({ caseId }) => caseId))])
  const days = readable.flatMap((command) => (command.name === 'case.register' ? [command.args.appliedOn] : []))
  const numbers = await lockApplicationNumbers(tx, deps.districtCode, days)
  const changed = new Map<string, CaseRecord>()
  const decisions = commands.map((raw): Decision => {
    const refused = (refusal: Refusal): Decision => ({ type: 'Refused', raw, refusal })
    if (raw.command === null) return refused({ type: 'CommandUnreadable' })
    const actor = actorOf(raw.command)
    if (actor === undefined) return refused({ type: 'RoleNotAllowed' })
    if (cases.elsewhere.has(raw.command.caseId)) return refused({ type: 'CaseNotFound' })
    const before = changed.get(raw.command.caseId) ?? cases.records.get(raw.command.caseId) ?? null
    const decided = decideOne(deps, { command: raw.command, actor, before, numbers })
    if (!decided.ok) return refused(decided.error)
    const record = applyChanges(before, decided.value)
    changed.set(raw.command.caseId, record)
    return { type: 'Applied', command: raw.command, record, effect: effectOf(decided.value) }
  })
  return { decisions, changed, before: cases.records, keys: cases.keys, numbers }
}

interface OneDecision {
  readonly command: Command
  readonly actor: Actor
  readonly before: CaseRecord | null
  readonly numbers: ApplicationNumbers
}

function decideOne({ policies }: DecideBatchDeps, { command, actor, before, numbers }: OneDecision) {
  const isNew = command.name === 'case.register'
  const applicationNo = isNew ? numbers.next(command.args.appliedOn) : ''
  const decided = decide({ actor, policies, applicationNo, onOvertaken: 'keep_both' }, before, command)
  if (decided.ok && isNew) numbers.take(command.args.appliedOn)
  return decided
}

interface LoadedCases {
  readonly records: ReadonlyMap<string, CaseRecord>
  readonly keys: ReadonlyMap<string, Uint8Array>
  /** Cases of another district: to this one they do not exist, and their boxes stay shut. */
  readonly elsewhere: ReadonlySet<string>
}

async function loadCases(tx: Tx, deps: DecideBatchDeps, caseIds: readonly string[]): Promise<LoadedCases> {
  const rows = await lockCaseRows(tx, caseIds)
  const own = rows.filter((row) => row.district_code === deps.districtCode)
  const keys = await deps.keyRing.caseKeys(own.map((row) => row.id))
  const records = own.map((row) => {
    const key = keys.get(row.id)
    if (key === undefined) throw new Error(`case ${row.id} has no key`)
    return [row.id, rowToCase({ cipher: deps.cipher, key }, row)] as const
  })
  const elsewhere = rows.filter((row) => row.district_code !== deps.districtCode).map((row) => row.id)
  return { records: new Map(records), keys, elsewhere: new Set(elsewhere) }
}
