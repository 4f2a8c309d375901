import { columnsOf, type ProvisionDeps, termsOfGiving } from '#shared/commands/provision/decide-provision.ts'
import { MOST_NAMED, type NotGiven, type ProvisionRefusal } from '#shared/commands/provision/provision-refusal.ts'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import type { ProvisionLine, ProvisionRun } from '#shared/domain/provision/provision-run.ts'
import {
  type RecipientTerms,
  type Selection,
  selectForProvision
} from '#shared/domain/provision/select-for-provision.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { GiveRequest } from '#shared/sync-protocol/provision.ts'
import { lockCaseRows, tryRowToCase } from '../cases/case-rows.ts'
import type { Centre } from '../centre.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { requireOpenGate } from '../restore/gate.ts'
import { insertRun, linesOf, lockRun, takeNumber } from './provision-rows.ts'

export type GiveDeps = Pick<Centre, 'pool' | 'cipher' | 'keyRing' | 'policies' | 'now'>

export interface Giving extends GiveRequest {
  readonly runId: string
  readonly actor: ProvisionDeps['actor']
  readonly deviceId: string
}

export interface Numbered {
  readonly run: ProvisionRun
  readonly lines: readonly ProvisionLine[]
}

/**
 * Numbers a run and writes down each of its persons, before any file is written: a file without a line cannot be. Every
 * case is locked and selected anew by what the centre knows; one that may not be given, or that the PC knows otherwise,
 * and nothing is numbered. The same run again gets its number again, as long as its file is not written and everybody in it
 * may still be given.
 */
export const give = (deps: GiveDeps, giving: Giving): Promise<Result<Numbered, ProvisionRefusal>> =>
  runTx(deps.pool, (tx) => giveIn(tx, deps, giving), { retryUniqueViolation: true })

async function giveIn(tx: Tx, deps: GiveDeps, giving: Giving): Promise<Result<Numbered, ProvisionRefusal>> {
  const { actor } = giving
  const [at, today] = [deps.now(), koreanDayOf(deps.now())]
  await requireOpenGate(tx, actor.districtCode)
  const policy = policyInForce(deps.policies, today)
  if (!policy.ok) return err({ type: 'PolicyChanged' })
  const decided = termsOfGiving({ actor, at }, policy.value, giving)
  if (!decided.ok) return decided
  const { terms, keepUntil } = decided.value
  const known = await lockRun(tx, giving.runId)
  const refused = known === null ? null : whyNotAgain(known, giving)
  if (refused !== null) return err(refused)
  const selected = await selectPersons(tx, { ...deps, today }, { terms, giving })
  if (!selected.ok) return selected
  if (known !== null) {
    const lines = await linesOf(tx, known.id)
    return isSame(lines, selected.value) ? ok({ run: known, lines }) : err({ type: 'OtherRun' })
  }
  const { purpose, document, agreementEndsOn, recipientId, policyVersion, runId: id, deviceId } = giving
  const { districtCode } = actor
  const run: ProvisionRun = {
    ...{ id, districtCode, number: await takeNumber(tx, { districtCode, on: today }) },
    ...{ recipientId, policyVersion, purpose, document, agreementEndsOn, provisionId: terms.provisionId },
    ...{ items: columnsOf(terms, selected.value), persons: selected.value.length },
    ...{ givenBy: actor.id, deviceId, givenAt: at, keepUntil },
    ...{ file: null, fileDestroyed: null, voided: null, deletion: null }
  }
  await insertRun(tx, run, selected.value)
  return ok({ run, lines: selected.value })
}

function whyNotAgain(known: ProvisionRun, { actor, recipientId }: Giving): ProvisionRefusal | null {
  if (known.districtCode !== actor.districtCode) return { type: 'RunNotFound' }
  if (known.givenBy !== actor.id || known.recipientId !== recipientId) return { type: 'OtherRun' }
  if (known.voided !== null) return { type: 'AlreadyDone' }
  return known.file === null ? null : { type: 'AlreadyWritten' }
}

const isSame = (one: readonly ProvisionLine[], other: readonly ProvisionLine[]): boolean =>
  JSON.stringify(one.map(lineKey)) === JSON.stringify(other.map(lineKey))
const lineKey = ({ caseId, items, consent: { answeredAt } }: ProvisionLine) => [caseId, items, answeredAt]

interface Selecting {
  readonly terms: RecipientTerms
  readonly giving: Giving
}

async function selectPersons(
  tx: Tx,
  deps: GiveDeps & { readonly today: string },
  { terms, giving }: Selecting
): Promise<Result<ProvisionLine[], ProvisionRefusal>> {
  const revs = new Map(giving.persons)
  const caseIds = [...revs.keys()].toSorted()
  const rows = new Map((await lockCaseRows(tx, caseIds)).map((row) => [row.id, row]))
  const keys = await deps.keyRing.caseKeys([...rows.keys()])
  const lines: ProvisionLine[] = []
  const persons: Array<{ caseId: string; why: NotGiven }> = []
  for (const caseId of caseIds) {
    const [row, key] = [rows.get(caseId), keys.get(caseId)]
    const record = row === undefined || key === undefined ? null : tryRowToCase({ cipher: deps.cipher, key }, row)
    const isOurs = record?.case.districtCode === giving.actor.districtCode
    const selection = record !== null && isOurs ? selectForProvision(deps, terms, record.case) : null
    const why = whyNot(selection, { isCurrent: record?.rev === revs.get(caseId) })
    if (why !== null) persons.push({ caseId, why })
    else if (selection?.type === 'Selected') lines.push(lineOf(giving.runId, caseId, lines.length + 1, selection))
  }
  const changed: ProvisionRefusal = { type: 'SelectionChanged', persons: persons.slice(0, MOST_NAMED) }
  return persons.length > 0 ? err(changed) : ok(lines)
}

/** What is of another district is not there. */
function whyNot(selection: Selection | null, { isCurrent }: { readonly isCurrent: boolean }): NotGiven | null {
  if (selection === null) return 'gone'
  if (selection.type === 'LeftOut') return selection.why
  return isCurrent ? null : 'changed'
}

const lineOf = (
  runId: string,
  caseId: string,
  no: number,
  { items, consent: { consentId, policyVersion, answeredAt } }: Selection & { type: 'Selected' }
): ProvisionLine => ({
  ...{ runId, caseId, no, items: [...items], consent: { consentId, policyVersion, answeredAt } },
  ...{ withdrawnOn: null, asked: null, proven: null }
})
