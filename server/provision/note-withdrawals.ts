import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { Case } from '#shared/domain/case/case.ts'
import { standingConsent } from '#shared/domain/consent/standing-consent.ts'
import type { Tx } from '../db/run-tx.ts'
import { type LineKey, lockLinesWhere, setInLines } from './provision-rows.ts'

/**
 * Whoever says no to a giving after she was given is marked in the ledger, in the transaction that takes her no: from then
 * on the office owes the recipient a letter. A yes that comes later does not undo it; what was given rested on the first.
 * Before the district's stream is locked.
 */
export async function noteWithdrawals(tx: Tx, changed: readonly Case[]): Promise<void> {
  const cases = new Map(changed.filter(hasNo).map((subject) => [subject.id, subject]))
  if (cases.size === 0) return
  const open = await lockLinesWhere(
    tx,
    `case_id = ANY($1::uuid[]) AND line->'withdrawnOn' = 'null' AND line->'proven' = 'null'`,
    [[...cases.keys()]]
  )
  for (const line of open) {
    const withdrawnOn = noOf(cases.get(line.case_id), line)
    if (withdrawnOn !== null) {
      await setInLines(tx, { districtCode: line.district_code, lines: [line], set: { withdrawnOn } })
    }
  }
}

const hasNo = ({ consents }: Case): boolean => consents.some(({ given }) => !given)

/** The day of the no that stands now; null: none does. */
function noOf(subject: Case | undefined, { consent_id }: LineKey): string | null {
  const answer = standingConsent(subject?.consents ?? [], consent_id)
  return answer === undefined || answer.given ? null : koreanDayOf(answer.answeredAt)
}
