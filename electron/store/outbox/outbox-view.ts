import { isCaseCommand } from '#shared/commands/any-command.ts'
import { mayGive } from '#shared/commands/command-roles.ts'
import type { Role } from '#shared/domain/account/account.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { DiscardFailure } from '#shared/ipc/outbox-methods.ts'
import type { CannotCorrect, OutboxItem, WaitsFor } from '#shared/ipc/outbox-views.ts'
import { uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import { caseById } from '../db/case-rows.ts'
import type { ReadableDb, StoreDb, WriteTx } from '../db/database.ts'
import { shownBatch } from '../destruction/shown-batch.ts'
import { attachmentById, attachments, type FiledAttachment, forgetAttachment } from '../documents/attachment-rows.ts'
import {
  entryById,
  type FiledBatchEntry,
  type FiledCaseEntry,
  type FiledEntry,
  isIntakeInOutbox,
  isOfCase,
  outboxEntries,
  removeEntry
} from './outbox.ts'
import { parkedItems, removeParked } from './parked.ts'
import { hasMarks } from './seen-revisions.ts'

/** 보낼 것: what the centre has not taken, oldest first, then what is parked. */
export const listOutbox = (db: ReadableDb): OutboxItem[] => [
  ...outboxEntries(db).map((entry) => entryToItem(db, entry)),
  ...attachments(db)
    .filter(({ state }) => state !== 'sent')
    .map((attachment) => attachmentToItem(db, attachment)),
  ...parkedItems(db)
]

/** Work that a person gives up: the cases it is about, none for an act on a batch, and its number, where it had one. */
export interface GivenUp {
  readonly caseIds: readonly string[]
  readonly deviceSeq: number | null
}

/**
 * Gives up a refused command, whose case already stands as the centre holds it: for whoever may give such a command.
 * Or takes a parked line as read. `note` writes down what was given up, in the same transaction.
 */
export function discardItem(
  db: StoreDb,
  commandId: string,
  { role, note }: { role: Role; note: (tx: WriteTx, givenUp: GivenUp) => void }
): Result<null, DiscardFailure> {
  return db.write<null, DiscardFailure>((tx) => {
    if (removeParked(tx, commandId)) return ok(null)
    const attachment = attachmentById(tx, commandId)
    const entry = entryById(tx, commandId)
    if (!mayGive(role, entry?.command.name ?? 'case.attach')) return err({ type: 'RoleNotAllowed' as const })
    if (attachment?.state === 'refused') {
      forgetAttachment(tx, commandId)
      note(tx, { caseIds: [attachment.caseId], deviceSeq: null })
      return ok(null)
    }
    if (entry?.status !== 'refused') return err({ type: 'NotRefused' as const })
    removeEntry(tx, commandId)
    const { command } = entry
    note(tx, { caseIds: isCaseCommand(command) ? [command.caseId] : [], deviceSeq: command.deviceSeq })
    return ok(null)
  })
}

/** null: the person can take the refused command up again. */
export function whyNotCorrect(db: ReadableDb, entry: FiledEntry): CannotCorrect | null {
  if (!isOfCase(entry)) return 'act'
  const { command } = entry
  if (command.name === 'case.register' || caseById(db, command.caseId) !== undefined) return null
  return isIntakeHere(db, command.caseId) ? 'intake_first' : 'case_gone'
}

const entryToItem = (db: ReadableDb, entry: FiledEntry): OutboxItem =>
  isOfCase(entry) ? commandToItem(db, entry) : actToItem(db, entry)

function commandToItem(db: ReadableDb, entry: FiledCaseEntry): OutboxItem {
  const { command, applicationNo, status, refusal } = entry
  const shown = caseById(db, command.caseId)?.record.case
  return {
    commandId: command.id,
    deviceSeq: command.deviceSeq,
    name: command.name,
    caseId: command.caseId,
    batch: null,
    applicationNo: shown?.applicationNo ?? applicationNo,
    applicantName: shown?.applicant.name ?? nameInArgs(command),
    issuedAt: command.issuedAt,
    issuedBy: command.issuedBy,
    status,
    waitsFor: status === 'waiting' ? waitsFor(entry) : null,
    refusal,
    cannotCorrect: status === 'refused' ? whyNotCorrect(db, entry) : null,
    parked: null,
    amount: 1
  }
}

/** An act is not taken up again: whoever may still do it does it anew, on the batch as it stands. */
function actToItem(db: ReadableDb, { command, status, refusal }: FiledBatchEntry): OutboxItem {
  const dueUpTo = shownBatch(db, command.batchId)?.plan.dueUpTo ?? null
  return {
    ...{ commandId: command.id, deviceSeq: command.deviceSeq, name: command.name, caseId: null },
    ...{ batch: { id: command.batchId, dueUpTo }, applicationNo: '', applicantName: '' },
    ...{ issuedAt: command.issuedAt, issuedBy: command.issuedBy, status, refusal, parked: null, amount: 1 },
    waitsFor: status === 'waiting' ? 'line' : null,
    cannotCorrect: status === 'refused' ? 'act' : null
  }
}

/** A document whose command has no number yet goes by its own id. */
function attachmentToItem(db: ReadableDb, { caseId, document, ...attachment }: FiledAttachment): OutboxItem {
  const { actor, issuedAt, state, refusal } = attachment
  const shown = caseById(db, caseId)?.record.case
  const isWaiting = state === 'waiting'
  return {
    ...{ commandId: document.documentId, deviceSeq: null, name: 'case.attach', caseId, batch: null },
    applicationNo: shown?.applicationNo ?? attachment.applicationNo,
    applicantName: shown?.applicant.name ?? '',
    ...{ issuedAt, issuedBy: actor.id, refusal, parked: null, amount: 1 },
    status: isWaiting ? 'waiting' : 'refused',
    waitsFor: !isWaiting ? null : isIntakeHere(db, caseId) ? 'intake' : 'chunks',
    cannotCorrect: isWaiting || shown !== undefined ? null : 'case_gone'
  }
}

/** One that was made on top of another unsent change of the same field is not sent before that one is answered. */
const waitsFor = ({ command }: FiledCaseEntry): WaitsFor => (hasMarks(command.base) ? 'earlier' : 'line')

/** A refused intake has no case: who it was about stands in the command alone. */
const nameInArgs = (command: FiledCaseEntry['command']): string =>
  command.name === 'case.register' ? command.args.applicant.name : ''

/** The case's intake was refused too, or is being corrected: it has to go first. */
const isIntakeHere = (db: ReadableDb, caseId: string): boolean =>
  db.pluck('SELECT 1 FROM drafts WHERE id = ?', uuidToBlob(caseId)) !== undefined || isIntakeInOutbox(db, caseId)
