import { z } from 'zod'

/** Why somebody looks or copies, as the access log keeps it. */
export const reasonSchema = z.string().trim().min(2).max(400)
