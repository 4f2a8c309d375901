import { existsSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dateSchema, districtCodeSchema } from '#shared/foundation/primitives.ts'
import { type ExportPeriod, exportLog } from '../access-log/export-log.ts'
import type { Centre } from '../centre.ts'
import { type Answer, type CliCommand, type CliOptions, done, fail } from './command.ts'
import { withCentre } from './with-centre.ts'

/** The access log for those who are to check it elsewhere. */
export const LOG_COMMANDS: Readonly<Record<string, CliCommand>> = {
  'export-log': {
    argument: 'FILE',
    run: async (databases, { argument, options }) => {
      const period = readPeriod(options)
      if (period === null) return fail('Not usable: --district (five digits), --from or --to (YYYY-MM-DD).')
      if (existsSync(argument)) return fail('Not usable: the file is there already.')
      return withCentre(databases, (centre) => exportTo(argument, centre, { ...period, to: period.to ?? centre.now() }))
    }
  }
}

async function exportTo(path: string, centre: Centre, period: ExportPeriod): Promise<Answer> {
  const file = await open(path, 'wx')
  const exported = await exportLog(centre, period, async (text) => void (await file.write(text))).finally(() =>
    file.close()
  )
  if (exported === null) {
    rmSync(path)
    return fail('No line of the access log has come from this district yet.')
  }
  const { no, lines, anchors, checksum } = exported
  return done(`Export ${no}: ${lines} lines between ${anchors} anchors. Checksum ${checksum}.`)
}

const DAY_MS = 86_400_000
/** When the calendar day begins in Korea. */
const beginOf = (day: string): number => Date.parse(`${day}T00:00:00+09:00`)

function readPeriod(options: CliOptions): { districtCode: string; from: string | null; to: string | null } | null {
  const districtCode = districtCodeSchema.safeParse(options.district)
  const from = dateSchema.optional().safeParse(options.from)
  const to = dateSchema.optional().safeParse(options.to)
  if (!districtCode.success || !from.success || !to.success) return null
  return {
    districtCode: districtCode.data,
    from: from.data === undefined ? null : new Date(beginOf(from.data)).toISOString(),
    to: to.data === undefined ? null : new Date(beginOf(to.data) + DAY_MS).toISOString()
  }
}
