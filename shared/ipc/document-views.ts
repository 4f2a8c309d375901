import type { Refusal } from '#shared/commands/refusal.ts'
import type { DocumentTitle } from '#shared/domain/document/document-titles.ts'
import type { MediaType } from '#shared/domain/document/media-type.ts'

/** Where a document is. */
export const DOCUMENT_STATES = [
  'waiting', // at this PC alone: its pieces are on their way to the centre
  'sent', // all its pieces are at the centre, the command that attaches it is on its way
  'refused', // the centre did not take it
  'here', // at the centre, and whole at this PC
  'away' // at the centre, not (or not wholly) at this PC
] as const
export type DocumentState = (typeof DOCUMENT_STATES)[number]

export interface DocumentItem {
  readonly documentId: string
  readonly title: DocumentTitle
  readonly mediaType: MediaType
  readonly bytes: number
  readonly attachedAt: string
  readonly attachedBy: string
  readonly state: DocumentState
  /** How much of it has gone up, or has come here. */
  readonly doneBytes: number
  readonly refusal: Refusal | null
}
