import { parseQuery, queryKinds } from '#shared/domain/search/parse-query.ts'
import { ok } from '#shared/foundation/result.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import type { SyncStatus } from '#shared/ipc/views.ts'
import { runCommand } from '../commands/run-command.ts'
import { discardDraft, listDrafts, loadDraft, saveDraft } from '../drafts/drafts.ts'
import type { Handlers } from '../port/door.ts'
import { listCases } from '../queries/case-list.ts'
import { searchCases } from '../queries/case-search.ts'
import { openCase, previewCaseView } from '../queries/case-view.ts'
import { unmaskField } from '../queries/case-view-unmask.ts'
import { todaysCases } from '../queries/today.ts'
import { staffNames } from '../staff/staff.ts'
import { accessLogHandlers } from './access-log-handlers.ts'
import { conflictHandlers } from './conflict-handlers.ts'
import { consentHandlers } from './consent-handlers.ts'
import { copyList } from './copy-list.ts'
import type { DeskWork } from './desk-work.ts'
import { destructionHandlers } from './destruction-handlers.ts'
import { documentHandlers } from './document-handlers.ts'
import { downloadHandlers } from './download-handlers.ts'
import { officeHandlers } from './office-handlers.ts'
import { outboxHandlers } from './outbox-handlers.ts'
import { paperHandlers } from './paper-handlers.ts'
import { provisionHandlers } from './provision-handlers.ts'
import { quarantineHandlers } from './quarantine-handlers.ts'
import { reportHandlers } from './report-handlers.ts'
import { retentionHandlers } from './retention-handlers.ts'
import { type HandlerDeps, withAsyncWork, workDoor } from './work-door.ts'

/** Everything the window can ask, tied to what answers it. */
export const createHandlers = (deps: HandlerDeps): Handlers => ({
  ...sessionHandlers(deps),
  ...caseHandlers(deps),
  ...changeHandlers(deps),
  ...downloadHandlers(deps),
  ...officeHandlers(deps),
  ...documentHandlers(deps),
  ...outboxHandlers(deps),
  ...conflictHandlers(deps),
  ...quarantineHandlers(deps),
  ...destructionHandlers(deps),
  ...paperHandlers(deps),
  ...accessLogHandlers(deps),
  ...reportHandlers(deps),
  ...retentionHandlers(deps),
  ...consentHandlers(deps),
  ...provisionHandlers(deps)
})

type Part<M extends keyof Handlers> = Pick<Handlers, M>

function sessionHandlers(
  deps: HandlerDeps
): Part<
  | 'app.info'
  | 'session.current'
  | 'session.signIn'
  | 'session.unlock'
  | 'session.lock'
  | 'session.touch'
  | 'store.startAfresh'
  | 'policy.versions'
  | 'settings.get'
  | 'settings.set'
> {
  const { session, settings, info } = deps
  const newestFirst = [...deps.policies].reverse()
  return {
    'app.info': () => ok({ ...info, serverUrl: info.serverUrl() }),
    'session.current': () => ok(session.lookAgain()),
    'session.signIn': async (attempt) => {
      const signedIn = await session.signIn(attempt)
      if (signedIn.ok) settings.set({ serverUrl: attempt.serverUrl })
      return signedIn
    },
    'session.unlock': (attempt) => session.unlock(attempt),
    'session.lock': async ({ cause }) => ok(await session.lock(cause)),
    'session.touch': () => session.touch(),
    'store.startAfresh': () => session.startAfresh(),
    'policy.versions': () => ok(newestFirst),
    'settings.get': () => ok(settings.get()),
    'settings.set': (change) => {
      const next = settings.set(change)
      if (change.locksAfterMinutes !== undefined) session.setLockMinutes(next.locksAfterMinutes)
      return ok(next)
    }
  }
}

function caseHandlers(
  deps: HandlerDeps
): Part<'case.list' | 'case.search' | 'case.open' | 'case.preview' | 'case.unmask' | 'case.copyList' | 'case.today'> {
  const withWork = workDoor(deps)
  const viewDeps = (work: DeskWork) => ({ ...work.access, looks: work.looks, policies: deps.policies })
  return {
    'case.list': withWork((work, request: ParsedRequestOf<'case.list'>) => {
      const page = listCases(work.db, request, work.actor.id)
      if (page.ok) work.recordLook({ act: 'list', caseIds: page.value.rows.map(({ id }) => id) })
      return page
    }),
    'case.search': withWork((work, request: ParsedRequestOf<'case.search'>) => {
      const page = searchCases(work.db, request)
      const caseIds = page.hits.map(({ row }) => row.id)
      work.searches.add({ kind: queryKinds(parseQuery(request.text)), hits: page.total, caseIds })
      return ok(page)
    }),
    'case.open': withWork((work, { caseId }: ParsedRequestOf<'case.open'>) => {
      work.searches.flush()
      return openCase(viewDeps(work), work.db, caseId)
    }),
    'case.preview': withWork((work, { caseId }: ParsedRequestOf<'case.preview'>) => {
      work.searches.flush()
      return previewCaseView(viewDeps(work), work.db, caseId)
    }),
    'case.unmask': withWork((work, request: ParsedRequestOf<'case.unmask'>) => {
      work.searches.flush()
      const unmasked = unmaskField(work.access, work.db, request)
      if (unmasked.ok) deps.onCases([request.caseId]) // its history has one line more
      return unmasked
    }),
    'case.copyList': withWork((work, { purpose, ...request }: ParsedRequestOf<'case.copyList'>) => {
      const { locale } = deps.settings.get()
      const { text, caseIds } = copyList(work.db, { ...request, me: work.actor.id, locale })
      work.record({ act: 'copy', caseIds, detail: { rows: caseIds.length }, reason: purpose })
      return ok({ text, rows: caseIds.length })
    }),
    'case.today': withWork((work, { today }: ParsedRequestOf<'case.today'>) => {
      const cases = todaysCases(work.db, today)
      work.recordLook({ act: 'list', caseIds: cases.pressing.map(({ id }) => id), detail: { shown: 'today' } })
      return ok({ ...cases, drafts: listDrafts(work.db, work.actor.id) })
    })
  }
}

function changeHandlers(
  deps: HandlerDeps
): Part<
  | 'command.run'
  | 'draft.list'
  | 'draft.load'
  | 'draft.save'
  | 'draft.discard'
  | 'staff.names'
  | 'sync.status'
  | 'sync.now'
> {
  const withWork = workDoor(deps)
  return {
    'command.run': withWork((work, request: ParsedRequestOf<'command.run'>) => {
      work.searches.flush()
      const { access, actor, capsule, db, sync } = work
      const afterCommit = ({ caseIds }: { readonly caseIds: readonly string[] }): void => {
        deps.onCases(caseIds)
        sync.wake()
      }
      const { newId, policies } = deps
      return runCommand({ ...access, actor, capsule, newId, policies, afterCommit })(db, request)
    }),
    'draft.list': withWork((work) => ok(listDrafts(work.db, work.actor.id))),
    'draft.load': withWork((work, { id }: ParsedRequestOf<'draft.load'>) => ok(loadDraft(work.db, work.actor.id, id))),
    'draft.save': withWork((work, draft: ParsedRequestOf<'draft.save'>) =>
      saveDraft(deps, work.db, work.actor.id, draft)
    ),
    'draft.discard': withWork((work, { id }: ParsedRequestOf<'draft.discard'>) => {
      discardDraft(work.db, work.actor.id, id)
      return ok(null)
    }),
    'staff.names': withWork((work) => ok(staffNames(work.db))),
    'sync.status': withWork((work) => ok(work.sync.status())),
    'sync.now': withAsyncWork(deps, async (work) => ok<SyncStatus>(await work.sync.syncNow()))
  }
}
