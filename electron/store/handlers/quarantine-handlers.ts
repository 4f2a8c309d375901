import { err, ok } from '#shared/foundation/result.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import type { QUARANTINE_METHODS } from '#shared/ipc/quarantine-methods.ts'
import type { HandedOverItem } from '#shared/ipc/quarantine-views.ts'
import { handedOverResponseSchema } from '#shared/sync-protocol/handed-over.ts'
import { quarantineResponseSchema } from '#shared/sync-protocol/quarantine.ts'
import { caseById } from '../db/case-rows.ts'
import type { ReadableDb } from '../db/database.ts'
import type { Handlers } from '../port/door.ts'
import { actAtCentre, askCentre, centreFailure } from './ask-centre.ts'
import type { DeskWork } from './desk-work.ts'
import { notTaken } from './not-taken.ts'
import { type HandlerDeps, withAsyncWork } from './work-door.ts'

/** What lies at the centre for somebody at this desk to decide: asked there, shown, and not kept. */
export function quarantineHandlers(deps: HandlerDeps): Pick<Handlers, keyof typeof QUARANTINE_METHODS> {
  return { ...officerHandlers(deps), ...handedOverHandlers(deps) }
}

type Part<M extends keyof Handlers> = Pick<Handlers, M>

function officerHandlers(deps: HandlerDeps): Part<'quarantine.list' | 'quarantine.destroy'> {
  return {
    'quarantine.list': withAsyncWork(deps, async (work) => {
      const answer = await askCentre(deps, work, { path: 'quarantine', answer: quarantineResponseSchema })
      if (!answer.ok) return err(centreFailure(answer.error))
      const { items } = answer.value
      recordList(work, items, 'quarantine')
      return ok(items)
    }),
    'quarantine.destroy': withAsyncWork(
      deps,
      async (work, { commandId, caseId, reason }: ParsedRequestOf<'quarantine.destroy'>) => {
        const answer = await actAtCentre(deps, work, `quarantine/${commandId}/destroy`, { reason })
        if (!answer.ok) return err(centreFailure(answer.error))
        work.record({ act: 'destroy', caseIds: [caseId], detail: { commandId }, reason })
        return ok(null)
      }
    )
  }
}

function handedOverHandlers(deps: HandlerDeps): Part<'handedOver.list' | 'handedOver.take' | 'handedOver.drop'> {
  return {
    'handedOver.list': withAsyncWork(deps, async (work) => {
      const answer = await askCentre(deps, work, { path: 'handed-over', answer: handedOverResponseSchema })
      if (!answer.ok) return err(centreFailure(answer.error))
      const items = answer.value.items.map((entry): HandedOverItem => ({ ...entry, ...whose(work.db, entry.caseId) }))
      recordList(work, items, 'handed_over')
      return ok(items)
    }),
    'handedOver.take': withAsyncWork(deps, async (work, { commandId, caseId }: ParsedRequestOf<'handedOver.take'>) => {
      const answer = await actAtCentre(deps, work, `handed-over/${commandId}/take`, {})
      if (!answer.ok) {
        const { error } = answer
        return err(error.type === 'RequestInvalid' ? notTaken(error.where) : centreFailure(error))
      }
      work.record({ act: 'take', caseIds: [caseId], detail: { commandId } })
      work.sync.wake()
      return ok(null)
    }),
    'handedOver.drop': withAsyncWork(
      deps,
      async (work, { commandId, caseId, reason }: ParsedRequestOf<'handedOver.drop'>) => {
        const answer = await actAtCentre(deps, work, `handed-over/${commandId}/drop`, { reason })
        if (!answer.ok) return err(centreFailure(answer.error))
        work.record({ act: 'drop', caseIds: [caseId], detail: { commandId }, reason })
        return ok(null)
      }
    )
  }
}

const MOST_IDS = 500 // of an access event

function recordList(work: DeskWork, items: readonly { readonly caseId: string }[], shown: string): void {
  const caseIds = [...new Set(items.map(({ caseId }) => caseId))].slice(0, MOST_IDS)
  if (caseIds.length > 0) work.recordLook({ act: 'list', caseIds, detail: { shown } })
}

function whose(db: ReadableDb, caseId: string): Pick<HandedOverItem, 'applicantName' | 'applicationNo'> {
  const here = caseById(db, caseId)?.record.case
  return { applicantName: here?.applicant.name ?? null, applicationNo: here?.applicationNo ?? null }
}
