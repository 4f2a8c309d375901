import type { Role } from '#shared/domain/account/account.ts'
import type { AnyCommandName } from './any-command.ts'

/** Who may give each command, to take up again or give up what the centre refused of it included. */
const COMMAND_ROLES: Readonly<Record<AnyCommandName, readonly Role[]>> = {
  'case.register': ['caseworker'],
  'case.correct': ['caseworker'],
  'case.move': ['caseworker'],
  'conflict.resolve': ['caseworker'],
  'case.attach': ['caseworker'],
  'case.detach': ['caseworker'],
  // Whoever answers for a case, for its audit or for a citizen's request may have it kept.
  'case.hold': ['caseworker', 'supervisor', 'privacy_officer'],
  'case.release_hold': ['caseworker', 'supervisor', 'privacy_officer'],
  'case.record_consent': ['caseworker'],
  // Who gets a citizen's request may stop what she withdrew, without waiting for a caseworker.
  'case.withdraw_consent': ['caseworker', 'supervisor', 'privacy_officer'],
  // 개인정보취급자 plans, lists and requests, another official reviews, the privacy officer decides
  // (표준 개인정보 보호지침 55조, 56조).
  'batch.plan': ['caseworker'],
  'batch.list': ['caseworker'],
  'batch.submit': ['caseworker'],
  'batch.exclude': ['caseworker', 'supervisor'],
  'batch.extend': ['caseworker', 'supervisor'],
  'batch.include': ['caseworker', 'supervisor'],
  'batch.finish_review': ['caseworker', 'supervisor'],
  'batch.request': ['caseworker'],
  'batch.approve': ['privacy_officer'],
  'batch.return': ['privacy_officer'],
  'batch.abort': ['caseworker', 'privacy_officer']
}

export const mayGive = (role: Role, name: AnyCommandName): boolean => COMMAND_ROLES[name].includes(role)
