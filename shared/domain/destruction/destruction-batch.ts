import { z } from 'zod'
import { CASE_FIELDS } from '#shared/domain/case/case-parts.ts'
import { registerIdSchema } from '#shared/domain/policy/policy-data.ts'
import { dateSchema, districtCodeSchema, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { batchStateSchema } from './batch-state.ts'

/**
 * 파기 건: which cases, or which fields of them, are to be destroyed, why, and who said so. It holds ids, dates and the
 * words of officials; nothing in it tells of a citizen, so it outlives what it destroys.
 */

/** Why something is due (제7조 ①; 개인정보 보호법 21조, 22조의2 3항, 37조 5항). */
export const DUE_CAUSES = ['term_over', 'purpose_over', 'consent_withdrawn', 'guardian_unconfirmed'] as const
export const dueCauseSchema = z.enum(DUE_CAUSES)
export type DueCause = (typeof DUE_CAUSES)[number]

const reasonSchema = z.string().trim().max(400)

/**
 * Why the execution leaves out what was approved: another revision, a hold, an open conflict; it is not in the district
 * any more. `fields`: single fields stay due, because only whole cases are destroyed yet.
 */
export const DROP_CAUSES = ['changed', 'held', 'disputed', 'gone', 'fields'] as const

/** Why a listed item is not destroyed with this batch. */
const exclusionSchema = z.discriminatedUnion('kind', [
  /** 검토에서 제외. */
  z.object({ kind: z.literal('excluded'), by: uuidSchema, at: instantSchema, reason: reasonSchema }),
  /** 보존 연장, to this day at most. */
  z.object({
    kind: z.literal('extended'),
    by: uuidSchema,
    at: instantSchema,
    reason: reasonSchema,
    until: dateSchema
  }),
  /** It was not the same any more when it was to be destroyed. */
  z.object({ kind: z.literal('dropped'), at: instantSchema, cause: z.enum(DROP_CAUSES) })
])
export type Exclusion = z.infer<typeof exclusionSchema>

export const batchItemSchema = z.object({
  caseId: uuidSchema,
  /** The revision of the case that was judged: any other revision is another thing than what was approved. */
  rev: z.int().positive(),
  /** The whole case, or the fields that are due before it. */
  parts: z.union([z.literal('case'), z.array(z.enum(CASE_FIELDS)).min(1)]),
  cause: dueCauseSchema,
  /** 파기 예정일: the first day on which it may not be kept any more. */
  dueOn: dateSchema,
  /** 기록물 만료: the last day of the record term; `open`: the case is not completed; null: it is no record. */
  recordsUntil: z.union([dateSchema, z.literal('open')]).nullable()
})
export type BatchItem = z.infer<typeof batchItemSchema>

export const listedItemSchema = batchItemSchema.extend({ exclusion: exclusionSchema.nullable() })
export type ListedItem = z.infer<typeof listedItemSchema>

export const batchPlanSchema = z.object({
  /** The registered file of the policy (제1조 ④). */
  fileId: registerIdSchema,
  /** What is due by this day; nothing of it is destroyed before. */
  dueUpTo: dateSchema,
  /** 유예: days between the approval and the execution. */
  coolingDays: z.int().min(1).max(90),
  note: z.string().trim().max(400)
})
export type BatchPlan = z.infer<typeof batchPlanSchema>

/** 별지 4: what the request says besides the list. */
export const batchRequestSchema = z.object({
  scheduledOn: dateSchema,
  place: z.string().trim().min(1).max(80),
  /** 입회자. */
  witnessId: uuidSchema,
  /** How the destruction is confirmed, whether backups are dealt with, what becomes of the media. */
  confirmation: z.string().trim().min(1).max(200),
  backups: z.string().trim().min(1).max(200),
  media: z.string().trim().min(1).max(200)
})
export type BatchRequest = z.infer<typeof batchRequestSchema>

export const BATCH_ACTS = [
  'plan',
  'submit',
  'review',
  'request',
  'approve',
  'return',
  'abort',
  'execute',
  'verify',
  'complete'
] as const
const batchStepSchema = z.object({
  act: z.enum(BATCH_ACTS),
  /** null: the centre. */
  by: uuidSchema.nullable(),
  at: instantSchema,
  reason: reasonSchema
})
export type BatchStep = z.infer<typeof batchStepSchema>

export const approvalSchema = z.object({
  by: uuidSchema,
  at: instantSchema,
  /** SHA-256 of the exact list, in hex (`batchDigest`). */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Ed25519 over the digest, base64. */
  signature: z.base64().max(120)
})
export type Approval = z.infer<typeof approvalSchema>

/** An office that has more to destroy plans several batches. */
export const MOST_BATCH_ITEMS = 20_000

/** With so many steps a batch is not submitted any more; from there to its end it takes fewer than a dozen. */
export const MOST_STEPS_TO_SUBMIT = 100
const MOST_BATCH_STEPS = MOST_STEPS_TO_SUBMIT + 12

export const destructionBatchSchema = z.object({
  id: uuidSchema,
  districtCode: districtCodeSchema,
  state: batchStateSchema,
  rev: z.int().positive(),
  /** 작성자: who planned it, and who asks for the approval. */
  authorId: uuidSchema,
  plan: batchPlanSchema,
  items: z.array(listedItemSchema).max(MOST_BATCH_ITEMS),
  steps: z.array(batchStepSchema).max(MOST_BATCH_STEPS),
  request: batchRequestSchema.nullable(),
  approval: approvalSchema.nullable(),
  /** Not executed before, by the centre's time: it cools off, and everything in it is due by then. null: not approved. */
  coolsUntil: instantSchema.nullable()
})
export type DestructionBatch = z.infer<typeof destructionBatchSchema>

/** A batch without its list, which is stored and sent apart. */
export const batchHeadSchema = destructionBatchSchema.omit({ items: true })
export type BatchHead = z.infer<typeof batchHeadSchema>

/** What is to be destroyed: nobody has taken it out. */
export const itemsToDestroy = ({ items }: DestructionBatch): readonly ListedItem[] =>
  items.filter(({ exclusion }) => exclusion === null)

/** What stood in the list when it was asked to be approved, and was approved: what dropped out of it since included. */
export const isAskedFor = ({ exclusion }: ListedItem): boolean => exclusion === null || exclusion.kind === 'dropped'

export function countCauses(items: readonly Pick<BatchItem, 'cause'>[]): Record<DueCause, number> {
  const counts = { term_over: 0, purpose_over: 0, consent_withdrawn: 0, guardian_unconfirmed: 0 }
  for (const { cause } of items) counts[cause] += 1
  return counts
}

/** Who took part in making the list, and therefore cannot approve it. */
export const makersOf = ({ authorId, items, steps }: DestructionBatch): ReadonlySet<string> =>
  new Set([
    authorId,
    ...items.flatMap(({ exclusion }) => (exclusion !== null && 'by' in exclusion ? [exclusion.by] : [])),
    ...steps.flatMap(({ act, by }) =>
      by !== null && (act === 'plan' || act === 'submit' || act === 'review') ? [by] : []
    )
  ])
