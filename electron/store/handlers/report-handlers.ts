import { z } from 'zod'
import { canonicalText } from '#shared/domain/access-log/canonical-text.ts'
import { oversees } from '#shared/domain/account/account.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { mayKeepUntil } from '#shared/domain/report/report.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import type { Locked } from '#shared/ipc/locked.ts'
import type { CentreFailure } from '#shared/ipc/quarantine-methods.ts'
import type { REPORT_METHODS, ReportRefused } from '#shared/ipc/report-methods.ts'
import type { ReportJob } from '#shared/ipc/report-views.ts'
import { orderedReportSchema, reportsResponseSchema } from '#shared/sync-protocol/reports.ts'
import type { Handlers } from '../port/door.ts'
import { exportReport } from '../reports/export-report.ts'
import type { FilePlace } from '../reports/part-file.ts'
import { openReportLines } from '../reports/report-stream.ts'
import { NOT_SAVED } from '../reports/report-words.ts'
import { callCentre } from '../session/centre-call.ts'
import { staffNames } from '../staff/staff.ts'
import { actAtCentre, askCentre, centreFailure } from './ask-centre.ts'
import type { DeskWork } from './desk-work.ts'
import { type HandlerDeps, withAsyncWork, workDoor } from './work-door.ts'

type Start = ParsedRequestOf<'report.start'>

interface Running {
  readonly work: DeskWork
  readonly stop: AbortController
  job: ReportJob
}

/** 보고서: written here one at a time, from what the centre sends. A desk that is locked breaks it off. */
export function reportHandlers(deps: HandlerDeps): Pick<Handlers, keyof typeof REPORT_METHODS> {
  let newest: Running | null = null
  const withWork = workDoor(deps)
  const ofThisWork = (work: DeskWork): Running | null => (newest?.work === work ? newest : null)
  return {
    'report.start': withAsyncWork(deps, async (work, request: Start) => {
      if (!oversees(work.actor.role)) return err({ type: 'RoleNotAllowed' })
      if (newest?.job.state.type === 'running') return err({ type: 'ReportRunning' })
      const begun = await begin(deps, work, request)
      if (!begun.ok) return begun
      const running: Running = { work, stop: new AbortController(), job: begun.value.job }
      newest = running
      deps.background(run(deps, running, { ...begun.value, request }))
      return ok(running.job)
    }),
    'report.job': withWork((work) => ok(ofThisWork(work)?.job ?? null)),
    'report.cancel': withWork((work) => {
      ofThisWork(work)?.stop.abort()
      return ok(null)
    }),
    'report.list': withAsyncWork(deps, async (work, { before, due }: ParsedRequestOf<'report.list'>) => {
      const query = new URLSearchParams({
        ...(before !== null && { before: String(before) }),
        ...(due && { dueBy: koreanDayOf(deps.now()) })
      })
      const answer = await askCentre(deps, work, { path: `reports?${query}`, answer: reportsResponseSchema })
      return answer.ok ? answer : err(centreFailure(answer.error))
    }),
    'report.noteDeleted': withAsyncWork(
      deps,
      async (work, { reportId, how }: ParsedRequestOf<'report.noteDeleted'>) => {
        work.record({ act: 'delete_report', caseIds: [], detail: { reportId }, reason: how })
        const done = await actAtCentre(deps, work, `reports/${reportId}/deleted`, { how })
        return done.ok ? ok(null) : err(centreFailure(done.error))
      }
    )
  }
}

interface Begun {
  readonly job: ReportJob
  readonly place: FilePlace
  readonly orderedAt: string
}

/** Nothing has a number before she has proved herself, and nothing is written before the access log says so. */
async function begin(
  deps: HandlerDeps,
  work: DeskWork,
  { placeId, order, password }: Start
): Promise<Result<Begun, Locked | ReportRefused | CentreFailure>> {
  if (!mayKeepUntil(koreanDayOf(deps.now()), order.deleteBy)) return err({ type: 'KeptTooLong' })
  const proved = await deps.session.sign({ password, messageFor: () => orderMessage(order) })
  if (!proved.ok) return proved
  const place = await deps.places.take(placeId)
  if (place === null) return err({ type: 'PlaceGone' })
  const ordered = await askCentre(deps, work, { path: 'reports', body: order, answer: orderedReportSchema })
  if (!ordered.ok) return err(centreFailure(ordered.error))
  if (deps.work() !== work) return err({ type: 'Locked' })
  const { id: reportId, kind, format, from, to, scope, purpose } = order
  const { no, orderedAt } = ordered.value
  work.record({
    act: 'export_report',
    caseIds: scope.type === 'case' ? [scope.caseId] : [],
    detail: { no, kind, format, from, to },
    reason: purpose
  })
  const counted = { done: 0, total: 0, rows: 0, bytes: 0 }
  return ok({ job: { reportId, no, kind, format, ...counted, state: { type: 'running' } }, place, orderedAt })
}

/** The password opens her key now, and again at the end, when the file is signed. */
const orderMessage = (order: Start['order']): Uint8Array =>
  new TextEncoder().encode(`mnk report order 1\n${canonicalText(order)}`)

async function run(deps: HandlerDeps, running: Running, { request, place, orderedAt }: Begun & { request: Start }) {
  const { work, stop } = running
  const { reportId, no } = running.job
  const { districtCode, id: signer } = work.actor
  const isStopped = (): boolean => stop.signal.aborted || deps.work() !== work
  const change = (over: Partial<ReportJob>): void => {
    running.job = { ...running.job, ...over }
  }
  // A desk that is locked meanwhile still tells the centre how it ended, and its store is closed by then.
  const line = { serverUrl: work.line.serverUrl, token: work.line.token() ?? '' }
  const tell = async (how: 'finish' | 'cancel' | 'deleted', body: object): Promise<boolean> => {
    const path = `reports/${reportId}/${how}`
    return (await callCentre(deps, { ...line, path, body, authorization: `Bearer ${line.token}`, answer: z.null() })).ok
  }
  const number = `${districtCode}-R${no}`
  const authorName = staffNames(work.db)[signer] ?? signer
  const lines = await openReportLines(deps, { ...line, reportId, signal: stop.signal })
  const ended = await exportReport(
    {
      place,
      head: { order: request.order, number, districtCode, orderedAt, authorName },
      filePassword: request.filePassword,
      about: { kind: 'audit_report', number, signedAt: deps.now(), signer },
      printPaper: deps.printPaper,
      sign: async (messageFor) => {
        if (isStopped()) return null
        const signed = await deps.session.sign({ password: request.password, messageFor })
        return signed.ok ? signed.value : null
      },
      register: (result) => tell('finish', result),
      withdraw: () => tell('deleted', { how: NOT_SAVED }),
      isStopped,
      onProgress: change
    },
    lines.ok ? lines.value : noLines()
  )
  deps.places.done(request.placeId)
  if (ended.ok) {
    const { rows, fileBytes: bytes, fileDigest } = ended.value
    change({ rows, bytes, state: { type: 'finished', fileDigest } })
    return
  }
  const { error } = ended
  change({ state: error.type === 'Stopped' ? { type: 'cancelled' } : { type: 'failed', trouble: error.trouble } })
  await tell('cancel', {}) // where nobody answers its number stays open in the register
}

/** A centre that does not answer is a line that was cut at its beginning. */
async function* noLines(): AsyncGenerator<never> {}
