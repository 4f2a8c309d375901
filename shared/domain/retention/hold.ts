import { z } from 'zod'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { dateSchema, type IsoDate, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** 이의신청, 환수, 소송, 감사, 열람요구, 기타. */
export const HOLD_KINDS = ['objection', 'clawback', 'litigation', 'audit', 'access_request', 'other'] as const
export type HoldKind = (typeof HOLD_KINDS)[number]

const reasonSchema = z.string().trim().min(1).max(400)

/** 보존 보류: why a case is kept although a term is over. Several may stand at once; each is released by itself. */
export const holdSchema = z.object({
  id: uuidSchema,
  kind: z.enum(HOLD_KINDS),
  /** The law and article, or the order, that it rests on. */
  basis: z.string().trim().min(1).max(200),
  placedBy: uuidSchema,
  placedAt: instantSchema,
  reason: reasonSchema,
  /** The last day of the hold; null: until somebody releases it. */
  endsOn: dateSchema.nullable(),
  release: z.object({ by: uuidSchema, at: instantSchema, reason: reasonSchema }).nullable()
})
export type Hold = z.infer<typeof holdSchema>

/**
 * The last day on which the hold keeps the case, the day of its release included: what is released in the morning is not
 * overdue by noon. null: nobody knows yet.
 */
export function holdEnd({ endsOn, release }: Hold): IsoDate | null {
  if (release === null) return endsOn
  const releasedOn = koreanDayOf(release.at)
  return endsOn !== null && endsOn < releasedOn ? endsOn : releasedOn
}

/** The hold stands on the day: it is neither released nor past its end. */
export const isOpenHold = (hold: Hold, on: IsoDate): boolean =>
  hold.release === null && (hold.endsOn === null || on <= hold.endsOn)
