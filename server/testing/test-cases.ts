import { expect } from 'vitest'
import { type Case, type CaseRecord, caseRecordSchema } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { caseToRow, insertCaseRows } from '../cases/case-rows.ts'
import type { Centre } from '../centre.ts'
import { runTx } from '../db/run-tx.ts'
import { takeSeqs } from '../sync/district-stream.ts'

const recordOf = createCaseGenerator({ seed: 9, districtCodes: ['11680'], today: '2026-11-20', count: 50 })
const BY = '01935a00-0000-7000-8000-00000000000a'
const CLOSED: Case['history'] = [
  { state: 'received', at: '2024-03-01T01:00:00.000Z', by: BY, reason: '' },
  { state: 'closed', at: '2024-06-10T01:00:00.000Z', by: BY, reason: '종결' }
]

/** One of fifty made-up cases of 11680 that was closed in 2024 and holds nothing optional: it is kept until the end of 2029. */
export function plainCase(no: number): Case {
  const subject = caseRecordSchema.parse(recordOf(no)).case
  const applicant = { ...subject.applicant, email: null, contactPhone: null }
  return { ...subject, applicant, consents: [], appliedOn: '2024-03-01', state: 'closed', history: CLOSED, dueOn: null }
}

/** Writes a case as the centre keeps it; gives its id back. */
export async function keepCase({ cipher, keyRing, pool }: Centre, subject: Case): Promise<string> {
  const record: CaseRecord = { case: subject, rev: 1, fieldRevs: {} }
  const key = (await keyRing.ensureCaseKeys([subject.id])).get(subject.id) ?? expect.fail()
  await runTx(pool, async (tx) => {
    const seq = await takeSeqs(tx, { districtCode: '11680', count: 1 })
    await insertCaseRows(tx, [caseToRow({ cipher, key }, record, seq)])
  })
  return subject.id
}
