import type { OutboxReport } from '#shared/sync-protocol/outbox-report.ts'
import type { ReadableDb } from '../db/database.ts'
import { countOutbox } from './outbox.ts'

/** What the administrator's list of PCs shows of this one's outbox: counts and a time. */
export function outboxReport(db: ReadableDb): OutboxReport {
  const { waiting, refused } = countOutbox(db)
  const oldestWaitingAt = db.pluck<string | null>(`SELECT min(issued_at) FROM outbox WHERE status = 'waiting'`) ?? null
  return { waiting, refused, oldestWaitingAt }
}
