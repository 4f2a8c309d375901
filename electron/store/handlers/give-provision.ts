import { setImmediate } from 'node:timers/promises'
import { canonicalText } from '#shared/domain/access-log/canonical-text.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import type { ProvisionLine, ProvisionRequest, ProvisionRun } from '#shared/domain/provision/provision-run.ts'
import { recipientsOf } from '#shared/domain/provision/select-for-provision.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Locked } from '#shared/ipc/locked.ts'
import type { GiveFailure, RecipientUnknown } from '#shared/ipc/provision-methods.ts'
import type { ProvisionFile } from '#shared/ipc/provision-views.ts'
import { giveResponseSchema } from '#shared/sync-protocol/provision.ts'
import { recordAct } from '../access-log/access-log.ts'
import { caseById } from '../db/case-rows.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { writeProvisionFile } from '../provision/provision-file.ts'
import { linesOfRun, provisionRun, putProvisions } from '../provision/provision-rows.ts'
import { type SelectedPersons, selectPersons } from '../provision/select-persons.ts'
import { askCentre, centreFailure } from './ask-centre.ts'
import type { DeskWork } from './desk-work.ts'
import type { HandlerDeps } from './work-door.ts'

/** Whom the recipient may be given now; null in `persons`' place: the desk was locked meanwhile. */
export async function selectFor(
  { policies, now, work: current }: HandlerDeps,
  work: DeskWork,
  recipientId: string
): Promise<Result<SelectedPersons & { readonly policyVersion: string }, Locked | RecipientUnknown>> {
  const today = koreanDayOf(now())
  const policy = policyInForce(policies, today)
  const terms = policy.ok ? recipientsOf(policy.value).find((one) => one.recipientId === recipientId) : undefined
  if (!policy.ok || terms === undefined) return err({ type: 'RecipientUnknown' })
  const deps = { policies, today, pause: () => setImmediate(), isOver: () => current() !== work }
  const selected = await selectPersons(deps, work.db, terms)
  return selected === null ? err({ type: 'Locked' }) : ok({ ...selected, policyVersion: policy.value.id })
}

/** Of exactly these persons in these revisions, given to this recipient. */
export const selectionDigest = (recipientId: string, persons: SelectedPersons['persons']): string =>
  Buffer.from(
    nodeCipher.sha256(new TextEncoder().encode(canonicalText({ recipientId, persons: persons.map((one) => [...one]) })))
  ).toString('hex')

export interface Giving {
  readonly runId: string
  readonly request: ProvisionRequest
  readonly persons: SelectedPersons['persons']
}

/**
 * Has the run numbered, writes it down here with its line of the access log, and makes the file: in this order, so that
 * nothing can have left that stands in no ledger.
 */
export async function giveTo(
  deps: HandlerDeps,
  work: DeskWork,
  { runId, request, persons }: Giving
): Promise<Result<ProvisionFile, Locked | GiveFailure>> {
  const body = { ...request, persons }
  const question = { path: `provisions/${runId}`, body, method: 'PUT', answer: giveResponseSchema } as const
  const answer = await askCentre(deps, work, question)
  if (!answer.ok) return err(centreFailure(answer.error))
  if (deps.work() !== work) return err({ type: 'Locked' })
  if (answer.value.type === 'Refused') return err({ type: 'ProvisionRefused', refusal: answer.value.refusal })
  const { run, lines } = answer.value
  const policy = deps.policies.find(({ id }) => id === run.policyVersion)
  if (policy === undefined) return err({ type: 'RecipientUnknown' })
  const rows = casesOf(work, lines, new Map(persons))
  if (rows === null) return err({ type: 'PreviewStale' })
  const { content, password } = await writeProvisionFile({ run, policy, persons: rows })
  if (deps.work() !== work) return err({ type: 'Locked' })
  const written = writeDown(work, run, lines)
  if (!written.ok) return written
  const { number } = run
  const sha256 = Buffer.from(nodeCipher.sha256(content)).toString('hex')
  return ok({ runId, number, persons: run.persons, name: `제3자제공-${number}.xlsx`, content, sha256, password })
}

/** The cases as the centre has just selected them; null: one changed here while it did. */
function casesOf({ db }: DeskWork, lines: readonly ProvisionLine[], revs: ReadonlyMap<string, number>) {
  const rows = lines.map((line) => ({ line, record: caseById(db, line.caseId)?.record }))
  return rows.every(({ line, record }) => record !== undefined && record.rev === revs.get(line.caseId))
    ? rows.flatMap(({ line, record }) => (record === undefined ? [] : [{ line, subject: record.case }]))
    : null
}

function writeDown(
  { db, access, searches }: DeskWork,
  run: ProvisionRun,
  lines: readonly ProvisionLine[]
): Result<null, { type: 'DiskFull' }> {
  searches.flush()
  const { id, number, recipientId, persons, purpose } = run
  return withDiskFull<null, never>(() =>
    db.write((tx) => {
      putProvisions(tx, { runs: [run], lines })
      const detail = { runId: id, number, recipientId, persons, items: run.items.length }
      recordAct(tx, access, { act: 'provide', caseIds: lines.map(({ caseId }) => caseId), detail, reason: purpose })
      return ok(null)
    })
  )
}

/** Makes the file of a run that has its number: everybody in it, as her case is now. */
export async function writeAgain(
  deps: HandlerDeps,
  work: DeskWork,
  runId: string
): Promise<Result<ProvisionFile, Locked | GiveFailure>> {
  const run = provisionRun(work.db, runId)
  if (run === null) return err({ type: 'ProvisionRefused', refusal: { type: 'RunNotFound' } })
  const { recipientId, policyVersion, purpose, document, agreementEndsOn } = run
  const lines = linesOfRun(work.db, { runId, after: 0, most: run.persons })
  const persons = lines.map(({ caseId }) => [caseId, caseById(work.db, caseId)?.record.rev ?? 1] as const)
  const request = { recipientId, policyVersion, purpose, document, agreementEndsOn }
  return await giveTo(deps, work, { runId, request, persons })
}
