import { z } from 'zod'
import { refusalSchema } from '#shared/commands/refusal.ts'
import { VERSIONED_FIELDS } from '#shared/domain/case/case.ts'

/**
 * What a draft holds whose content comes from a refused command and not from a form: the store makes it, the form reads
 * it. From the first change on the form writes its own body over it.
 */

export const refusedIntakeSchema = z.object({
  refusal: refusalSchema,
  /** The arguments of the intake as they were sent; the form takes what it can read. */
  args: z.unknown()
})
export type RefusedIntake = z.infer<typeof refusedIntakeSchema>

/** The blocks of a case that a refused change opens. */
export const REFUSED_BLOCKS = ['applicant', 'application', 'children', 'helpers', 'household', 'move'] as const
export type RefusedBlock = (typeof REFUSED_BLOCKS)[number]

export const refusedCorrectionSchema = z.object({
  block: z.enum(REFUSED_BLOCKS),
  reason: z.string(),
  refusal: refusalSchema,
  changes: z.array(z.object({ field: z.enum(VERSIONED_FIELDS), value: z.unknown() }))
})
export type RefusedCorrection = z.infer<typeof refusedCorrectionSchema>
