import type { AnyCommandName } from '#shared/commands/any-command.ts'

/** Where the locale files have the words for each command. */
export const COMMAND_KEYS = {
  'case.register': 'domain:command.case.register',
  'case.correct': 'domain:command.case.correct',
  'case.move': 'domain:command.case.move',
  'conflict.resolve': 'domain:command.conflict.resolve',
  'case.attach': 'domain:command.case.attach',
  'case.detach': 'domain:command.case.detach',
  'case.hold': 'domain:command.case.hold',
  'case.release_hold': 'domain:command.case.release_hold',
  'case.record_consent': 'domain:command.case.record_consent',
  'case.withdraw_consent': 'domain:command.case.withdraw_consent',
  'batch.plan': 'domain:command.batch.plan',
  'batch.list': 'domain:command.batch.list',
  'batch.submit': 'domain:command.batch.submit',
  'batch.exclude': 'domain:command.batch.exclude',
  'batch.extend': 'domain:command.batch.extend',
  'batch.include': 'domain:command.batch.include',
  'batch.finish_review': 'domain:command.batch.finish_review',
  'batch.request': 'domain:command.batch.request',
  'batch.approve': 'domain:command.batch.approve',
  'batch.return': 'domain:command.batch.return',
  'batch.abort': 'domain:command.batch.abort'
} as const satisfies Record<AnyCommandName, string>
