import type { RecipientTerms } from '#shared/domain/provision/select-for-provision.ts'
import { type SelectDeps, selectForProvision } from '#shared/domain/provision/select-for-provision.ts'
import type { WhyLeftOut } from '#shared/ipc/provision-views.ts'
import { casesFrom } from '../db/case-rows.ts'
import type { ReadableDb } from '../db/database.ts'
import { caseAtCentre, waitingCaseIds } from '../outbox/outbox.ts'

/** A few milliseconds of work, so that nobody at the desk waits for it. */
const CASES_AT_ONCE = 100

export interface SelectPersonsDeps extends SelectDeps {
  /** Lets what else waits for the store come first. */
  readonly pause: () => Promise<void>
  /** The store was closed meanwhile. */
  readonly isOver: () => boolean
}

export interface SelectedPersons {
  /** Each with the revision that the centre has as well, in the order of their ids. */
  readonly persons: ReadonlyArray<readonly [caseId: string, rev: number]>
  readonly leftOut: ReadonlyArray<{ readonly caseId: string; readonly applicationNo: string; readonly why: WhyLeftOut }>
}

/** Whom a recipient may be given of the cases of this PC, and everybody else whose service it serves; null: locked meanwhile. */
export async function selectPersons(
  deps: SelectPersonsDeps,
  db: ReadableDb,
  terms: RecipientTerms
): Promise<SelectedPersons | null> {
  const persons: Array<readonly [string, number]> = []
  const leftOut: Array<SelectedPersons['leftOut'][number]> = []
  for (let after = 0; ; ) {
    if (deps.isOver()) return null
    const page = casesFrom(db, { after, most: CASES_AT_ONCE })
    const waiting = waitingCaseIds(db)
    for (const { record } of page) {
      const { id, applicationNo } = record.case
      const selection = selectForProvision(deps, terms, record.case)
      if (selection?.type === 'LeftOut') leftOut.push({ caseId: id, applicationNo, why: selection.why })
      else if (selection !== null && isUnsent(db, waiting, id))
        leftOut.push({ caseId: id, applicationNo, why: 'unsent' })
      else if (selection !== null) persons.push([id, record.rev])
    }
    const last = page.at(-1)
    if (last === undefined) {
      return {
        persons: persons.toSorted(([one], [other]) => (one < other ? -1 : 1)),
        leftOut: leftOut.toSorted((one, other) => (one.applicationNo < other.applicationNo ? -1 : 1))
      }
    }
    after = last.no
    await deps.pause()
  }
}

/** What the centre does not know of cannot be given on its word. */
const isUnsent = (db: ReadableDb, waiting: ReadonlySet<string>, caseId: string): boolean =>
  waiting.has(caseId) || caseAtCentre(db, caseId) === null
