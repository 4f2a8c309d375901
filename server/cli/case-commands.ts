import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { openReasonSchema } from '#shared/domain/administration/restore-gate.ts'
import { burialReasonSchema } from '#shared/domain/quarantine/quarantine-entry.ts'
import { districtCodeSchema, dongCodeSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { moveCaseToDistrict } from '../cases/move-case-to-district.ts'
import type { Centre } from '../centre.ts'
import { buryCases } from '../destruction/bury-cases.ts'
import { closeGates } from '../restore/close-gates.ts'
import { openCompleteGates, openGate } from '../restore/open-gate.ts'
import { restoreProgress } from '../restore/progress.ts'
import { type Answer, type CliCommand, type CliOptions, done, fail } from './command.ts'
import { withCentre } from './with-centre.ts'

/** Cases taken out of use or to another district, and the way out of a restore. */
export const CASE_COMMANDS: Readonly<Record<string, CliCommand>> = {
  bury: {
    argument: 'FILE',
    run: async (databases, { argument, options }) => {
      const reason = burialReasonSchema.safeParse(options.reason)
      const caseIds = readIds(argument)
      if (!reason.success || caseIds === null) return fail('Not usable: --reason, or the file of case ids.')
      return withCentre(databases, async (centre) => {
        const { unknown } = await buryCases(centre, { caseIds, reason: reason.data })
        return done(
          `${caseIds.length - unknown.length} cases are buried (${reason.data}); ${unknown.length} ids are unknown.`
        )
      })
    }
  },
  'move-case': {
    argument: 'CASE',
    run: async (databases, { argument, options }) => {
      const [caseId, dongCode] = [uuidSchema.safeParse(argument), dongCodeSchema.safeParse(options.dong)]
      if (!caseId.success || !dongCode.success) return fail('Not usable: the id of the case, or --dong (ten digits).')
      return withCentre(databases, async (centre) => {
        const moved = await moveCaseToDistrict(centre, { caseId: caseId.data, dongCode: dongCode.data })
        return moved.ok ? done(`Moved; its number is ${moved.value.applicationNo}.`) : fail(moved.error.type)
      })
    }
  },
  restore: {
    argument: 'ACT',
    run: async (databases, { argument, options }) => {
      const act = z.enum(['status', 'begin', 'open']).safeParse(argument)
      if (!act.success) return fail('Not usable: status, begin or open.')
      return withCentre(databases, (centre) => RESTORE_ACTS[act.data](centre, options))
    }
  }
}

const NO_REASON = 'Not usable: --reason (five characters or more), or --district (five digits).'

const RESTORE_ACTS: Record<'status' | 'begin' | 'open', (centre: Centre, options: CliOptions) => Promise<Answer>> = {
  status: async (centre, options) => {
    const districtCode = districtCodeSchema.safeParse(options.district)
    if (!districtCode.success) return fail(NO_REASON)
    return done(JSON.stringify(await restoreProgress(centre.pool, districtCode.data), null, 2))
  },
  begin: async (centre, options) => {
    const reason = openReasonSchema.safeParse(options.reason)
    if (!reason.success) return fail(NO_REASON)
    await closeGates(centre, { cause: 'operator', reason: reason.data })
    await openCompleteGates(centre)
    return done('The gates are shut. Each opens when its PCs have reported, or with `restore open`.')
  },
  open: async (centre, options) => {
    const reason = openReasonSchema.safeParse(options.reason)
    const districtCode = districtCodeSchema.safeParse(options.district)
    if (!reason.success || !districtCode.success) return fail(NO_REASON)
    const isOpened = await openGate(centre, { districtCode: districtCode.data, by: null, reason: reason.data })
    return isOpened ? done('The gate is open.') : fail('The gate of this district is not shut.')
  }
}

/** null: no such file, or a line that is no id. */
function readIds(file: string): string[] | null {
  try {
    const lines = readFileSync(file, 'utf8')
      .split(/\s+/)
      .filter((line) => line !== '')
    return z.array(uuidSchema).min(1).safeParse(lines).data ?? null
  } catch {
    return null
  }
}
