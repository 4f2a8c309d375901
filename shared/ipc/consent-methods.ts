import { z } from 'zod'
import type { ConsentTally } from '#shared/domain/consent/consent-tally.ts'
import type { ProvisionCount } from '#shared/domain/provision/provision-tally.ts'
import type { Locked } from './locked.ts'
import { method } from './method.ts'

/** Guardians who have not confirmed that are told of, the most pressing ones. */
export const MOST_WAITING = 200

/** How the consents of the PC's cases stand, and what each recipient could be given of them today. */
export interface ConsentStatus extends ConsentTally {
  readonly provisions: readonly ProvisionCount[]
}

/** 동의 현황, for the supervisor and the privacy officer: counted from the cases of this PC, also without a line. */
export const CONSENT_STATUS_METHODS = {
  'consents.tally': method(z.object({})).gives<ConsentStatus, Locked | { type: 'RoleNotAllowed' }>()
} as const
