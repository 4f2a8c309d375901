import type { IssuedCode, OpenCode } from '#shared/domain/administration/enrolment-code.ts'
import type { IdDep, TimeDep } from '#shared/foundation/deps.ts'
import type { Pool, Queryable } from '../db/pool.ts'
import type { Tx } from '../db/run-tx.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { nodeCipher } from '../keys/node-crypto.ts'

/** One-time codes with which a PC is taken into a district. The code is shown once; only its HMAC is kept. */
export interface CodeDeps extends TimeDep, IdDep {
  readonly pool: Pool
  readonly keyRing: Pick<KeyRing, 'enrolmentKey'>
}

/** No letter or digit that is easily taken for another: 31 signs, 39 bits a code. */
const SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
const CODE_LENGTH = 8
const CODE_LIFE_MS = 24 * 3_600_000

/** Who issued a code at the command line, where nobody is signed in. */
export const BY_COMMAND_LINE = 'cli'

export async function issueCode(
  deps: CodeDeps,
  wanted: { districtCode: string; note: string; issuedBy: string | null }
): Promise<Omit<IssuedCode, 'issuedBy'>> {
  const code = newCode()
  const issuedAt = deps.now()
  const expiresAt = new Date(Date.parse(issuedAt) + CODE_LIFE_MS).toISOString()
  const id = deps.newId()
  await deps.pool.query(
    `INSERT INTO enrolment_codes (id, code_tag, district_code, note, issued_by, issued_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [id, codeTag(deps.keyRing, code), wanted.districtCode, wanted.note, wanted.issuedBy, issuedAt, expiresAt]
  )
  return { id, note: wanted.note, issuedAt, expiresAt, code: `${code.slice(0, 4)}-${code.slice(4)}` }
}

interface CodeRow {
  id: string
  note: string
  issued_at: string
  issued_by: string | null
  expires_at: string
}

/** Codes that can still be used, the newest first. */
export async function listOpenCodes(
  db: Queryable,
  { districtCode, now }: { districtCode: string; now: string }
): Promise<OpenCode[]> {
  const { rows } = await db.query<CodeRow>(
    `SELECT c.id, c.note, c.issued_at, a.display_name AS issued_by, c.expires_at
     FROM enrolment_codes c LEFT JOIN accounts a ON a.id = c.issued_by
     WHERE c.district_code = $1 AND c.used_at IS NULL AND c.withdrawn_at IS NULL AND c.expires_at > $2
     ORDER BY c.issued_at DESC, c.id`,
    [districtCode, now]
  )
  return rows.map((row) => ({
    id: row.id,
    note: row.note,
    issuedAt: row.issued_at,
    issuedBy: row.issued_by ?? BY_COMMAND_LINE,
    expiresAt: row.expires_at
  }))
}

/** False when the district has no such code that could still be used. */
export async function withdrawCode(
  db: Queryable,
  { codeId, districtCode, now }: { codeId: string; districtCode: string; now: string }
): Promise<boolean> {
  const { rowCount } = await db.query(
    `UPDATE enrolment_codes SET withdrawn_at = $3
     WHERE id = $1 AND district_code = $2 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $3`,
    [codeId, districtCode, now]
  )
  return rowCount === 1
}

/** Uses the code up for this PC. False: there is none, or it was used, withdrawn, is over, or is another district's. */
export async function redeemCode(
  tx: Tx,
  keyRing: CodeDeps['keyRing'],
  use: { code: string; districtCode: string; deviceId: string; now: string }
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `UPDATE enrolment_codes SET used_at = $4, used_by_device = $3
     WHERE code_tag = $1 AND district_code = $2 AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > $4`,
    [codeTag(keyRing, typedCode(use.code)), use.districtCode, use.deviceId, use.now]
  )
  return rowCount === 1
}

function newCode(): string {
  let code = ''
  while (code.length < CODE_LENGTH) {
    const [byte = 0] = nodeCipher.randomBytes(1)
    if (byte < 248) code += SIGNS[byte % SIGNS.length] // 248 = 8 × 31: each sign is as likely as the next
  }
  return code
}

/** As typed: in small letters, with or without the hyphen or blanks. */
const typedCode = (text: string): string => text.toUpperCase().replace(/[^A-Z0-9]/g, '')

const codeTag = ({ enrolmentKey }: CodeDeps['keyRing'], code: string): Uint8Array => nodeCipher.hmac(enrolmentKey, code)
