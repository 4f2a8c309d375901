import type { z } from 'zod'
import { caseSchema } from '#shared/domain/case/case.ts'

/** 신청 접수: what an intake says. Number, state, due date and history are the rule's to make. */
export const registerCaseSchema = caseSchema.pick({
  dongCode: true,
  service: true,
  appliedOn: true,
  applicant: true,
  children: true,
  helpers: true,
  household: true,
  consents: true
})
export type RegisterCase = z.infer<typeof registerCaseSchema>
