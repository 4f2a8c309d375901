import { z } from 'zod'
import { SERVICE_CODES, type ServiceCode } from './service-list.ts'

/** The list has a file of its own, so that a window which only shows services does not load zod for them. */
export { SERVICE_CODES, type ServiceCode }

export const serviceCodeSchema = z.enum(SERVICE_CODES)
