import { ok } from '#shared/foundation/result.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import type { OUTBOX_METHODS } from '#shared/ipc/outbox-methods.ts'
import { recordAct } from '../access-log/access-log.ts'
import { correctRefused } from '../outbox/correct-refused.ts'
import { outboxDetails } from '../outbox/outbox-details.ts'
import { discardItem, listOutbox } from '../outbox/outbox-view.ts'
import type { Handlers } from '../port/door.ts'
import { type HandlerDeps, workDoor } from './work-door.ts'

export function outboxHandlers(deps: HandlerDeps): Pick<Handlers, keyof typeof OUTBOX_METHODS> {
  const withWork = workDoor(deps)
  return {
    'outbox.list': withWork((work) => {
      const items = listOutbox(work.db)
      const caseIds = [...new Set(items.flatMap(({ caseId }) => caseId ?? []))]
      if (caseIds.length > 0) work.recordLook({ act: 'list', caseIds, detail: { shown: 'outbox' } })
      return ok(items)
    }),
    'outbox.details': withWork((work, { commandId }: ParsedRequestOf<'outbox.details'>) => {
      work.searches.flush()
      return outboxDetails(work.access, work.db, commandId)
    }),
    'outbox.correct': withWork((work, { commandId }: ParsedRequestOf<'outbox.correct'>) => {
      work.searches.flush()
      const { access, actor, db, sync } = work
      const corrected = correctRefused({ ...access, actor, newId: deps.newId }, db, commandId)
      if (corrected.ok) sync.wake()
      return corrected
    }),
    'outbox.discard': withWork((work, { commandId }: ParsedRequestOf<'outbox.discard'>) => {
      work.searches.flush()
      const { access, actor, db } = work
      const discarded = discardItem(db, commandId, {
        role: actor.role,
        note: (tx, { caseIds, deviceSeq }) =>
          recordAct(tx, access, {
            act: 'discard',
            caseIds: [...caseIds],
            ...(deviceSeq !== null && { detail: { deviceSeq } })
          })
      })
      if (discarded.ok) work.sync.wake()
      return discarded
    })
  }
}
