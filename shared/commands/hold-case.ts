import { z } from 'zod'
import { holdSchema } from '#shared/domain/retention/hold.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'

const reason = z.string().trim().max(400)

/** 보존 보류: keeps the case, whatever its terms say, until the last day or the release. */
export const holdCaseSchema = z.object({
  kind: holdSchema.shape.kind,
  basis: z.string().trim().max(200),
  reason,
  endsOn: holdSchema.shape.endsOn
})

/** 보류 해제 of one hold; the others stand. */
export const releaseHoldSchema = z.object({ holdId: uuidSchema, reason })
