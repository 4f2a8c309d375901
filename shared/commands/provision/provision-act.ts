import { z } from 'zod'
import type { Role } from '#shared/domain/account/account.ts'
import { paperSchema } from '#shared/domain/provision/provision-run.ts'
import { dateSchema } from '#shared/foundation/primitives.ts'

const letter = z.object({ document: paperSchema, on: dateSchema })

/** What is done to a run after it was numbered. */
export const provisionActSchema = z.discriminatedUnion('name', [
  /** The encrypted file is whole, where the officer had it written. */
  z.object({
    name: z.literal('provision.written'),
    args: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().positive() })
  }),
  /** It will not be written: the number stays, with the reason. */
  z.object({ name: z.literal('provision.void'), args: z.object({ reason: z.string().trim().min(5).max(400) }) }),
  /** The office's own copy of the file is destroyed. */
  z.object({ name: z.literal('provision.destroy_file'), args: z.object({}) }),
  /** The agreement with the recipient ends on another day than was said. */
  z.object({ name: z.literal('provision.end_agreement'), args: z.object({ on: dateSchema }) }),
  /** The recipient was asked to delete whoever withdrew since. */
  z.object({ name: z.literal('provision.ask_deletion'), args: letter }),
  /** The recipient confirmed the deletion: of those it was asked for, or of the whole run. */
  z.object({ name: z.literal('provision.prove_deletion'), args: letter.extend({ of: z.enum(['asked', 'all']) }) })
])
export type ProvisionAct = z.infer<typeof provisionActSchema>
export type ProvisionActName = ProvisionAct['name']

/**
 * Who may do what. What leaves the office and what becomes of its file is the privacy officer's; what comes back from a
 * recipient anybody records who has its letters on the desk. A supervisor reads.
 */
const ROLES: Readonly<Record<ProvisionActName | 'provision.give', readonly Role[]>> = {
  'provision.give': ['privacy_officer'],
  'provision.written': ['privacy_officer'],
  'provision.void': ['privacy_officer'],
  'provision.destroy_file': ['privacy_officer'],
  'provision.end_agreement': ['caseworker', 'privacy_officer'],
  'provision.ask_deletion': ['caseworker', 'privacy_officer'],
  'provision.prove_deletion': ['caseworker', 'privacy_officer']
}

export const mayProvide = (role: Role, name: ProvisionActName | 'provision.give'): boolean => ROLES[name].includes(role)
