import type { IdDep } from '#shared/foundation/deps.ts'
import { ok } from '#shared/foundation/result.ts'
import { caseById, putCase } from '../db/case-rows.ts'
import type { StoreDb, WriteTx } from '../db/database.ts'
import { writeDurably } from '../db/durable-write.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../db/meta.ts'
import type { RescueCapsule } from '../keys/rescue-capsule.ts'
import { addWaiting, keepFirstConfirmed } from '../outbox/outbox.ts'
import { decideEntry, type PolicyDep } from '../outbox/rerun.ts'
import { applyUnsent } from '../outbox/seen-revisions.ts'
import { attachEntry } from './attach-document.ts'
import { attachmentById, attachmentTaken, setAttachmentState } from './attachment-rows.ts'

export interface NumberDeps extends IdDep, PolicyDep {
  readonly deviceId: string
  readonly capsule: Pick<RescueCapsule, 'append'>
}

/**
 * Makes the command of a document whose pieces are all at the centre, with this PC's next number. Only now, so that no
 * command of this PC ever waits for a file to go up.
 */
export const numberAttachment = (deps: NumberDeps, db: StoreDb, documentId: string): void => {
  writeDurably(db, (tx) => ok(number(tx, deps, documentId)))
}

function number(tx: WriteTx, deps: NumberDeps, documentId: string): null {
  const attachment = attachmentById(tx, documentId)
  if (attachment === null || attachment.state !== 'waiting') return null
  const before = caseById(tx, attachment.caseId)?.record ?? null
  const deviceSeq = readMetaNumber(tx, META_KEYS.deviceSeq) + 1
  const { state: _state, refusal: _refusal, ...attached } = attachment
  const entry = attachEntry(deps, attached, { id: deps.newId(), deviceSeq })
  const decided = decideEntry(deps, before, entry, 'refuse')
  if (!decided.ok) setAttachmentState(tx, documentId, 'refused', decided.error)
  else if (decided.value.length === 0) attachmentTaken(tx, entry.command)
  else {
    keepFirstConfirmed(tx, attachment.caseId, before)
    putCase(tx, applyUnsent(before, decided.value, deviceSeq), { waiting: true })
    addWaiting(tx, entry)
    writeMeta(tx, META_KEYS.deviceSeq, deviceSeq)
    setAttachmentState(tx, documentId, 'sent')
    deps.capsule.append(entry.command)
  }
  return null
}
