import type { Command } from '#shared/commands/command.ts'
import { mayGive } from '#shared/commands/command-roles.ts'
import type { Refusal } from '#shared/commands/refusal.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import type { CaseField } from '#shared/domain/case/case.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { IdDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { CorrectFailure, CorrectPlace } from '#shared/ipc/outbox-methods.ts'
import type { RefusedBlock, RefusedCorrection, RefusedIntake } from '#shared/ipc/refused-draft.ts'
import { type AccessDeps, recordAct } from '../access-log/access-log.ts'
import { caseById } from '../db/case-rows.ts'
import type { ReadableDb, StoreDb, WriteTx } from '../db/database.ts'
import { writeDurably } from '../db/durable-write.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import { attachmentById } from '../documents/attachment-rows.ts'
import { putDraft } from '../drafts/drafts.ts'
import { entryById, isOfCase, removeEntry } from './outbox.ts'
import { whyNotCorrect } from './outbox-view.ts'

export interface CorrectDeps extends AccessDeps, IdDep {
  readonly actor: Actor
}

/**
 * Turns a refused command into what its form can go on with: a draft of the signed-in account that holds everything the
 * command held, and why it was refused. Draft and end of the command are one transaction; nothing is in between.
 */
export function correctRefused(
  deps: CorrectDeps,
  db: StoreDb,
  commandId: string
): Result<CorrectPlace, CorrectFailure> {
  return withDiskFull(() => writeDurably(db, (tx) => correct(tx, deps, commandId)))
}

function correct(tx: WriteTx, deps: CorrectDeps, commandId: string): Result<CorrectPlace, CorrectFailure> {
  const attachment = attachmentById(tx, commandId)
  const entry = entryById(tx, commandId)
  if (!mayGive(deps.actor.role, entry?.command.name ?? 'case.attach')) return err({ type: 'RoleNotAllowed' })
  // A refused document is put right where the case has its documents.
  if (attachment?.state === 'refused') return ok({ screen: 'case', caseId: attachment.caseId })
  if (entry === null || entry.status !== 'refused' || entry.refusal === null) return err({ type: 'NotRefused' })
  if (!isOfCase(entry) || whyNotCorrect(tx, entry) !== null) return err({ type: 'CaseNotFound' })
  const { command } = entry
  // So are holds and consents; what they say stays readable in the outbox.
  if (isPutRightInCase(command)) return ok({ screen: 'case', caseId: command.caseId })
  removeEntry(tx, commandId)
  const place = keepAsDrafts(tx, deps, { command, refusal: entry.refusal })
  recordAct(tx, deps, { act: 'redo', caseIds: [command.caseId], detail: { deviceSeq: command.deviceSeq } })
  return ok(place)
}

type PutRightInCase = 'case.hold' | 'case.release_hold' | 'case.record_consent' | 'case.withdraw_consent'
type DraftedCommand = Exclude<Command, { name: PutRightInCase }>

function isPutRightInCase(command: Command): command is Exclude<Command, DraftedCommand> {
  switch (command.name) {
    case 'case.hold':
    case 'case.release_hold':
    case 'case.record_consent':
    case 'case.withdraw_consent':
      return true
    default:
      return false
  }
}

type RefusedEntry = { readonly command: DraftedCommand; readonly refusal: Refusal }

function keepAsDrafts(tx: WriteTx, deps: CorrectDeps, { command, refusal }: RefusedEntry): CorrectPlace {
  const keep = (draft: { id: string; body: RefusedIntake | RefusedCorrection; caseId: string | null; title: string }) =>
    putDraft(tx, deps, deps.accountId, {
      ...draft,
      kind: draft.caseId === null ? 'intake' : 'correction',
      title: draft.title.slice(0, TITLE_LENGTH)
    })
  if (command.name === 'case.register') {
    const { args } = command
    const id = intakeDraftId(tx, deps, command.caseId)
    keep({ id, caseId: null, title: args.applicant.name, body: { refusal, args } })
    return { screen: 'intake', draftId: id }
  }
  if (command.name === 'case.attach' || command.name === 'case.detach')
    return { screen: 'case', caseId: command.caseId }
  if (command.name === 'conflict.resolve') return { screen: 'conflicts', conflictId: command.args.conflictId }
  const { caseId } = command
  const title = caseById(tx, caseId)?.record.case.applicant.name ?? ''
  for (const body of correctionsOf(command, refusal)) keep({ id: deps.newId(), caseId, title, body })
  return { screen: 'case', caseId }
}

const TITLE_LENGTH = 60

/**
 * The intake keeps its case's id, so that what was refused after it finds its case again. Where the centre has a case
 * of this id, the intake that is sent once more is another one.
 */
const intakeDraftId = (db: ReadableDb, { newId }: IdDep, caseId: string): string =>
  caseById(db, caseId) === undefined ? caseId : newId()

/** One draft for each block of the case that is corrected by itself. */
function correctionsOf(
  command: Extract<Command, { name: 'case.correct' | 'case.move' }>,
  refusal: Refusal
): readonly RefusedCorrection[] {
  switch (command.name) {
    case 'case.move': {
      const { to, reason } = command.args
      return [{ block: 'move', reason, refusal, changes: [{ field: 'state', value: to }] }]
    }
    case 'case.correct': {
      const { reason, changes } = command.args
      const blocks = [...new Set(changes.map(({ field }) => blockOf(field)))]
      return blocks.map((block) => ({
        ...{ block, reason, refusal },
        changes: changes.filter(({ field }) => blockOf(field) === block)
      }))
    }
    default:
      return assertNever(command)
  }
}

function blockOf(field: CaseField): RefusedBlock {
  if (field === 'children' || field === 'helpers' || field === 'household') return field
  return field.startsWith('applicant.') ? 'applicant' : 'application'
}
