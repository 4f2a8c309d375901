import { z } from 'zod'
import { policyItemIdSchema, registerIdSchema } from '#shared/domain/policy/policy-data.ts'
import { dateSchema, districtCodeSchema, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/**
 * 제3자 제공 건: what one recipient was given, when, by whom and on what basis, and what became of it there. It holds ids,
 * dates and the words of officials; nothing in it tells of a citizen, so it outlives the cases.
 */

/** More than the cases of a district that one recipient serves. */
export const MOST_PERSONS = 50_000

/** The office's number of a paper: an agreement, an official letter, a confirmation. The form forbids personal data. */
export const paperSchema = z.string().trim().min(2).max(120)
const actorAt = { by: uuidSchema, at: instantSchema }

export const provisionRequestSchema = z.object({
  recipientId: registerIdSchema,
  /** The version of the policy in force on the day, by which it is given. */
  policyVersion: dateSchema,
  /** Why now, in the words of the official (안전성 확보조치 기준 12조). */
  purpose: z.string().trim().min(5).max(400),
  /** 근거 문서. */
  document: paperSchema,
  /** The last day of the agreement, where the recipient keeps until then; null where the policy has another term. */
  agreementEndsOn: dateSchema.nullable()
})
export type ProvisionRequest = z.infer<typeof provisionRequestSchema>

/** A proof that came from the recipient, or a request that went there: which paper, and its day. */
const letterSchema = z.object({ ...actorAt, document: paperSchema, on: dateSchema })

export const provisionRunSchema = provisionRequestSchema.extend({
  id: uuidSchema,
  districtCode: districtCodeSchema,
  /** `2026-0001`: the district's running number of the year; no number is given twice or left out. */
  number: z.string().regex(/^\d{4}-\d{4,}$/),
  provisionId: registerIdSchema,
  /** The columns of the file. */
  items: z.array(policyItemIdSchema).min(1),
  persons: z.int().positive(),
  givenBy: uuidSchema,
  deviceId: uuidSchema,
  givenAt: instantSchema,
  /** The last day on which the recipient may keep it; null: the policy names an end that nobody has said yet. */
  keepUntil: dateSchema.nullable(),
  /** null: numbered, and not written yet. */
  file: z.object({ ...actorAt, sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().positive() }).nullable(),
  /** The office's own copy of the file: who destroyed it. */
  fileDestroyed: z.object(actorAt).nullable(),
  /** It was never written and never will be: nothing was given. */
  voided: z.object({ ...actorAt, reason: z.string().trim().max(400) }).nullable(),
  /** 파기 확인: everything of this run is deleted at the recipient. */
  deletion: letterSchema.nullable()
})
export type ProvisionRun = z.infer<typeof provisionRunSchema>

/** 제공 대장: one person of a run. */
export const provisionLineSchema = z.object({
  runId: uuidSchema,
  caseId: uuidSchema,
  /** Her number in the file, by which the recipient finds her without a name in a letter. */
  no: z.int().positive(),
  items: z.array(policyItemIdSchema).min(1),
  /** The answer that allowed it: a record of the case, by its consent, its notice and its time. */
  consent: z.object({ consentId: registerIdSchema, policyVersion: dateSchema, answeredAt: instantSchema }),
  /** She withdrew after the giving: the recipient is to be asked to delete it. */
  withdrawnOn: dateSchema.nullable(),
  asked: letterSchema.nullable(),
  proven: letterSchema.nullable()
})
export type ProvisionLine = z.infer<typeof provisionLineSchema>
