import { join } from 'node:path'
import type { Attachment } from '#shared/domain/document/attachment.ts'
import type { DocumentTitle } from '#shared/domain/document/document-titles.ts'
import { expectOk, type Result } from '#shared/foundation/result.ts'
import type { AttachFailure, FetchFailure } from '#shared/ipc/document-methods.ts'
import type { DocumentItem } from '#shared/ipc/document-views.ts'
import type { Locked } from '#shared/ipc/locked.ts'
import { attachDocument } from '../documents/attach-document.ts'
import { type DeskDocuments, openDeskDocuments } from '../documents/desk-documents.ts'
import { listDocuments } from '../documents/document-list.ts'
import { fetchDocument, readDocument } from '../documents/fetch-document.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import type { TestDesk } from './test-desk.ts'

/** What a test desk does with documents; whoever wants them sent calls `send`. */
export interface TestDocuments extends DeskDocuments {
  attach(
    caseId: string,
    content: Uint8Array,
    title?: DocumentTitle
  ): Promise<Result<{ documentId: string }, AttachFailure | Locked>>
  /** Sends what waits until it is there or the line breaks. */
  send(): Promise<void>
  list(caseId: string): DocumentItem[]
  fetch(caseId: string, documentId: string): Promise<Result<null, FetchFailure>>
  read(caseId: string, documentId: string): Uint8Array
  /** What was put beside the store. */
  readonly remembered: Attachment[]
  readonly chunkDir: string
  readonly faults: unknown[]
}

export function openTestDocuments(
  desk: TestDesk,
  line: { readonly serverUrl: string; readonly token: string; readonly fetch?: typeof globalThis.fetch }
): TestDocuments {
  const faults: unknown[] = []
  const remembered: Attachment[] = []
  const chunkDir = join(desk.dir, 'rescue.chunks')
  const documents = openDeskDocuments({
    ...desk.deps,
    db: desk.db,
    fetch: line.fetch ?? globalThis.fetch,
    serverUrl: line.serverUrl,
    token: () => line.token,
    chunkDir,
    later: () => () => undefined,
    onCases: () => undefined,
    onNumbered: () => undefined,
    onFault: (fault) => faults.push(fault)
  })
  const { transfer, copies } = documents
  const fetchDeps = { ...transfer, db: desk.db, now: desk.deps.now, onProgress: () => undefined }
  return {
    ...documents,
    ...{ remembered, chunkDir, faults },
    attach: (caseId, content, title = 'bankbook') => {
      const capsule = { appendAttachment: (attachment: Attachment) => void remembered.push(attachment) }
      return attachDocument({ ...desk.deps, copies, capsule, signal: transfer.signal }, desk.db, {
        caseId,
        title,
        content
      })
    },
    send: async () => {
      transfer.wake()
      await transfer.settled()
    },
    list: (caseId) => expectOk(listDocuments(desk.db, caseId)),
    fetch: (caseId, documentId) => fetchDocument(fetchDeps, { caseId, documentId }),
    read: (caseId, documentId) => expectOk(readDocument(desk.db, { caseId, documentId })).content
  }
}

/** A PDF as far as anybody looks, of so many bytes that nothing can foresee. */
export function testFile(bytes: number): Uint8Array {
  const content = nodeCipher.randomBytes(bytes)
  content.set(Buffer.from('%PDF-1.7\n'))
  return content
}
