import type { CommandBase } from '#shared/commands/command.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { CaseRecord, VersionedField } from '#shared/domain/case/case.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import type { GoneReason } from '#shared/sync-protocol/pull.ts'
import { caseById, putCase, removeCase, removeCases } from '../db/case-rows.ts'
import type { WriteTx } from '../db/database.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'
import {
  attachmentRefused,
  attachmentsOfCase,
  attachmentTaken,
  forgetDetached,
  forgetDocumentsOfCase
} from '../documents/attachment-rows.ts'
import { forgetDraftsOfCase } from './case-drafts.ts'
import { type CentreSealDep, sealSentOfCase } from './journal.ts'
import {
  type CaseEntry,
  forgetConfirmed,
  keepAcknowledged,
  keepAnswered,
  keepConfirmed,
  markRefused,
  removeEntry,
  replaceBase,
  standingCase,
  waitingOfCase
} from './outbox.ts'
import { parkAttachment, parkEntry, parkRefusedOfCase } from './parked.ts'
import { type GoneCase, goneReason, noteGone } from './received.ts'
import { baseRev, decideEntry, type PolicyDep, rerun } from './rerun.ts'
import { applyAcknowledged, resolveMarks } from './seen-revisions.ts'

/** What the answers and the stream of the centre do to this PC's cases and waiting commands. */

/** The centre did the command. `rev` and `seq` are its place there, `cursor` how far this PC has received. */
export function settleAcknowledged(
  tx: WriteTx,
  deps: PolicyDep,
  done: { readonly entry: CaseEntry; readonly rev: number; readonly seq: number; readonly cursor: number }
): void {
  const { command } = done.entry
  removeEntry(tx, command.id)
  if (command.name === 'case.attach') attachmentTaken(tx, command)
  keepAcknowledged(tx, command.deviceSeq, done.rev)
  resolveFollowers(tx, done.entry, () => done.rev)
  const standing = standingCase(tx, command.caseId)
  if (standing === undefined) return
  if (done.seq <= done.cursor || goneReason(tx, command.caseId) !== null) {
    showStanding(tx, deps, { caseId: command.caseId, standing })
    return
  }
  // Until the pull brings the centre's own record, its answer is taken at its word: the person sees no flicker.
  const decided = decideEntry(deps, standing, done.entry, 'keep_both')
  const after = decided.ok ? applyAcknowledged(standing, decided.value, done.rev) : standing
  keepAnswered(tx, command.caseId, after)
  if (decided.ok) showStanding(tx, deps, { caseId: command.caseId, standing: after })
  else keepShowing(tx, command.caseId)
}

/** The centre refused the command: the case goes back to what the centre holds, the command stays for a person to see. */
export function settleRefused(
  tx: WriteTx,
  deps: PolicyDep,
  refused: { readonly entry: CaseEntry; readonly refusal: Refusal }
): void {
  const { command } = refused.entry
  // What the command wanted is there already, by somebody else's hand: nothing is left for a person to decide.
  if (refused.refusal.type === 'NothingToChange') removeEntry(tx, command.id)
  else if (command.name === 'case.attach' && attachmentRefused(tx, command, refused.refusal))
    removeEntry(tx, command.id)
  else markRefused(tx, command.id, refused.refusal)
  resolveFollowers(tx, refused.entry, (field) => baseRev(command.base, field))
  const standing = standingCase(tx, command.caseId)
  if (standing !== undefined) showStanding(tx, deps, { caseId: command.caseId, standing })
}

/** The centre's record of a case, as the stream brings it. */
export function receiveCase(tx: WriteTx, deps: PolicyDep, record: CaseRecord): void {
  const caseId = record.case.id
  const waiting = waitingOfCase(tx, caseId)
  if (waiting.length === 0) forgetConfirmed(tx, caseId, { butAnswered: false })
  else keepConfirmed(tx, caseId, record)
  showCase(tx, deps, { caseId, standing: record, waiting })
}

/** The centre keeps the command elsewhere, because its case is gone: what it would have changed is erased here. */
export function settleParked(
  tx: WriteTx,
  deps: CentreSealDep,
  parked: { readonly entry: CaseEntry; readonly cause: GoneReason; readonly at: string }
): void {
  const { caseId } = parked.entry.command
  parkEntry(tx, parked)
  eraseCases(tx, deps, [{ caseId, reason: parked.cause, at: parked.at }])
  // A centre that is set back before its stream said so here hears of the burial from this PC.
  if (parked.cause !== 'scope')
    noteGone(tx, { caseId, reason: parked.cause, seq: readMetaNumber(tx, META_KEYS.cursor) })
}

/**
 * Cases left this PC for good or for another district: every trace of them goes. Commands that wait for them are still
 * sent, because a number that is missing would stop all others; the centre says what becomes of them.
 */
export function receiveGone(tx: WriteTx, deps: CentreSealDep & TimeDep, gone: readonly GoneCase[]): void {
  const at = deps.now()
  eraseCases(
    tx,
    deps,
    gone.map((one) => ({ ...one, at }))
  )
  for (const one of gone) noteGone(tx, one)
}

interface Erased extends Pick<GoneCase, 'caseId' | 'reason'> {
  readonly at: string
}

function eraseCases(tx: WriteTx, deps: CentreSealDep, gone: readonly Erased[]): void {
  removeCases(
    tx,
    gone.map(({ caseId }) => caseId)
  )
  for (const one of gone) if (hasWork(tx, one.caseId)) eraseWork(tx, deps, one)
}

const WORK_OF_CASE = [
  ...['outbox', 'confirmed_cases', 'sent', 'attachments', 'document_chunks', 'drafts'].map((table) => [
    table,
    'case_id'
  ]),
  ['drafts', 'id']
].map(([table, column]) => `EXISTS (SELECT 1 FROM ${table} WHERE ${column} = ?)`)
const HAS_WORK = `SELECT ${WORK_OF_CASE.join(' OR ')}`

/** Of ten thousand cases that go together, nearly none was worked on at this PC. */
function hasWork(tx: WriteTx, caseId: string): boolean {
  const id = uuidToBlob(caseId)
  return tx.pluck<number>(HAS_WORK, ...WORK_OF_CASE.map(() => id)) === 1
}

/** What nobody can send or correct any more of the work on a case becomes lines without content. */
function eraseWork(tx: WriteTx, deps: CentreSealDep, gone: Erased): void {
  const { caseId, reason: cause, at } = gone
  for (const attachment of attachmentsOfCase(tx, caseId)) {
    if (attachment.state !== 'sent') parkAttachment(tx, { attachment, cause, at })
  }
  parkRefusedOfCase(tx, caseId, { cause, at })
  forgetDraftsOfCase(tx, caseId)
  sealSentOfCase(tx, deps, gone)
  forgetDocumentsOfCase(tx, caseId)
  if (waitingOfCase(tx, caseId).length > 0) keepConfirmed(tx, caseId, null)
  else forgetConfirmed(tx, caseId, { butAnswered: false })
}

interface Standing {
  readonly caseId: string
  readonly standing: CaseRecord | null
}

/** What was received lies apart for as long as something waits, or was answered since. */
function showStanding(tx: WriteTx, deps: PolicyDep, known: Standing): void {
  const waiting = waitingOfCase(tx, known.caseId)
  if (waiting.length === 0) forgetConfirmed(tx, known.caseId, { butAnswered: true })
  showCase(tx, deps, { ...known, waiting })
}

/** Shows the centre's record with what still waits on top. */
function showCase(
  tx: WriteTx,
  deps: PolicyDep,
  { caseId, standing, waiting }: Standing & { readonly waiting: readonly CaseEntry[] }
): void {
  const shown = rerun(deps, standing, waiting)
  if (shown === null) removeCase(tx, caseId)
  else {
    putCase(tx, shown, { waiting: waiting.length > 0 })
    forgetDetached(tx, shown.case)
  }
}

/** The answer does not fit what this PC knew of the case: what is shown stays until the pull, only its mark is put right. */
function keepShowing(tx: WriteTx, caseId: string): void {
  const isWaiting = waitingOfCase(tx, caseId).length > 0
  if (!isWaiting) forgetConfirmed(tx, caseId, { butAnswered: true })
  const shown = caseById(tx, caseId)
  if (shown !== undefined) putCase(tx, shown.record, { waiting: isWaiting })
}

/** Later commands that had seen the settled one's values now say which revision that was. */
function resolveFollowers(tx: WriteTx, settled: CaseEntry, revOf: (field: VersionedField) => number): void {
  for (const follower of waitingOfCase(tx, settled.command.caseId)) {
    const base: CommandBase = resolveMarks(follower.command.base, (deviceSeq, field) =>
      deviceSeq === settled.command.deviceSeq ? revOf(field) : null
    )
    if (JSON.stringify(base) !== JSON.stringify(follower.command.base)) replaceBase(tx, follower, base)
  }
}
