import type { IdDep, LaterDep } from '#shared/foundation/deps.ts'
import { ok } from '#shared/foundation/result.ts'
import type { StoreDb } from '../db/database.ts'
import type { RescueCapsule } from '../keys/rescue-capsule.ts'
import type { PolicyDep } from '../outbox/rerun.ts'
import { type ChunkClientDeps, createChunkClient } from './chunk-client.ts'
import { type ChunkCopies, openChunkCopies } from './chunk-copies.ts'
import { forgetUnfinished } from './chunk-rows.ts'
import { numberAttachment } from './number-attachment.ts'
import { createDocumentTransfer, type DocumentTransfer } from './transfer.ts'
import { addCopies, dropCopies } from './upload.ts'

/** What an unlocked desk does with documents. */
export interface DeskDocuments {
  readonly copies: ChunkCopies
  readonly transfer: DocumentTransfer
  /** Lets go of copies that nobody needs any more. */
  tidyCopies(): void
}

export interface DeskDocumentsDeps extends ChunkClientDeps, IdDep, LaterDep, PolicyDep {
  readonly db: StoreDb
  readonly deviceId: string
  readonly capsule: Pick<RescueCapsule, 'append'>
  /** Where the copies of unsent pieces lie. */
  readonly chunkDir: string
  readonly onCases: (caseIds: readonly string[]) => void
  /** A document has become a command that waits to be sent. */
  readonly onNumbered: () => void
  readonly onFault: (fault: unknown) => void
}

export function openDeskDocuments(deps: DeskDocumentsDeps): DeskDocuments {
  const { db } = deps
  const copies = openChunkCopies(deps.chunkDir)
  db.write((tx) => {
    forgetUnfinished(tx)
    return ok(null)
  })
  dropCopies({ db, copies })
  addCopies({ db, copies })
  const transfer = createDocumentTransfer({
    ...deps,
    copies,
    client: createChunkClient(deps),
    number: (documentId) => {
      numberAttachment(deps, db, documentId)
      deps.onNumbered()
    },
    onProgress: (caseId) => deps.onCases([caseId])
  })
  return { copies, transfer, tidyCopies: () => dropCopies({ db, copies }) }
}
