import { z } from 'zod'
import type { Refusal } from '#shared/commands/refusal.ts'
import { MOST_DOCUMENT_BYTES } from '#shared/domain/document/case-document.ts'
import { DOCUMENT_TITLES } from '#shared/domain/document/document-titles.ts'
import type { MediaType } from '#shared/domain/document/media-type.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import type { DocumentItem } from './document-views.ts'
import type { Locked } from './locked.ts'
import { method } from './method.ts'

const place = z.object({ caseId: uuidSchema, documentId: uuidSchema })

/** 문서. */
export const DOCUMENT_METHODS = {
  /** The documents of a case: those that it has and those that are on their way, the oldest first. */
  'document.list': method(z.object({ caseId: uuidSchema })).gives<readonly DocumentItem[], Locked | NotFound>(),
  /** Takes a file in. What kind it is shows in its content; its name is not asked for. */
  'document.attach': method(
    z.object({
      caseId: uuidSchema,
      title: z.enum(DOCUMENT_TITLES),
      // A little more than fits, so that the answer can say why.
      content: z.instanceof(Uint8Array).refine(({ length }) => length <= MOST_DOCUMENT_BYTES + 1)
    })
  ).gives<{ documentId: string }, Locked | AttachFailure>(),
  /** Takes a document back that the centre does not have yet. */
  'document.cancel': method(place).gives<null, Locked | { type: 'NotWaiting' } | { type: 'RoleNotAllowed' }>(),
  /** Tries a refused document once more. */
  'document.retry': method(place).gives<null, Locked | { type: 'NotWaiting' }>(),
  /** Brings a document from the centre to this PC. */
  'document.fetch': method(place).gives<null, Locked | FetchFailure>(),
  /** The content, to be saved to a file; recorded with its purpose. */
  'document.content': method(place.extend({ purpose: z.string().trim().min(2).max(400) })).gives<
    { content: Uint8Array; mediaType: MediaType },
    Locked | FetchFailure
  >()
} as const

type NotFound = { type: 'CaseNotFound' }

export type AttachFailure =
  | { type: 'FileNotTaken'; cause: 'empty' | 'too_large' | 'kind' }
  | { type: 'Refused'; refusal: Refusal }
  | { type: 'DiskFull' }

export type FetchFailure =
  /** Nobody answers, or not now: it is not here and cannot be brought now. */
  | { type: 'CentreUnreachable' }
  /** The case does not have it any more. */
  | { type: 'DocumentGone' }
  /** The centre lost it with a restore. It comes back with a PC that has it, if there is one. */
  | { type: 'DocumentLost' }
  /** What came is not what was attached. */
  | { type: 'DocumentDamaged' }
  | { type: 'DiskFull' }
