import { z } from 'zod'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { districtCodeSchema } from '#shared/foundation/primitives.ts'
import { retentionOverview } from '../retention/retention-overview.ts'
import { runRetention } from '../retention/retention-run.ts'
import { type CliCommand, done, fail } from './command.ts'
import { withCentre } from './with-centre.ts'

/** What is due in a district: judged now, or as the last run found it. */
export const RETENTION_COMMANDS: Readonly<Record<string, CliCommand>> = {
  retention: {
    argument: 'ACT',
    run: async (databases, { argument, options }) => {
      const act = z.enum(['run', 'status']).safeParse(argument)
      const district = districtCodeSchema.safeParse(options.district)
      if (!act.success || !district.success) return fail('Not usable: run or status, or --district (five digits).')
      return withCentre(databases, async (centre) => {
        if (act.data === 'run') {
          const outcome = await runRetention(centre, district.data)
          if (outcome.type === 'RunsAlready') return fail('Another server is judging this district now.')
        }
        const overview = await retentionOverview(centre.pool, district.data, koreanDayOf(centre.now()))
        return done(JSON.stringify(overview, null, 2))
      })
    }
  }
}
