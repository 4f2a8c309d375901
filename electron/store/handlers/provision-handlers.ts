import type { ProvisionAct } from '#shared/commands/provision/provision-act.ts'
import { mayProvide } from '#shared/commands/provision/provision-act.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import type { Locked } from '#shared/ipc/locked.ts'
import { type PROVISION_METHODS, PROVISION_PAGE_ROWS, type ProvisionRefused } from '#shared/ipc/provision-methods.ts'
import {
  MOST_LEFT_OUT_SHOWN,
  type ProvisionLinePage,
  type ProvisionOfCase,
  type ProvisionPreview,
  type ProvisionSummary,
  WHY_LEFT_OUT,
  type WhyLeftOut
} from '#shared/ipc/provision-views.ts'
import type { CentreFailure } from '#shared/ipc/quarantine-methods.ts'
import { provisionActResponseSchema } from '#shared/sync-protocol/provision.ts'
import type { AccessAct } from '../access-log/access-log.ts'
import { caseById } from '../db/case-rows.ts'
import type { ReadableDb } from '../db/database.ts'
import type { Handlers } from '../port/door.ts'
import { linesOfCase, linesOfRun, provisionRun, provisionRuns, withdrawnOfRun } from '../provision/provision-rows.ts'
import type { SelectedPersons } from '../provision/select-persons.ts'
import { askCentre, centreFailure } from './ask-centre.ts'
import type { DeskWork } from './desk-work.ts'
import { giveTo, selectFor, selectionDigest, writeAgain } from './give-provision.ts'
import { type HandlerDeps, withAsyncWork, workDoor } from './work-door.ts'

const NOT_HERS = { type: 'ProvisionRefused', refusal: { type: 'RoleNotAllowed' } } as const

/** 제3자 제공: the ledger as this PC has it, and what is done at the centre. */
export function provisionHandlers(deps: HandlerDeps): Pick<Handlers, keyof typeof PROVISION_METHODS> {
  const withWork = workDoor(deps)
  return {
    'provision.runs': withWork((work) => ok(listRuns(work.db))),
    'provision.lines': withWork((work, request: ParsedRequestOf<'provision.lines'>) => ok(pageOf(work, request))),
    'provision.ofCase': withWork((work, { caseId }: ParsedRequestOf<'provision.ofCase'>) =>
      ok(provisionsOfCase(work.db, caseId))
    ),
    'provision.preview': withAsyncWork(deps, async (work, { recipientId }: ParsedRequestOf<'provision.preview'>) => {
      const selected = await selectFor(deps, work, recipientId)
      return selected.ok ? ok(previewOf(work, recipientId, selected.value)) : selected
    }),
    'provision.give': withAsyncWork(
      deps,
      async (work, { runId, request, digest }: ParsedRequestOf<'provision.give'>) => {
        if (!mayProvide(work.actor.role, 'provision.give')) return err(NOT_HERS)
        const { recipientId } = request
        const selected = await selectFor(deps, work, recipientId)
        if (!selected.ok) return selected
        const { persons } = selected.value
        if (selectionDigest(recipientId, persons) !== digest) return err({ type: 'PreviewStale' })
        return await told(deps, giveTo(deps, work, { runId, request, persons }))
      }
    ),
    'provision.write': withAsyncWork(deps, async (work, { runId }: ParsedRequestOf<'provision.write'>) => {
      if (!mayProvide(work.actor.role, 'provision.give')) return err(NOT_HERS)
      return await told(deps, writeAgain(deps, work, runId))
    }),
    'provision.act': withAsyncWork(deps, (work, request: ParsedRequestOf<'provision.act'>) => act(deps, work, request))
  }
}

/** The window is told when the ledger of this PC changed. */
async function told<T>(deps: HandlerDeps, doing: Promise<T>): Promise<T> {
  const done = await doing
  deps.onProvisions()
  return done
}

/** Of a run that was never written nobody got anything. */
const listRuns = (db: ReadableDb): ProvisionSummary[] =>
  provisionRuns(db).map((run) => ({ ...run, ...(run.file === null ? NOBODY : withdrawnOfRun(db, run.id)) }))
const NOBODY = { toAsk: 0, asked: 0 }

function pageOf({ db, recordLook }: DeskWork, { runId, after }: ParsedRequestOf<'provision.lines'>): ProvisionLinePage {
  const found = linesOfRun(db, { runId, after, most: PROVISION_PAGE_ROWS })
  const caseIds = found.map(({ caseId }) => caseId)
  if (caseIds.length > 0) recordLook({ act: 'list', caseIds, detail: { shown: 'provision', runId } })
  const lines = found.map((line) => ({
    ...line,
    applicationNo: caseById(db, line.caseId)?.record.case.applicationNo ?? null
  }))
  return { lines, next: found.length < PROVISION_PAGE_ROWS ? null : (found.at(-1)?.no ?? null) }
}

const provisionsOfCase = (db: ReadableDb, caseId: string): ProvisionOfCase[] =>
  linesOfCase(db, caseId)
    .flatMap((line) => {
      const run = provisionRun(db, line.runId)
      return run === null || run.voided !== null ? [] : [{ line, run }]
    })
    .toSorted((one, other) => (one.run.givenAt < other.run.givenAt ? 1 : -1))

function previewOf(
  work: DeskWork,
  recipientId: string,
  { persons, leftOut, policyVersion }: SelectedPersons & { readonly policyVersion: string }
): ProvisionPreview {
  const counts = Object.fromEntries(
    WHY_LEFT_OUT.map((why) => [why, leftOut.filter((one) => one.why === why).length])
  ) as Record<WhyLeftOut, number>
  const cases = leftOut.slice(0, MOST_LEFT_OUT_SHOWN)
  const detail = { shown: 'provision_preview', recipientId, selected: persons.length }
  work.recordLook({ act: 'list', caseIds: cases.map(({ caseId }) => caseId), detail })
  const digest = selectionDigest(recipientId, persons)
  return { recipientId, policyVersion, selected: persons.length, digest, leftOut: counts, cases }
}

const ACT_OF = {
  'provision.written': 'save_provision',
  'provision.void': 'void_provision',
  'provision.destroy_file': 'destroy_provision_file',
  'provision.end_agreement': 'end_agreement',
  'provision.ask_deletion': 'ask_deletion',
  'provision.prove_deletion': 'prove_deletion'
} as const

/** Written down before it is done: nothing is done without a line. */
async function act(
  deps: HandlerDeps,
  work: DeskWork,
  { runId, act: done }: ParsedRequestOf<'provision.act'>
): Promise<Result<null, Locked | ProvisionRefused | CentreFailure>> {
  if (!mayProvide(work.actor.role, done.name)) return err(NOT_HERS)
  work.record(lineOf(runId, done))
  const question = { path: `provisions/${runId}/acts`, body: done, answer: provisionActResponseSchema }
  const answer = await askCentre(deps, work, question)
  if (!answer.ok) return err(centreFailure(answer.error))
  if (deps.work() === work) work.sync.wake() // brings the ledger as it is now
  return answer.value.type === 'Done' ? ok(null) : err({ type: 'ProvisionRefused', refusal: answer.value.refusal })
}

function lineOf(runId: string, done: ProvisionAct): AccessAct {
  const reason = done.name === 'provision.void' ? done.args.reason : null
  const document = 'document' in done.args ? { document: done.args.document } : {}
  return { act: ACT_OF[done.name], caseIds: [], detail: { runId, ...document }, reason }
}
