import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { createConsentTally } from '#shared/domain/consent/consent-tally.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import { createProvisionTally } from '#shared/domain/provision/provision-tally.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { ConsentStatus } from '#shared/ipc/consent-methods.ts'
import { casesFrom } from '../db/case-rows.ts'
import type { ReadableDb } from '../db/database.ts'
import type { PolicyDep } from '../outbox/rerun.ts'

/** A few milliseconds of work, so that nobody at the desk waits for the counting. */
const CASES_AT_ONCE = 100

export interface TallyDeps extends PolicyDep, TimeDep {
  /** Lets what else waits for the store come first. */
  readonly pause: () => Promise<void>
  /** The store was closed meanwhile. */
  readonly isOver: () => boolean
}

/** How the consents of every case of this PC stand, and what could be given on their strength; null: the desk was locked while it counted. */
export async function tallyConsents(deps: TallyDeps, db: ReadableDb): Promise<ConsentStatus | null> {
  const { policies, now } = deps
  const today = koreanDayOf(now())
  const policy = policyInForce(policies, today)
  const tally = createConsentTally(policies)
  const provisions = policy.ok ? createProvisionTally({ policies, today }, policy.value) : null
  for (let after = 0; ; ) {
    if (deps.isOver()) return null
    const page = casesFrom(db, { after, most: CASES_AT_ONCE })
    for (const { record } of page) {
      tally.add(record.case)
      provisions?.add(record.case)
    }
    const last = page.at(-1)
    if (last === undefined) return { ...tally.result(), provisions: provisions?.result() ?? [] }
    after = last.no
    await deps.pause()
  }
}
