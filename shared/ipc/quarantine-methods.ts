import { z } from 'zod'
import type { Refusal } from '#shared/commands/refusal.ts'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import type { Locked } from './locked.ts'
import { method } from './method.ts'
import type { HandedOverItem, QuarantineEntry } from './quarantine-views.ts'

/** Why the centre did not do or tell what somebody at an ordinary desk asked it for. */
export type CentreFailure =
  | { type: 'SignInNeeded' } // the pass at the centre is over; the desk stays open
  | { type: 'RoleNotAllowed' }
  | { type: 'CentreUnreachable' }
  | { type: 'CentreBusy'; retryAfterSeconds: number }
  | { type: 'CentreFault' }
  | { type: 'CentreRestoring' }
  | { type: 'ProtocolMismatch' }
  | { type: 'NotThere' } // meanwhile settled, or of another district

/** The rules for cases do not allow the edit on the case as it is now; `unknown`: a rule of a newer centre. */
export interface NotTaken {
  readonly type: 'NotTaken'
  readonly cause: Refusal['type'] | 'unknown'
}

/** As long as the centre asks for. */
const reasonSchema = z.string().trim().min(5).max(400)
const nothing = z.object({})
const oneCommand = z.object({ commandId: uuidSchema, caseId: uuidSchema })

/** What lies at the centre and not in the store: each question goes there at once, and nothing of the answer is kept. */
export const QUARANTINE_METHODS = {
  /** 격리함, for the privacy officer. */
  'quarantine.list': method(nothing).gives<readonly QuarantineEntry[], Locked | CentreFailure>(),
  'quarantine.destroy': method(oneCommand.extend({ reason: reasonSchema })).gives<null, Locked | CentreFailure>(),

  /** 넘겨받은 변경, for the caseworkers of the district that has the case now. */
  'handedOver.list': method(nothing).gives<readonly HandedOverItem[], Locked | CentreFailure>(),
  /** Does it to the case as it is. */
  'handedOver.take': method(oneCommand).gives<null, Locked | CentreFailure | NotTaken>(),
  'handedOver.drop': method(oneCommand.extend({ reason: reasonSchema })).gives<null, Locked | CentreFailure>()
} as const
