import { z } from 'zod'

/** Fields that are masked until somebody gives a reason to see them. */
export const UNMASKABLE = [
  'applicant.registrationNo',
  'applicant.account',
  'applicant.address',
  'child.registrationNo',
  'helper.registrationNo',
  'helper.phone',
  'household.registrationNo'
] as const
export const unmaskableSchema = z.enum(UNMASKABLE)
export type Unmaskable = (typeof UNMASKABLE)[number]
