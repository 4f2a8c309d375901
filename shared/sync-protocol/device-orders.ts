import { z } from 'zod'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { rescueTermsSchema } from './rescue-terms.ts'

/** GET /v1/device/orders: what the centre wants of a PC on which nobody is signed in. */
export const deviceOrdersSchema = z.object({
  order: z.enum(['none', 'revoked', 'wipe']),
  /** Accounts that have signed in on it and may work no more: they do not open its store either. */
  left: z.array(uuidSchema).max(500),
  rescue: rescueTermsSchema,
  serverTime: instantSchema
})
export type DeviceOrders = z.infer<typeof deviceOrdersSchema>
