import type { Cipher } from '#shared/cipher/cipher.ts'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Pool } from '../db/pool.ts'
import { runTx } from '../db/run-tx.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { takeSeqs } from '../sync/district-stream.ts'
import { removeGoneLines, writeGoneLines } from '../sync/gone-lines.ts'
import { lockApplicationNumbers } from './application-no.ts'
import { caseToRow, lockCaseRows, moveCaseRows, tryRowToCase } from './case-rows.ts'

export interface MoveDeps {
  readonly pool: Pool
  readonly keyRing: Pick<KeyRing, 'caseKeys'>
  readonly cipher: Cipher
}

export type MoveFailure = { type: 'CaseNotFound' } | { type: 'SameDistrict' } | { type: 'CaseUnreadable' }

/** The first five digits of a dong's code are its district's. */
const DISTRICT_DIGITS = 5

/**
 * The family moved: another district has the case from now on, under a number of its own and with nobody in charge yet.
 * The desks of the old one erase it; what they had not sent is handed over to the new one.
 */
export function moveCaseToDistrict(
  deps: MoveDeps,
  { caseId, dongCode }: { caseId: string; dongCode: string }
): Promise<Result<{ applicationNo: string }, MoveFailure>> {
  return runTx(deps.pool, async (tx) => {
    const [row] = await lockCaseRows(tx, [caseId])
    if (row === undefined) return err({ type: 'CaseNotFound' })
    const districtCode = dongCode.slice(0, DISTRICT_DIGITS)
    if (row.district_code === districtCode) return err({ type: 'SameDistrict' })
    const key = (await deps.keyRing.caseKeys([caseId])).get(caseId)
    const record = key === undefined ? null : tryRowToCase({ cipher: deps.cipher, key }, row)
    if (key === undefined || record === null) return err({ type: 'CaseUnreadable' })
    const numbers = await lockApplicationNumbers(tx, districtCode, [row.applied_on])
    const applicationNo = numbers.next(row.applied_on)
    numbers.take(row.applied_on)
    await numbers.save(tx)
    const moved = inDistrict(record, { districtCode, dongCode, applicationNo })
    await writeGoneLines(tx, { districtCode: row.district_code, reason: 'scope', caseIds: [caseId] })
    await removeGoneLines(tx, districtCode, [caseId])
    const seq = await takeSeqs(tx, { districtCode, count: 1 })
    await moveCaseRows(tx, [caseToRow({ cipher: deps.cipher, key }, moved, seq)])
    return ok({ applicationNo })
  })
}

function inDistrict(
  { case: subject, rev, fieldRevs }: CaseRecord,
  place: { districtCode: string; dongCode: string; applicationNo: string }
): CaseRecord {
  const next = rev + 1
  return {
    case: { ...subject, ...place, assigneeId: null },
    rev: next,
    fieldRevs: { ...fieldRevs, dongCode: next, assigneeId: next }
  }
}
