import { z } from 'zod'
import { caseStateSchema } from '#shared/domain/case/case-state.ts'

/** 상태 변경 with the reason that the history shows. */
export const moveCaseSchema = z.object({
  to: caseStateSchema,
  reason: z.string().trim().max(400)
})
