import { z } from 'zod'
import { instantSchema } from '#shared/foundation/primitives.ts'
import { rescueTermsSchema } from './rescue-terms.ts'

/** GET /v1/device/orders: what the centre wants of a PC on which nobody is signed in. */
export const deviceOrdersSchema = z.object({
  order: z.enum(['none', 'revoked', 'wipe']),
  rescue: rescueTermsSchema,
  serverTime: instantSchema
})
export type DeviceOrders = z.infer<typeof deviceOrdersSchema>
