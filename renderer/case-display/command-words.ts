import type { CommandName } from '#shared/commands/command.ts'

/** Where the locale files have the words for each command. */
export const COMMAND_KEYS = {
  'case.register': 'domain:command.case.register',
  'case.correct': 'domain:command.case.correct',
  'case.move': 'domain:command.case.move',
  'conflict.resolve': 'domain:command.conflict.resolve',
  'case.attach': 'domain:command.case.attach',
  'case.detach': 'domain:command.case.detach',
  'case.hold': 'domain:command.case.hold',
  'case.release_hold': 'domain:command.case.release_hold'
} as const satisfies Record<CommandName, string>
