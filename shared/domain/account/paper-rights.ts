import { CASE_ROLES, oversees, type Role } from './account.ts'

/** Who gives which paper out. */
const PAPER_ROLES = {
  // 별지 4 is its author's, its reviewer's and the officer's alike.
  destruction_request: CASE_ROLES,
  destruction_register: ['privacy_officer', 'supervisor'],
  // 보호책임자 confirms the result (표준 개인정보 보호지침 55조, 56조).
  destruction_certificate: ['privacy_officer']
} as const satisfies Readonly<Record<string, readonly Role[]>>
export type PaperKind = keyof typeof PAPER_ROLES

export const mayGivePaper = (role: Role, kind: PaperKind): boolean => {
  const roles: readonly Role[] = PAPER_ROLES[kind]
  return roles.includes(role)
}

/** Whoever oversees has a signing key, and gives no paper out without her signature. */
export const signsPapers = oversees
