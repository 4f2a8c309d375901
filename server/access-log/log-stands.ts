import type { LogStand } from '#shared/domain/access-log/log-stand.ts'
import { MAX_LOG_STANDS } from '#shared/sync-protocol/access-log-stands.ts'
import type { Queryable } from '../db/pool.ts'

/** The PCs of the district with how far the centre has the log of each, and what it found in it. */
export async function listLogStands(
  db: Queryable,
  {
    districtCode,
    centreId,
    after
  }: { readonly districtCode: string; readonly centreId: string; readonly after: string | undefined }
): Promise<{ pcs: LogStand[]; next: string | null }> {
  const { rows } = await db.query<LogStand>(
    `SELECT pc.id AS "deviceId", pc.id = $4 AS "isCentre", d.name, d.last_contact_at AS "lastContactAt", ${CHAINS} AS chains
     FROM (SELECT id FROM devices WHERE district_code = $1
           UNION SELECT device_id FROM access_chains WHERE district_code = $1) AS pc
     LEFT JOIN devices d ON d.id = pc.id AND d.district_code = $1
     WHERE $2::uuid IS NULL OR pc.id > $2 ORDER BY pc.id LIMIT $3`,
    [districtCode, after ?? null, MAX_LOG_STANDS + 1, centreId]
  )
  const pcs = rows.slice(0, MAX_LOG_STANDS)
  return { pcs, next: rows.length > pcs.length ? (pcs.at(-1)?.deviceId ?? null) : null }
}

const instant = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`

/** Those of the PC that belong to the district, in the order of their beginning. */
const CHAINS = `(SELECT coalesce(jsonb_agg(jsonb_build_object(
    'chain', encode(c.chain, 'hex'),
    'begunAt', ${instant('c.begun_at')},
    'heardAt', ${instant('c.received_at')},
    'newestNo', c.newest_no,
    'heldUpTo', greatest((SELECT max(no) FROM access_lines WHERE device_id = c.device_id AND chain = c.chain),
      (SELECT no FROM access_heads WHERE device_id = c.device_id AND chain = c.chain), 0),
    'wholeAt', ${instant('c.whole_at')},
    'marks', (SELECT coalesce(jsonb_agg(jsonb_build_object('mark', mark, 'lines', lines) ORDER BY mark), '[]')
      FROM (SELECT mark, count(*) AS lines FROM access_lines l, unnest(l.marks) AS mark
        WHERE l.device_id = c.device_id AND l.chain = c.chain AND l.marks <> '{}' GROUP BY mark) AS found)
  ) ORDER BY c.begun_at, c.chain), '[]')
  FROM access_chains c WHERE c.device_id = pc.id AND c.district_code = $1)`
