import type { BatchIntent } from '#shared/commands/destruction/batch-intent.ts'
import { MOST_ITEMS_A_COMMAND } from '#shared/commands/destruction/batch-intent.ts'
import { whyNotNow } from '#shared/commands/destruction/decide-batch.ts'
import type { BatchItem } from '#shared/domain/destruction/destruction-batch.ts'
import { MOST_BATCH_ITEMS } from '#shared/domain/destruction/destruction-batch.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import type { ActFailure, BatchMissing } from '#shared/ipc/destruction-methods.ts'
import type { CentreFailure } from '#shared/ipc/quarantine-methods.ts'
import { retentionDueResponseSchema } from '#shared/sync-protocol/retention-due.ts'
import { shownBatch } from '../destruction/shown-batch.ts'
import { askCentre, centreFailure } from './ask-centre.ts'
import type { DeskWork } from './desk-work.ts'
import type { HandlerDeps } from './work-door.ts'

/**
 * 선정: which whole cases the centre's nightly run found to be due by the day of the plan, listed in one go. More than a
 * batch holds is left for the next one. Single fields are not offered: the centre does not execute them.
 */
export async function selectDue(
  deps: HandlerDeps,
  work: DeskWork,
  { batchId }: ParsedRequestOf<'destruction.select'>,
  list: (intents: readonly BatchIntent[]) => Result<unknown, ActFailure>
): Promise<Result<{ found: number }, BatchMissing | ActFailure | CentreFailure>> {
  const batch = shownBatch(work.db, batchId)
  if (batch === null) return err({ type: 'BatchNotFound' })
  const refused = whyNotNow(work.actor, batch, 'batch.list')
  if (refused !== null) return err({ type: 'ActRefused', refusal: refused })
  const listed = new Set(batch.items.map(({ caseId }) => caseId))
  const found: BatchItem[] = []
  let room = MOST_BATCH_ITEMS - listed.size
  for (let after: string | null = ''; after !== null; ) {
    const query = new URLSearchParams({ dueUpTo: batch.plan.dueUpTo, parts: 'case', ...(after !== '' && { after }) })
    const answer = await askCentre(deps, work, { path: `retention/due?${query}`, answer: retentionDueResponseSchema })
    if (!answer.ok) return err(centreFailure(answer.error))
    for (const item of answer.value.items) {
      if (!listed.has(item.caseId) && room-- <= 0) return listAll(found, list)
      found.push(item)
    }
    after = answer.value.next
  }
  return listAll(found, list)
}

function listAll(
  found: readonly BatchItem[],
  list: (intents: readonly BatchIntent[]) => Result<unknown, ActFailure>
): Result<{ found: number }, ActFailure> {
  const done = found.length === 0 ? ok(null) : list(inCommands(found))
  return done.ok ? ok({ found: found.length }) : done
}

/** Below what a line of a push holds: ids, dates and names of fields are ASCII. */
const MOST_CHARACTERS = 200_000

function inCommands(items: readonly BatchItem[]): BatchIntent[] {
  const pieces: BatchItem[][] = []
  let characters = 0
  for (const item of items) {
    characters += JSON.stringify(item).length + 1
    const last = pieces.at(-1)
    if (last === undefined || last.length === MOST_ITEMS_A_COMMAND || characters > MOST_CHARACTERS) {
      pieces.push([item])
      characters = JSON.stringify(item).length
    } else last.push(item)
  }
  return pieces.map((piece) => ({ name: 'batch.list', args: { items: piece } }))
}
