import { z } from 'zod'
import { caseFieldSchema } from '#shared/domain/case/case-parts.ts'
import { unmaskableSchema } from '#shared/domain/case/unmaskable.ts'
import { dateSchema, districtCodeSchema, uuidSchema } from '#shared/foundation/primitives.ts'

export const ROLES = ['caseworker', 'privacy_officer', 'supervisor', 'administrator'] as const
export const roleSchema = z.enum(ROLES)
export type Role = (typeof ROLES)[number]

/** Whose work concerns cases. An administrator manages accounts and PCs and sees no case, at the centre or at a desk. */
export const CASE_ROLES: readonly Role[] = ['caseworker', 'privacy_officer', 'supervisor']
export const seesCases = (role: Role): boolean => CASE_ROLES.includes(role)

/** Whose hand changes cases and decides their conflicts; the others read. */
export const changesCases = (role: Role): boolean => role === 'caseworker'

/** Who watches over the office's dealings with data; sees what all caseworkers do. */
export const oversees = (role: Role): boolean => role === 'supervisor' || role === 'privacy_officer'

/** A member of the office's staff who may sign in. */
export const accountSchema = z.object({
  id: uuidSchema,
  login: z.string().regex(/^[a-z][a-z0-9._-]{2,31}$/),
  displayName: z.string().min(1).max(40),
  department: z.string().max(60),
  role: roleSchema,
  districtCode: districtCodeSchema,
  /** Fields of a case that she may correct; all that her role may unless said. */
  edits: z.array(caseFieldSchema).optional(),
  /** Masked values that she may be shown for a reason; all unless said. */
  reveals: z.array(unmaskableSchema).optional(),
  /** The last day on which she may work; none unless said. */
  worksUntil: dateSchema.optional()
})
export type Account = z.infer<typeof accountSchema>

/** Who acts: what `decide()` needs to know of her. */
export const actorSchema = accountSchema.pick({ id: true, role: true, districtCode: true, edits: true })
export type Actor = z.infer<typeof actorSchema>
