import type { Actor } from '#shared/domain/account/account.ts'
import { CASE_FIELDS, type CaseField, type VersionedField } from '#shared/domain/case/case.ts'
import { readField } from '#shared/domain/case/case-fields.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { Command } from './command.ts'

/** The fields that the command fills in or changes and that the actor's grant leaves out. */
export function fieldsNotGranted({ edits }: Actor, command: Command): CaseField[] {
  if (edits === undefined) return []
  return filledBy(command).filter((field): field is CaseField => field !== 'state' && !edits.includes(field))
}

function filledBy(command: Command): readonly VersionedField[] {
  switch (command.name) {
    case 'case.register': {
      const { args } = command
      return CASE_FIELDS.filter((field) => field !== 'assigneeId' && isFilled(readField(args, field)))
    }
    case 'case.correct':
      return command.args.changes.map(({ field }) => field)
    case 'conflict.resolve':
      return [command.args.field]
    case 'case.record_consent':
      return ['consents']
    case 'case.withdraw_consent': // a citizen's right: whoever is asked does it
    case 'case.move':
    case 'case.attach':
    case 'case.detach':
    case 'case.hold':
    case 'case.release_hold':
      return []
    default:
      return assertNever(command)
  }
}

const isFilled = (value: unknown): boolean =>
  value !== null && value !== '' && !(Array.isArray(value) && value.length === 0)
