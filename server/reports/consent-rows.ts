import type { Cipher } from '#shared/cipher/cipher.ts'
import type { Case } from '#shared/domain/case/case.ts'
import type { ConsentRecord } from '#shared/domain/consent/consent-record.ts'
import { isUnconfirmed, isWithdrawn } from '#shared/domain/consent/standing-consent.ts'
import type { Row } from '#shared/domain/report/report-columns.ts'
import { CASE_COLUMNS, type CaseRow, tryRowToCase } from '../cases/case-rows.ts'
import type { Queryable } from '../db/pool.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import type { RowPage, RowSource, RowsWanted } from './row-source.ts'

/** 동의 현황: every answer of the period, in the order of the cases. Answers lie sealed in their cases, so each is opened. */

export interface ConsentRowsDeps {
  readonly cipher: Cipher
  readonly keyRing: Pick<KeyRing, 'caseKeys'>
}

const PAGE = 500
const NO_ID = '00000000-0000-0000-0000-000000000000'
const WANTED = 'district_code = $1 AND ($2::uuid IS NULL OR id = $2)'

export async function openConsentRows(deps: ConsentRowsDeps, db: Queryable, wanted: RowsWanted): Promise<RowSource> {
  const { districtCode, scope } = wanted
  const { rows } = await db.query<{ cases: number }>(`SELECT count(*) AS cases FROM cases WHERE ${WANTED}`, [
    ...[districtCode, scope.type === 'case' ? scope.caseId : null]
  ])
  const cases = rows[0]?.cases ?? 0
  return { total: cases, facts: [{ name: 'cases', n: cases }], pages: consentPages(deps, db, wanted) }
}

async function* consentPages(deps: ConsentRowsDeps, db: Queryable, wanted: RowsWanted): AsyncGenerator<RowPage> {
  const { districtCode, scope } = wanted
  for (let after = NO_ID; ; ) {
    const { rows } = await db.query<CaseRow>(
      `SELECT ${CASE_COLUMNS} FROM cases WHERE ${WANTED} AND id > $3 ORDER BY id LIMIT ${PAGE}`,
      [districtCode, scope.type === 'case' ? scope.caseId : null, after]
    )
    const keys = await deps.keyRing.caseKeys(rows.map(({ id }) => id))
    const answers = rows.flatMap((row) => answersOf(deps.cipher, keys.get(row.id), row, wanted))
    yield { rows: answers, through: rows.length }
    if (rows.length < PAGE) return
    after = rows.at(-1)?.id ?? after
  }
}

/** A case that does not open has no answers to tell: how many there are says the retention run (`unjudged`). */
function answersOf(cipher: Cipher, key: Uint8Array | undefined, row: CaseRow, { from, to }: RowsWanted): Row[] {
  const record = key === undefined ? null : tryRowToCase({ cipher, key }, row)
  if (record === null) return []
  const { case: subject } = record
  return subject.consents.flatMap((answer, index) =>
    answer.answeredAt >= from && answer.answeredAt < to ? [consentRow(subject, answer, index)] : []
  )
}

const consentRow = (subject: Case, answer: ConsentRecord, index: number): Row => [
  ...[answer.answeredAt, subject.applicationNo, subject.id, answer.consentId, answer.policyVersion],
  ...[answerCode(subject.consents.slice(0, index + 1), answer), answer.method, answer.representative?.as ?? 'self'],
  ...(answer.representative?.as === 'legal_representative'
    ? [answer.representative.check, answer.representative.confirmedAt]
    : [null, null]),
  ...[answer.handler, answer.noticeHash]
]

function answerCode(upTo: readonly ConsentRecord[], answer: ConsentRecord): string {
  if (answer.given) return isUnconfirmed(answer) ? 'unconfirmed' : 'given'
  return isWithdrawn(upTo, answer.consentId) ? 'withdrawn' : 'refused'
}
