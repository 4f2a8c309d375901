import { z } from 'zod'
import { VERSIONED_FIELDS } from '#shared/domain/case/case.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'

/** 충돌 정리: which of the two values shall stand. */
export const resolveConflictSchema = z.object({
  conflictId: z.string().min(1).max(80),
  /** The field that the conflict is about, and the command whose value it showed: what the person had before her eyes. */
  field: z.enum(VERSIONED_FIELDS),
  mineCommandId: uuidSchema,
  /** `theirs`: the value that stands in the case; `mine`: the other one. */
  pick: z.enum(['theirs', 'mine']),
  reason: z.string().trim().max(400)
})
export type ResolveConflict = z.infer<typeof resolveConflictSchema>
