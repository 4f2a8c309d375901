import { z } from 'zod'
import { instantSchema } from '#shared/foundation/primitives.ts'

/** What a PC counts of itself; a number that no column holds is no count. */
export const reportedCountSchema = z.int().nonnegative().max(1_000_000_000)

/** The PC's own count of what waits, in a header of each request under a session. */
export const REPORT_HEADER = 'x-mnk-outbox'
export const outboxReportSchema = z.object({
  waiting: reportedCountSchema,
  refused: reportedCountSchema,
  oldestWaitingAt: instantSchema.nullable()
})
export type OutboxReport = z.infer<typeof outboxReportSchema>

export const writeOutboxReport = ({ waiting, refused, oldestWaitingAt }: OutboxReport): string =>
  [waiting, refused, oldestWaitingAt ?? '-'].join(' ')

/** null: no report, or of another form. */
export function readOutboxReport(text: string): OutboxReport | null {
  const [waiting, refused, oldest] = text.split(' ')
  const oldestWaitingAt = oldest === '-' ? null : oldest
  const report = { waiting: Number(waiting), refused: Number(refused), oldestWaitingAt }
  return outboxReportSchema.safeParse(report).data ?? null
}
