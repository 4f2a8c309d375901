import { leaseTermsSchema } from '#shared/domain/administration/lease-terms.ts'

export const MOST_HOURS = 24 * 90

/** Whether the typed hours are ones that the centre takes. */
export const isTerm = (typed: string): boolean => leaseTermsSchema.shape.leaseHours.safeParse(Number(typed)).success

/** 170 hours are 7 days and 2 hours. */
export const hoursOf = (hours: number): { days: number; hours: number } => ({
  days: Math.floor(hours / 24),
  hours: hours % 24
})
