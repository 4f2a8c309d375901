import { addDays } from '#shared/domain/calendar/day.ts'
import type { LogQuestion } from '#shared/ipc/access-log-methods.ts'

/** Which lines are looked for. */
export type LogWanted = Omit<LogQuestion, 'before'>

export const PERIODS = [1, 7, 31] as const

/** The last so many days, today included. */
export const lastDays = (today: string, days: number): Pick<LogWanted, 'from' | 'to'> => ({
  from: addDays(today, 1 - days),
  to: today
})

const ANYBODY = { accountId: null, deviceId: null, act: null, caseId: null }

export const newestWanted = (today: string): LogWanted => ({ ...lastDays(today, 7), ...ANYBODY })
