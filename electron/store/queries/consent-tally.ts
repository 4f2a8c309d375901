import { type ConsentTally, createConsentTally } from '#shared/domain/consent/consent-tally.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { casesFrom } from '../db/case-rows.ts'
import type { ReadableDb } from '../db/database.ts'

/** A few milliseconds of work, so that nobody at the desk waits for the counting. */
const CASES_AT_ONCE = 200

export interface TallyDeps {
  readonly policies: readonly PolicyRegister[]
  /** Lets what else waits for the store come first. */
  readonly pause: () => Promise<void>
  /** The store was closed meanwhile. */
  readonly isOver: () => boolean
}

/** How the consents of every case of this PC stand; null: the desk was locked while it counted. */
export async function tallyConsents(deps: TallyDeps, db: ReadableDb): Promise<ConsentTally | null> {
  const tally = createConsentTally(deps.policies)
  for (let after = 0; ; ) {
    if (deps.isOver()) return null
    const page = casesFrom(db, { after, most: CASES_AT_ONCE })
    for (const { record } of page) tally.add(record.case)
    const last = page.at(-1)
    if (last === undefined) return tally.result()
    after = last.no
    await deps.pause()
  }
}
