import type { Role } from '#shared/domain/account/account.ts'
import type { CommandName } from './command.ts'

/** Who may give each command, to take up again or give up what the centre refused of it included. */
const COMMAND_ROLES: Readonly<Record<CommandName, readonly Role[]>> = {
  'case.register': ['caseworker'],
  'case.correct': ['caseworker'],
  'case.move': ['caseworker'],
  'conflict.resolve': ['caseworker'],
  'case.attach': ['caseworker'],
  'case.detach': ['caseworker'],
  // Whoever answers for a case, for its audit or for a citizen's request may have it kept.
  'case.hold': ['caseworker', 'supervisor', 'privacy_officer'],
  'case.release_hold': ['caseworker', 'supervisor', 'privacy_officer']
}

export const mayGive = (role: Role, name: CommandName): boolean => COMMAND_ROLES[name].includes(role)
