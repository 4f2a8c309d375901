import { ok } from '#shared/foundation/result.ts'
import type { CONFLICT_METHODS } from '#shared/ipc/conflict-methods.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import type { Handlers } from '../port/door.ts'
import { listConflicts, openConflict, unmaskConflict } from '../queries/conflicts.ts'
import { type HandlerDeps, workDoor } from './work-door.ts'

export function conflictHandlers(deps: HandlerDeps): Pick<Handlers, keyof typeof CONFLICT_METHODS> {
  const withWork = workDoor(deps)
  return {
    'conflict.list': withWork((work) => {
      const list = listConflicts(work.db)
      const caseIds = [...new Set(list.items.map(({ caseId }) => caseId))]
      if (caseIds.length > 0) work.recordLook({ act: 'list', caseIds, detail: { shown: 'conflicts' } })
      return ok(list)
    }),
    'conflict.open': withWork((work, place: ParsedRequestOf<'conflict.open'>) => {
      work.searches.flush()
      return openConflict({ ...work.access, looks: work.looks }, work.db, place)
    }),
    'conflict.unmask': withWork((work, request: ParsedRequestOf<'conflict.unmask'>) => {
      work.searches.flush()
      const unmasked = unmaskConflict(work.access, work.db, request)
      if (unmasked.ok) deps.onCases([request.caseId]) // its history has one line more
      return unmasked
    })
  }
}
