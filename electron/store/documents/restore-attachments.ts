import type { AnyCommand } from '#shared/commands/any-command.ts'
import type { AttachCommand } from '#shared/commands/unnumbered.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import type { Attachment } from '#shared/domain/document/attachment.ts'
import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import type { WriteTx } from '../db/database.ts'
import { parkLoss } from '../outbox/parked.ts'
import { addAttachment, setAttachmentState } from './attachment-rows.ts'
import { readChunkCopy } from './chunk-copies.ts'
import { putChunk } from './chunk-rows.ts'

/** What a put-aside store leaves of its documents. */
export interface RescuedDocuments {
  /** Documents without a number, and those whose numbered command was not answered. */
  readonly waiting: readonly AnyCommand[]
  readonly numbered: readonly AnyCommand[]
  readonly chunkDir: string
  readonly actorOf: (command: AttachCommand) => Actor
}

const isAttach = (command: AnyCommand): command is AttachCommand => command.name === 'case.attach'

/**
 * Brings documents back from their capsule and the copies of their pieces. One without any copy was taken by the centre
 * or taken back; one that lacks some is lost, and a line in the outbox says so.
 */
export function restoreAttachments(tx: WriteTx, deps: TimeDep & IdDep, rescued: RescuedDocuments): void {
  const numbered = new Set(rescued.numbered.filter(isAttach).map(({ args }) => args.documentId))
  const all = [...rescued.numbered, ...rescued.waiting].filter(isAttach)
  const done = new Set<string>()
  let lost = 0
  for (const command of all) {
    const { documentId, chunks } = command.args
    if (done.has(documentId)) continue
    done.add(documentId)
    const copies = chunks.map((sha256) => readChunkCopy(rescued.chunkDir, sha256))
    if (copies.every((copy) => copy === null)) continue
    if (copies.some((copy) => copy === null)) {
      lost += 1
      continue
    }
    addAttachment(tx, attachmentOf(command, rescued.actorOf(command)))
    if (numbered.has(documentId)) setAttachmentState(tx, documentId, 'sent')
    for (const [place, content] of copies.entries()) {
      const sha256 = chunks[place]
      if (content === null || sha256 === undefined) continue
      const row = { sha256, caseId: command.caseId, documentId, place, content, state: 'unsent' } as const
      putChunk(tx, { ...row, now: deps.now() })
    }
  }
  if (lost > 0) parkLoss(tx, { id: deps.newId(), cause: 'unreadable', amount: lost, at: deps.now() })
}

const attachmentOf = (command: AttachCommand, actor: Actor): Attachment => ({
  caseId: command.caseId,
  document: command.args,
  actor,
  issuedAt: command.issuedAt,
  applicationNo: ''
})
