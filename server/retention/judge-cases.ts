import type { Cipher } from '#shared/cipher/cipher.ts'
import { unconfirmedOf } from '#shared/domain/consent/standing-consent.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { type CaseDue, caseDue } from '#shared/domain/retention/case-due.ts'
import { USUAL_RECORD_YEARS } from '#shared/domain/retention/record-term.ts'
import { type CaseRow, tryRowToCase } from '../cases/case-rows.ts'
import type { Queryable } from '../db/pool.ts'
import type { KeyRing } from '../keys/key-ring.ts'

export interface JudgeDeps {
  readonly cipher: Cipher
  readonly keyRing: Pick<KeyRing, 'caseKeys'>
  readonly policies: readonly PolicyRegister[]
}

/** Raised when the rules change: everything is judged anew then. */
const RULES = 2

/** What cases are judged by. */
export const rulesOf = ({ policies }: Pick<JudgeDeps, 'policies'>): string =>
  [RULES, USUAL_RECORD_YEARS, ...policies.map(({ id }) => id)].join(' ')

/** One case as judged; `due` null: it did not open, or no register of its day is held. Nothing is guessed. */
export interface Judged {
  readonly row: Pick<CaseRow, 'id' | 'district_code' | 'rev'>
  readonly due: CaseDue | null
}

export async function judgeCases(deps: JudgeDeps, rows: readonly CaseRow[]): Promise<Judged[]> {
  const keys = await deps.keyRing.caseKeys(rows.map(({ id }) => id))
  return rows.map((row) => ({ row, due: judge(deps, keys.get(row.id), row) }))
}

function judge({ cipher, policies }: JudgeDeps, key: Uint8Array | undefined, row: CaseRow): CaseDue | null {
  const record = key === undefined ? null : tryRowToCase({ cipher, key }, row)
  if (record === null) return null
  const { case: subject } = record
  const unconfirmed = unconfirmedOf(policies, subject.consents)
  const facts = { subject, provided: [], unconfirmed, recordYears: USUAL_RECORD_YEARS }
  const due = caseDue(policies, facts)
  return due.ok ? due.value : null
}

/** Keeps what was found of each case that still is as it was judged. */
export async function keepJudged(db: Queryable, judged: readonly Judged[]): Promise<void> {
  await db.query(
    `INSERT INTO case_retention
       (case_id, district_code, rev, kept_until, records_until, early_until, early_cause, early_items, holds, is_unjudged)
     SELECT c.id, c.district_code, c.rev, given.kept_until, given.records_until, given.early_until, given.early_cause,
       given.early_items, given.holds, given.is_unjudged
     FROM unnest($1::uuid[], $2::integer[], $3::date[], $4::date[], $5::date[], $6::text[], $7::text[], $8::integer[], $9::boolean[])
       AS given (id, rev, kept_until, records_until, early_until, early_cause, early_items, holds, is_unjudged)
     JOIN cases c ON c.id = given.id AND c.rev = given.rev
     ORDER BY c.id FOR KEY SHARE OF c
     ON CONFLICT (case_id) DO UPDATE SET
       district_code = excluded.district_code, rev = excluded.rev, kept_until = excluded.kept_until,
       records_until = excluded.records_until, early_until = excluded.early_until, early_cause = excluded.early_cause,
       early_items = excluded.early_items, holds = excluded.holds, is_unjudged = excluded.is_unjudged`,
    [
      judged.map(({ row }) => row.id),
      judged.map(({ row }) => row.rev),
      judged.map(({ due }) => due?.keptUntil ?? null),
      judged.map(({ due }) => due?.recordsUntil ?? null),
      judged.map(({ due }) => due?.early?.keptUntil ?? null),
      judged.map(({ due }) => due?.early?.cause ?? null),
      judged.map(({ due }) => due?.early?.items.join(' ') ?? null),
      judged.map(({ due }) => due?.holds ?? 0),
      judged.map(({ due }) => due === null)
    ]
  )
}
