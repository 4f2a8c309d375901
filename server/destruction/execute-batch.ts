import {
  beginExecution,
  beginVerification,
  dropUnlessListed,
  type ExecutionRefusal,
  type ItemFound
} from '#shared/commands/destruction/execute-batch.ts'
import type { BatchHead, DestructionBatch, ListedItem } from '#shared/domain/destruction/destruction-batch.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { CASE_COLUMNS, type CaseRow, lockCaseRows } from '../cases/case-rows.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { requireOpenGate } from '../restore/gate.ts'
import { destroySnapshotsOf } from '../snapshot/snapshots.ts'
import { takeSeqs } from '../sync/district-stream.ts'
import { keepMarkers, type MarkerDeps } from './batch-markers.ts'
import { lockBatches, lockHead, openItems, writeBatches, writeHead, writeItems } from './batch-rows.ts'
import { buryKeys } from './buried-keys.ts'
import { type BuryDeps, layToRest } from './bury-cases.ts'
import { openLedger } from './copy-ledger.ts'
import { type FindItemsDeps, findItems } from './find-items.ts'
import { signatureCheckAt } from './signing-keys.ts'

export interface ExecuteDeps extends BuryDeps, FindItemsDeps, MarkerDeps {
  readonly keyRing: BuryDeps['keyRing'] & FindItemsDeps['keyRing'] & MarkerDeps['keyRing']
}

/**
 * 집행: destroys at the centre what is in the list and still as it was approved, a step of cases at a time. Cut off
 * anywhere, the next call goes on; two app servers at once do nothing twice.
 */
export async function executeBatch(
  deps: ExecuteDeps,
  batchId: string,
  casesAStep = CASES_A_STEP
): Promise<Result<null, ExecutionRefusal>> {
  const begun = await begin(deps, batchId)
  if (!begun.ok) return begun
  for (let after = NO_ID; ; ) {
    const last = await buryStep(deps, { batchId, after, limit: casesAStep })
    if (last !== null) after = last
    else if (await finish(deps, batchId)) return ok(null)
    else after = NO_ID
  }
}

const NO_ID = '00000000-0000-0000-0000-000000000000'
/** Cases of one transaction: few enough that an official who types meanwhile does not notice. */
const CASES_A_STEP = 500

function begin(deps: ExecuteDeps, batchId: string): Promise<Result<null, ExecutionRefusal>> {
  return runTx(deps.pool, async (tx) => {
    const before = (await lockBatches(tx, [batchId])).get(batchId)
    if (before === undefined) return err({ type: 'NotApproved' })
    if (before.state === 'executing') return ok(null)
    await requireOpenGate(tx, before.districtCode)
    const { approval } = before
    const begun = beginExecution(
      {
        at: deps.now(),
        sha256: nodeCipher.sha256,
        isSignedBy: await signatureCheckAt(tx, {
          accountIds: approval === null ? [] : [approval.by],
          at: approval?.at ?? deps.now()
        }),
        find: await finderOf(deps, tx, before)
      },
      before
    )
    if (!begun.ok) return begun
    const seq = await takeSeqs(tx, { districtCode: before.districtCode, count: 1 })
    await writeBatches(tx, [{ before, after: begun.value, seq }])
    return ok(null)
  })
}

/** Of the whole list, before anything is destroyed; each step looks again, with the cases locked. */
async function finderOf(
  deps: ExecuteDeps,
  tx: Tx,
  { districtCode, items, coolsUntil }: DestructionBatch
): Promise<(item: ListedItem) => ItemFound> {
  const found = new Map<string, ItemFound>()
  const isDue = coolsUntil !== null && Date.parse(coolsUntil) <= Date.parse(deps.now())
  for (let at = 0; isDue && at < items.length; at += CASES_A_STEP) {
    const part = items.slice(at, at + CASES_A_STEP)
    const { rows } = await tx.query<CaseRow>(`SELECT ${CASE_COLUMNS} FROM cases WHERE id = ANY($1::uuid[])`, [
      part.map(({ caseId }) => caseId)
    ])
    const judged = await findItems(deps, { districtCode, items: part, rows, at: deps.now() })
    for (const [caseId, one] of judged) found.set(caseId, one)
  }
  return ({ caseId }) => found.get(caseId) ?? 'gone'
}

/**
 * Takes the next cases of the list: drops what changed meanwhile, and buries the rest with their rows locked, so that no
 * edit is taken that would be lost. Gives back the last of them; null: there was none. A step whose commit failed has
 * buried the keys already and is finished by the next one, or by the start of the centre.
 */
async function buryStep(
  deps: ExecuteDeps,
  step: { readonly batchId: string; readonly after: string; readonly limit: number }
): Promise<string | null> {
  const { batchId } = step
  const listed = await openItems(deps.pool, step)
  const last = listed.at(-1)
  if (last === undefined) return null
  const districtCode = await runTx(deps.pool, async (tx) => {
    const rows = await lockCaseRows(
      tx,
      listed.map(({ caseId }) => caseId)
    )
    const head = await lockHead(tx, batchId)
    if (head?.state !== 'executing') return null // another app server has finished it
    await requireOpenGate(tx, head.districtCode)
    await buryLocked(deps, tx, { head, rows, items: await openItems(tx, { batchId, among: listed }) })
    return head.districtCode
  })
  if (districtCode !== null) await destroySnapshotsOf(deps, districtCode)
  return last.caseId
}

interface LockedStep {
  readonly head: BatchHead
  readonly rows: readonly CaseRow[]
  readonly items: readonly ListedItem[]
}

async function buryLocked(deps: ExecuteDeps, tx: Tx, { head, rows, items }: LockedStep): Promise<void> {
  const { id: batchId, districtCode } = head
  const at = deps.now()
  const found = await findItems(deps, { districtCode, items, rows, at })
  const sorted = items.map((item) => dropUnlessListed({ at, find: ({ caseId }) => found.get(caseId) ?? 'gone' }, item))
  const cases = sorted.flatMap(({ caseId, exclusion }) =>
    exclusion === null ? [{ caseId, districtCode, reason: 'destroyed' as const }] : []
  )
  const destroyed = new Set(cases.map(({ caseId }) => caseId))
  await keepMarkers(deps, { batchId, rows: rows.filter(({ id }) => destroyed.has(id)) })
  await buryKeys(deps.keysPool, { cases, now: at })
  await layToRest(tx, deps, { districtCode, cases })
  const dropped = sorted.filter(({ exclusion }) => exclusion !== null)
  if (dropped.length === 0) return
  const seq = await takeSeqs(tx, { districtCode, count: 1 })
  await writeItems(tx, { batchId, seq, items: dropped })
  await writeHead(tx, { ...head, rev: head.rev + 1 }, seq)
}

/** False: something of the list is still there. */
function finish({ pool, now }: ExecuteDeps, batchId: string): Promise<boolean> {
  return runTx(pool, async (tx) => {
    const head = await lockHead(tx, batchId)
    if (head?.state !== 'executing') return true
    if ((await openItems(tx, { batchId, limit: 1 })).length > 0) return false
    const seq = await takeSeqs(tx, { districtCode: head.districtCode, count: 1 })
    const at = now()
    await openLedger(tx, { batchId, districtCode: head.districtCode, at, seq })
    await writeHead(tx, beginVerification(head, at), seq)
    return true
  })
}
