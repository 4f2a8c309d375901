import { z } from 'zod'
import { type Refusal, refusalSchema } from '#shared/commands/refusal.ts'
import { type FieldRevs, fieldRevsSchema, type VersionedField } from '#shared/domain/case/case.ts'
import {
  REFUSED_BLOCKS,
  type RefusedBlock,
  type RefusedCorrection,
  refusedCorrectionSchema
} from '#shared/ipc/refused-draft.ts'

/** The blocks of a case that are corrected by themselves. */
export const CORRECTION_BLOCKS = REFUSED_BLOCKS
export type CorrectionBlock = RefusedBlock

/** A correction that was begun and neither saved nor given up: the desk locked itself, or the program was cut off. */
export interface UnfinishedCorrection {
  readonly draftId: string
  readonly block: CorrectionBlock
  readonly reason: string
  /** As typed; the editor of the block reads it with the schema of its form. */
  readonly form: unknown
  /** The form as it was opened, and the revisions that it showed: what others changed since is not hers. */
  readonly opened: unknown
  readonly seen: FieldRevs | null
  /** Why the centre refused it, when it was sent before; null for what was never sent. */
  readonly refusal: Refusal | null
  /** The values that were refused, until the person changes the form; the form takes them over then. */
  readonly changes: RefusedCorrection['changes'] | null
}

export const correctionBodySchema = z.object({
  block: z.enum(CORRECTION_BLOCKS),
  reason: z.string().max(400).catch(''),
  // What the store makes of a refused change has neither: they come with the first change of the form.
  form: z.unknown().default(null),
  opened: z.unknown().default(null),
  seen: fieldRevsSchema.nullable().catch(null),
  refusal: refusalSchema.nullable().catch(null),
  changes: refusedCorrectionSchema.shape.changes.nullable().catch(null)
})

/** A refused value as it was sent; undefined when the change did not touch the field. */
export const refusedValue = (changes: RefusedCorrection['changes'], field: VersionedField): unknown =>
  changes.find((change) => change.field === field)?.value
