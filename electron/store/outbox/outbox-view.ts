import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { OutboxItem } from '#shared/ipc/views.ts'
import { caseById } from '../db/case-rows.ts'
import type { ReadableDb, StoreDb } from '../db/database.ts'
import { entryById, type FiledEntry, outboxEntries, removeEntry } from './outbox.ts'

/** 보낼 것: what the centre has not taken, oldest first. */
export const listOutbox = (db: ReadableDb): OutboxItem[] => outboxEntries(db).map((entry) => entryToItem(db, entry))

/** Gives up a refused command. Its case already stands as the centre holds it. */
export function discardRefused(db: StoreDb, commandId: string): Result<null, { type: 'NotRefused' }> {
  return db.write((tx) => {
    if (entryById(tx, commandId)?.status !== 'refused') return err({ type: 'NotRefused' as const })
    removeEntry(tx, commandId)
    return ok(null)
  })
}

function entryToItem(db: ReadableDb, { command, applicationNo, status, refusal }: FiledEntry): OutboxItem {
  const shown = caseById(db, command.caseId)?.record.case
  return {
    commandId: command.id,
    deviceSeq: command.deviceSeq,
    name: command.name,
    caseId: command.caseId,
    applicationNo: shown?.applicationNo ?? applicationNo,
    applicantName: shown?.applicant.name ?? nameInArgs(command),
    issuedAt: command.issuedAt,
    status,
    refusal
  }
}

/** A refused intake has no case: who it was about stands in the command alone. */
const nameInArgs = (command: FiledEntry['command']): string =>
  command.name === 'case.register' ? command.args.applicant.name : ''
