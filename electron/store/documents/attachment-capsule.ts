import type { Command } from '#shared/commands/command.ts'
import type { Attachment } from '#shared/domain/document/attachment.ts'
import type { ReadableDb } from '../db/database.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import type { RescueCapsule } from '../keys/rescue-capsule.ts'
import { attachEntry } from './attach-document.ts'
import { attachments } from './attachment-rows.ts'

/**
 * Documents whose command has no number yet lie in a capsule of their own, as the command that they will become: what
 * opens their copies is in it. Its numbers only tell the records apart.
 */
export const attachmentAsCommand = (deviceId: string, attachment: Attachment): Command => {
  const { documentId } = attachment.document
  return attachEntry({ deviceId }, attachment, { id: documentId, deviceSeq: recordNo(documentId) }).command
}

const recordNo = (documentId: string): number =>
  Buffer.from(nodeCipher.sha256(documentId)).readUIntBE(0, NUMBER_BYTES) + 1
const NUMBER_BYTES = 6

/** Makes the capsule hold what is on its way, and nothing when nothing is. */
export function fillAttachmentCapsule(db: ReadableDb, capsule: RescueCapsule, deviceId: string): void {
  capsule.hold({ commands: attachments(db).map((one) => attachmentAsCommand(deviceId, one)), lastDeviceSeq: null })
}
