import { z } from 'zod'

const hours = z
  .int()
  .min(1)
  .max(24 * 90)

/** How long a PC of the district may work without meeting the centre, and how long its data then stays, locked. */
export const leaseTermsSchema = z.object({ leaseHours: hours, graceHours: hours })
export type LeaseTerms = z.infer<typeof leaseTermsSchema>
