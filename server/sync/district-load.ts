import { type Account, seesCases } from '#shared/domain/account/account.ts'
import type { LoadEntry } from '#shared/domain/administration/load-entry.ts'
import type { OwnLoad } from '#shared/sync-protocol/load.ts'
import { listAccounts } from '../accounts/accounts.ts'
import type { Queryable } from '../db/pool.ts'

/** What a PC that has nothing yet would receive. Bytes are estimates from the newest cases. */
export interface Load {
  readonly cases: number
  readonly lineBytes: number
  readonly diskBytes: number
}

const NOTHING: Load = { cases: 0, lineBytes: 0, diskBytes: 0 }

/** Cases that are looked at for the size of one. */
const SAMPLE = 300
/** The part of a case that is not in its box, as text. */
const CLEAR_BYTES = 350
/** Measured on made-up cases (docs/measurements.md): what compression leaves, and what a case takes in the PC's file. */
const LINE_SHARE = 0.12
const DISK_SHARE = 0.16
const DISK_BYTES_A_CASE = 390

/** Counts along an index and samples; does not read the district. */
export async function districtLoad(db: Queryable, districtCode: string): Promise<Load> {
  const { rows } = await db.query<{ cases: number; bytes: number }>(
    `SELECT
       (SELECT count(*) FROM cases WHERE district_code = $1) AS cases,
       (SELECT coalesce(avg(octet_length(sealed)), 0)::float8 FROM
         (SELECT sealed FROM cases WHERE district_code = $1 ORDER BY seq DESC LIMIT $2) AS newest) AS bytes`,
    [districtCode, SAMPLE]
  )
  const [found] = rows
  if (found === undefined || found.cases === 0) return NOTHING
  const text = found.bytes + CLEAR_BYTES
  return {
    cases: found.cases,
    lineBytes: Math.round(found.cases * text * LINE_SHARE),
    diskBytes: Math.round(found.cases * (text * DISK_SHARE + DISK_BYTES_A_CASE))
  }
}

/** From an office's shared DSL to its own fibre. */
const LINES = [2, 10, 50, 100]
const CASES_A_SECOND = 10_000

/** An administrator receives no case. */
export async function ownLoad(db: Queryable, { role, districtCode }: Account): Promise<OwnLoad> {
  const load = seesCases(role) ? await districtLoad(db, districtCode) : NOTHING
  const atLine = LINES.map((megabitsPerSecond) => {
    const onTheLine = (load.lineBytes * 8) / (megabitsPerSecond * 1_000_000)
    return { megabitsPerSecond, seconds: Math.ceil(Math.max(onTheLine, load.cases / CASES_A_SECOND)) }
  })
  return { ...load, atLine }
}

/** Each account of the district with its load, for its administrator. */
export async function loadsOfDistrict(db: Queryable, districtCode: string): Promise<LoadEntry[]> {
  const [accounts, load] = [await listAccounts(db, districtCode), await districtLoad(db, districtCode)]
  return accounts.map(({ id, login, displayName, role }) => ({
    accountId: id,
    login,
    displayName,
    role,
    ...(seesCases(role) ? load : NOTHING)
  }))
}
