import { z } from 'zod'
import { instantSchema } from '#shared/foundation/primitives.ts'

const count = z.int().min(0)

/** How the cases of a district stand on a day, as the last nightly run found them. Counts alone. */
export const retentionOverviewSchema = z.object({
  /** null: no run has gone well yet. */
  judgedAt: instantSchema.nullable(),
  /** The newest run went wrong: the name of what happened. */
  failed: z.string().max(80).nullable(),
  cases: count,
  /** Nobody can say when these go: their key is missing, or no register of their day is held. */
  unjudged: count,
  /** Kept beyond a term by a hold that nobody has released. */
  held: count,
  /** Whole cases that nothing keeps any more; of them those whose five days are over. */
  due: count,
  overdue: count,
  /** Cases of which parts go before the whole, and are due. */
  earlyDue: count,
  /** Whole cases by the month in which they become due (`2027-01`), from the month of the day on; months without any are left out. */
  months: z.array(z.object({ month: z.string().regex(/^\d{4}-\d{2}$/), cases: count }))
})
export type RetentionOverview = z.infer<typeof retentionOverviewSchema>
