import { addDays, koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { IsoInstant } from '#shared/foundation/primitives.ts'
import type { Pool } from '../db/pool.ts'
import { type RunDeps, runRetention } from './retention-run.ts'

const HOUR_MS = 3_600_000
const FIRST_LOOK_MS = 60_000
/** Two in the morning in Korea. */
const NIGHT = 'T02:00:00.000+09:00'

/** The last night whose run is due at this moment. */
export function lastNight(now: IsoInstant): IsoInstant {
  const today = koreanDayOf(now)
  const tonight = new Date(Date.parse(`${today}${NIGHT}`)).toISOString()
  return tonight <= now ? tonight : new Date(Date.parse(`${addDays(today, -1)}${NIGHT}`)).toISOString()
}

/** Runs each district that has not been judged since the last night. Any app server does it; a second one finds it done. */
export async function runDueDistricts(deps: RunDeps): Promise<void> {
  for (const districtCode of await dueDistricts(deps.pool, lastNight(deps.now())))
    await runRetention(deps, districtCode)
}

async function dueDistricts(pool: Pool, since: IsoInstant): Promise<string[]> {
  const { rows } = await pool.query<{ district_code: string }>(
    `SELECT district_code FROM district_streams s WHERE NOT EXISTS (
       SELECT 1 FROM retention_runs r WHERE r.district_code = s.district_code AND r.failed IS NULL AND r.finished_at >= $1)
     ORDER BY district_code`,
    [since]
  )
  return rows.map((row) => row.district_code)
}

/** Looks hourly, so that a night when no server ran is made up for; the returned function ends that. */
export function startRetentionRuns(deps: RunDeps, onFault: (fault: unknown) => void): () => void {
  const look = (): void => void runDueDistricts(deps).catch(onFault)
  const first = setTimeout(look, FIRST_LOOK_MS)
  const timer = setInterval(look, HOUR_MS)
  first.unref()
  timer.unref()
  return () => {
    clearTimeout(first)
    clearInterval(timer)
  }
}
