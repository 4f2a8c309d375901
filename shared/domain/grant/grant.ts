import { z } from 'zod'
import { roleSchema } from '#shared/domain/account/account.ts'
import { caseFieldSchema } from '#shared/domain/case/case-parts.ts'
import { unmaskableSchema } from '#shared/domain/case/unmaskable.ts'
import { dateSchema, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** 접근 권한 (안전성 확보조치 기준 5조): from when to when an account may be used, and which part of its role it has. */

export const grantTermsSchema = z.object({
  startsOn: dateSchema,
  /** The last day; null: until it is revoked. */
  endsOn: dateSchema.nullable(),
  /** Fields of a case that may be corrected; null: all that the role may. */
  edits: z.array(caseFieldSchema).nullable(),
  /** Masked values that may be shown for a reason; null: all. */
  reveals: z.array(unmaskableSchema).nullable()
})
export type GrantTerms = z.infer<typeof grantTermsSchema>

/** What stands behind a change of somebody's rights: 사유, 승인자, 근거문서. */
export const grantGroundsSchema = z.object({
  reason: z.string().trim().min(5).max(400),
  /** An official who may approve it; the paper that she signed is the document. */
  approverId: uuidSchema,
  /** The number of the paper in the office's document system. */
  document: z.string().trim().min(1).max(80)
})
export type GrantGrounds = z.infer<typeof grantGroundsSchema>

export const GRANT_KINDS = ['given', 'changed', 'revoked', 'given_again'] as const

/** 권한 관리대장: one line, never changed, kept three years and longer (기준 5조 3항). */
export const grantEntrySchema = z.object({
  id: uuidSchema,
  at: instantSchema,
  kind: z.enum(GRANT_KINDS),
  accountId: uuidSchema,
  /** As the account was called then. */
  login: z.string(),
  displayName: z.string(),
  role: roleSchema,
  /** Who did it; null: an operator of the centre, by its command line. */
  byId: uuidSchema.nullable(),
  /** null: by an operator. */
  approverId: uuidSchema.nullable(),
  document: z.string(),
  reason: z.string(),
  before: grantTermsSchema.nullable(),
  /** null: revoked. */
  after: grantTermsSchema.nullable()
})
export type GrantEntry = z.infer<typeof grantEntrySchema>
