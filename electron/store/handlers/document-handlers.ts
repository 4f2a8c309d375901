import { err, ok } from '#shared/foundation/result.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import type { DOCUMENT_METHODS } from '#shared/ipc/document-methods.ts'
import { attachDocument } from '../documents/attach-document.ts'
import { cancelAttachment, listDocuments, retryAttachment } from '../documents/document-list.ts'
import { type FetchDeps, fetchDocument, readDocument } from '../documents/fetch-document.ts'
import type { Handlers } from '../port/door.ts'
import type { DeskWork } from './desk-work.ts'
import { type HandlerDeps, withAsyncWork, workDoor } from './work-door.ts'

export function documentHandlers(deps: HandlerDeps): Pick<Handlers, keyof typeof DOCUMENT_METHODS> {
  const withWork = workDoor(deps)
  const fetchDeps = ({ db, documents }: DeskWork): FetchDeps => ({
    ...documents.transfer,
    db,
    now: deps.now,
    onProgress: (caseId) => deps.onCases([caseId])
  })
  return {
    'document.list': withWork((work, { caseId }: ParsedRequestOf<'document.list'>) => listDocuments(work.db, caseId)),
    'document.attach': withAsyncWork(deps, async (work, request: ParsedRequestOf<'document.attach'>) => {
      work.searches.flush()
      const { access, actor, documentCapsule, db, documents } = work
      const { newId, policies } = deps
      const { copies, transfer } = documents
      const { signal } = transfer
      const attachDeps = { ...access, actor, capsule: documentCapsule, newId, policies, copies, signal }
      const attached = await attachDocument(attachDeps, db, request)
      if (attached.ok) {
        deps.onCases([request.caseId])
        transfer.wake()
      }
      return attached
    }),
    'document.cancel': withWork((work, { documentId }: ParsedRequestOf<'document.cancel'>) => {
      const cancelled = cancelAttachment(work.db, { documentId, role: work.actor.role })
      if (!cancelled.ok) return cancelled
      work.documents.tidyCopies()
      work.documentCapsule.tidy()
      work.record({ act: 'detach', caseIds: [cancelled.value.caseId], detail: { sent: 0 } })
      deps.onCases([cancelled.value.caseId])
      return ok(null)
    }),
    'document.retry': withWork((work, { documentId }: ParsedRequestOf<'document.retry'>) => {
      const retried = retryAttachment(work.db, documentId)
      if (!retried.ok) return retried
      deps.onCases([retried.value.caseId])
      work.documents.transfer.wake()
      return ok(null)
    }),
    'document.fetch': withAsyncWork(deps, async (work, request: ParsedRequestOf<'document.fetch'>) => {
      work.record({ act: 'open_document', caseIds: [request.caseId] })
      return await fetchDocument(fetchDeps(work), request)
    }),
    'document.content': withAsyncWork(deps, async (work, request: ParsedRequestOf<'document.content'>) => {
      const fetched = await fetchDocument(fetchDeps(work), request)
      if (!fetched.ok) return fetched
      if (deps.work() !== work) return err({ type: 'DocumentGone' }) // locked meanwhile
      const read = readDocument(work.db, request)
      if (!read.ok) return read
      const { content, document } = read.value
      work.record({
        act: 'save_document',
        caseIds: [request.caseId],
        detail: { title: document.title, bytes: document.bytes },
        reason: request.purpose
      })
      return ok({ content, mediaType: document.mediaType })
    })
  }
}
