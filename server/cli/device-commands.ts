import { readFileSync, statSync } from 'node:fs'
import { codeNoteSchema } from '#shared/domain/administration/enrolment-code.ts'
import { MOST_CAPSULE_BYTES } from '#shared/domain/administration/rescue-entry.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { districtCodeSchema } from '#shared/foundation/primitives.ts'
import { issueCode } from '../accounts/enrolment-codes.ts'
import type { CapsuleRefused } from '../rescue/open-capsule.ts'
import { receiveRescue } from '../rescue/rescues.ts'
import { type CliCommand, done, fail } from './command.ts'
import { withCentre } from './with-centre.ts'

/** The first PC of an office, and unsent work that was found on a PC. */
export const DEVICE_COMMANDS: Readonly<Record<string, CliCommand>> = {
  'enrolment-code': {
    argument: null,
    run: async (databases, { options }) => {
      const districtCode = districtCodeSchema.safeParse(options.district)
      const note = codeNoteSchema.safeParse(options.note ?? '')
      if (!districtCode.success || !note.success) return fail('Not usable: --district (five digits) or --note.')
      return withCentre(databases, async (centre) => {
        const wanted = { districtCode: districtCode.data, note: note.data, issuedBy: null }
        const { code, expiresAt } = await issueCode(centre, wanted)
        return done(`${code}\nFor one PC, until ${expiresAt}. It is not shown again.`)
      })
    }
  },
  'bring-capsule': {
    argument: 'FILE',
    run: async (databases, { argument }) => {
      const bytes = readCapsule(argument)
      if (typeof bytes === 'string') return fail(bytes)
      return withCentre(databases, async (centre) => {
        const brought = await receiveRescue(centre, { bytes, via: 'file' })
        if (!brought.ok) return fail(whyRefused(brought.error.cause))
        const { deviceName, state, commands, applied, alreadyApplied, refused, damaged } = brought.value.rescue
        const counts = `${commands} commands: ${applied} applied, ${alreadyApplied} were there, ${refused} refused, ${damaged} damaged`
        const parked = state === 'parked' ? ' The rest is parked until an administrator releases it.' : ''
        return done(`${deviceName}: ${counts}.${parked}`)
      })
    }
  }
}

/** A capsule that is too large for the line comes in here. */
const MOST_FILE_BYTES = 16 * MOST_CAPSULE_BYTES

/** The file's bytes, or what is wrong with it. */
function readCapsule(file: string): Uint8Array | string {
  try {
    if (statSync(file).size > MOST_FILE_BYTES) return whyRefused('too_large')
    return readFileSync(file)
  } catch {
    return 'The file cannot be read.'
  }
}

function whyRefused(cause: CapsuleRefused['cause']): string {
  switch (cause) {
    case 'damaged':
      return 'This is no capsule, or it is damaged.'
    case 'foreign':
      return 'This capsule belongs to another centre, or to a PC that this one does not know.'
    case 'forged':
      return 'This capsule was not made by the PC that it names.'
    case 'too_large':
      return 'This file is too large for a capsule.'
    default:
      return assertNever(cause)
  }
}
