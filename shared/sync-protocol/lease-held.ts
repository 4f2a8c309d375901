import { z } from 'zod'
import { uuidSchema } from '#shared/foundation/primitives.ts'

/** POST /v1/lease/held: the PC's keyring stands under this lease; 204. */
export const leaseHeldSchema = z.object({ leaseId: uuidSchema })
