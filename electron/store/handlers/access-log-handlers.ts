import type { LogEntry } from '#shared/domain/access-log/log-entry.ts'
import { addDays, startOfKoreanDay } from '#shared/domain/calendar/day.ts'
import { err, ok } from '#shared/foundation/result.ts'
import { type ACCESS_LOG_METHODS, type LogQuestion, MOST_CASES_NAMED } from '#shared/ipc/access-log-methods.ts'
import type { LogLine, LogStand } from '#shared/ipc/access-log-views.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import { logEntriesResponseSchema } from '#shared/sync-protocol/access-log-entries.ts'
import { logReviewsResponseSchema } from '#shared/sync-protocol/access-log-reviews.ts'
import { logStandsResponseSchema } from '#shared/sync-protocol/access-log-stands.ts'
import type { ReadableDb } from '../db/database.ts'
import type { Handlers } from '../port/door.ts'
import { applicationNumbers } from '../queries/application-numbers.ts'
import { staffNames } from '../staff/staff.ts'
import { actAtCentre, askCentre, centreFailure } from './ask-centre.ts'
import { type HandlerDeps, withAsyncWork } from './work-door.ts'

/** 접속기록: asked at the centre, shown, and not kept; that somebody looked is a line of the log itself. */
export function accessLogHandlers(deps: HandlerDeps): Pick<Handlers, keyof typeof ACCESS_LOG_METHODS> {
  return {
    'accessLog.lines': withAsyncWork(deps, async (work, question: ParsedRequestOf<'accessLog.lines'>) => {
      const path = `admin/access-log/lines?${queryOf(question)}`
      const answer = await askCentre(deps, work, { path, answer: logEntriesResponseSchema })
      if (!answer.ok) return err(centreFailure(answer.error))
      const { lines, next } = answer.value
      const { from, to, caseId } = question
      work.record({
        act: 'inspect_log',
        caseIds: caseId === null ? [] : [caseId],
        detail: { from, to, lines: lines.length }
      })
      return ok({ lines: named(work.db, lines), next })
    }),
    'accessLog.pcs': withAsyncWork(deps, async (work) => {
      const pcs: LogStand[] = []
      for (let after: string | null = null; ; ) {
        const path: string = `admin/access-log/pcs${after === null ? '' : `?after=${after}`}`
        const answer = await askCentre(deps, work, { path, answer: logStandsResponseSchema })
        if (!answer.ok) return err(centreFailure(answer.error))
        pcs.push(...answer.value.pcs)
        after = answer.value.next
        if (after === null) return ok(pcs)
      }
    }),
    'accessLog.reviews': withAsyncWork(deps, async (work) => {
      const answer = await askCentre(deps, work, { path: REVIEWS, answer: logReviewsResponseSchema })
      return answer.ok ? ok(answer.value.months) : err(centreFailure(answer.error))
    }),
    'accessLog.signReview': withAsyncWork(deps, async (work, review: ParsedRequestOf<'accessLog.signReview'>) => {
      if (work.actor.role !== 'supervisor') return err({ type: 'RoleNotAllowed' })
      work.record({ act: 'review_log', caseIds: [], detail: { month: review.month }, reason: review.remark })
      const done = await actAtCentre(deps, work, REVIEWS, review)
      return done.ok ? ok(null) : err(centreFailure(done.error))
    })
  }
}

const REVIEWS = 'admin/access-log/reviews'

function queryOf({ from, to, ...by }: LogQuestion): URLSearchParams {
  const query = new URLSearchParams({ from: startOfKoreanDay(from), to: startOfKoreanDay(addDays(to, 1)) })
  for (const [name, value] of Object.entries(by)) if (value !== null) query.set(name, String(value))
  return query
}

function named(db: ReadableDb, entries: readonly LogEntry[]): LogLine[] {
  const names = staffNames(db)
  return entries.map((entry) => {
    const caseIds = entry.caseIds.slice(0, MOST_CASES_NAMED)
    const numbers = applicationNumbers(db, caseIds)
    return {
      ...entry,
      who: names[entry.accountId] ?? null,
      cases: caseIds.map((caseId) => ({ caseId, applicationNo: numbers.get(caseId) ?? null }))
    }
  })
}
