import { z } from 'zod'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { administrative } from '#shared/domain/case/held.ts'
import { dateSchema, type IsoDate, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** 이의신청, 환수, 소송, 감사, 열람요구, 기타. */
export const HOLD_KINDS = ['objection', 'clawback', 'litigation', 'audit', 'access_request', 'other'] as const
export type HoldKind = (typeof HOLD_KINDS)[number]

/** Open and released ones together. */
export const MOST_HOLDS = 50

const reasonSchema = () => administrative('why; the form forbids personal data here', z.string().trim().min(1).max(400))
const accountId = () => administrative('the id of a staff account', uuidSchema)
const moment = () => administrative('workflow', instantSchema)

/** 보존 보류: why a case is kept although a term is over. Several may stand at once; each is released by itself. */
export const holdSchema = z.object({
  /** The id of the command that placed it. */
  id: administrative('a random id', uuidSchema),
  kind: administrative('workflow', z.enum(HOLD_KINDS)),
  /** The law and article, or the order, that it rests on. */
  basis: administrative('a law or an order', z.string().trim().min(1).max(200)),
  placedBy: accountId(),
  placedAt: moment(),
  reason: reasonSchema(),
  /** The last day of the hold; null: until somebody releases it. */
  endsOn: administrative('workflow', dateSchema.nullable()),
  release: z.object({ by: accountId(), at: moment(), reason: reasonSchema() }).nullable()
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
