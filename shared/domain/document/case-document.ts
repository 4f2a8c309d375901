import { z } from 'zod'
import { administrative } from '#shared/domain/case/held.ts'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { DOCUMENT_TITLES } from './document-titles.ts'
import { MEDIA_TYPES } from './media-type.ts'

export const MOST_DOCUMENT_BYTES = 20 * 1024 * 1024
export const MOST_DOCUMENTS = 30
/** A document travels and lies in pieces of this size; the last one is shorter. */
export const CHUNK_BYTES = 256 * 1024
export const MOST_CHUNKS = Math.ceil(MOST_DOCUMENT_BYTES / CHUNK_BYTES)

const sha256Text = () => z.string().regex(/^[0-9a-f]{64}$/)
/** The address of a piece: the SHA-256 of its sealed bytes. */
export const chunkHashSchema = sha256Text()

/**
 * 문서: a paper that was handed in with the application. Its content lies apart, in sealed chunks; what is here opens them.
 * The content is held under the items of its title (`TITLE_ITEMS`).
 */
export const caseDocumentSchema = z.object({
  documentId: administrative('a random id', uuidSchema),
  title: administrative('what paper it is, from a fixed list', z.enum(DOCUMENT_TITLES)),
  mediaType: administrative('the kind of file', z.enum(MEDIA_TYPES)),
  bytes: administrative('the size of the file', z.int().min(1).max(MOST_DOCUMENT_BYTES)),
  sha256: administrative('proves that the content is what was attached', sha256Text()),
  /** SHA-256 of each sealed chunk, in their order: its address at the centre. */
  chunks: administrative('the addresses of the sealed pieces', z.array(sha256Text()).min(1).max(MOST_CHUNKS)),
  /** 32 bytes, base64: seals the chunks. It lies in the case and goes with it. */
  key: administrative('opens the sealed pieces', z.base64().length(44)),
  attachedAt: administrative('workflow', instantSchema),
  attachedBy: administrative('the id of a staff account', uuidSchema)
})
export type CaseDocument = z.infer<typeof caseDocumentSchema>

/** A document as it is before a command has attached it. */
export const newDocumentSchema = caseDocumentSchema
  .omit({ attachedAt: true, attachedBy: true })
  .refine(({ bytes, chunks }) => chunks.length === Math.ceil(bytes / CHUNK_BYTES), { path: ['chunks'] })
export type NewDocument = z.infer<typeof newDocumentSchema>
