import type { Queryable } from '../db/pool.ts'

/** The names of everybody who works or worked in the district; `tag` changes with any of them. */
export interface DistrictStaff {
  readonly tag: string
  readonly officials: { id: string; displayName: string }[]
}

/** null: they are as the desk knows them. */
export async function staffUnlessKnown(
  db: Queryable,
  { districtCode, knownTag }: { districtCode: string; knownTag: string }
): Promise<DistrictStaff | null> {
  const { rows } = await db.query<{ tag: string | null }>(
    `SELECT md5(string_agg(id || display_name, ',' ORDER BY id)) AS tag FROM accounts WHERE district_code = $1`,
    [districtCode]
  )
  const tag = rows[0]?.tag ?? null
  if (tag === null || tag === knownTag) return null
  const officials = await db.query<{ id: string; displayName: string }>(
    `SELECT id, display_name AS "displayName" FROM accounts WHERE district_code = $1 ORDER BY id`,
    [districtCode]
  )
  return { tag, officials: officials.rows }
}
