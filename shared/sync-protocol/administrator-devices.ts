import { z } from 'zod'
import { deviceEntrySchema } from '#shared/domain/administration/device-entry.ts'

/** GET /v1/admin/devices; POST …/:deviceId/revoke and …/:deviceId/wipe answer 204. */
export const devicesResponseSchema = z.object({ devices: z.array(deviceEntrySchema) })
