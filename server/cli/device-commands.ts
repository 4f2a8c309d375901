import { codeNoteSchema } from '#shared/domain/administration/enrolment-code.ts'
import type { RescueEntry } from '#shared/domain/administration/rescue-entry.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import { districtCodeSchema } from '#shared/foundation/primitives.ts'
import { issueCode } from '../accounts/enrolment-codes.ts'
import { bringFromDisk } from '../rescue/bring-folder.ts'
import type { CapsuleRefused } from '../rescue/open-capsule.ts'
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
    run: async (databases, { argument }) =>
      withCentre(databases, async (centre) => {
        const brought = await bringFromDisk(centre, argument)
        if (brought.ok) return done(brought.value.map(inWords).join('\n'))
        const { error } = brought
        return fail(error.type === 'Unreadable' ? 'The file cannot be read.' : whyRefused(error.cause))
      })
  }
}

function inWords({ deviceName, state, parkedFor, ...counts }: RescueEntry): string {
  const { commands, documents, applied, alreadyApplied, refused, lost, damaged } = counts
  const held = documents > 0 ? `${commands} commands and ${documents} documents` : `${commands} commands`
  const lacking = lost > 0 ? `, ${lost} lost` : ''
  const fate = `${applied} applied, ${alreadyApplied} were there, ${refused} refused, ${damaged} damaged${lacking}`
  const rest =
    parkedFor === 'chunks'
      ? ' Documents wait for pieces: bring the folder that has them, or release what is here.'
      : ' The rest is parked until an administrator releases it.'
  return `${deviceName}: ${held}: ${fate}.${state === 'parked' ? rest : ''}`
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
