import { create } from 'zustand'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'

interface Clock {
  /** Epoch milliseconds, renewed twice a minute. */
  readonly now: number
  /** The calendar day in Korea. */
  readonly today: string
}

const TICK_MS = 30_000

const read = (): Clock => {
  const now = Date.now()
  return { now, today: koreanDayOf(new Date(now).toISOString()) }
}

/** The one clock of the window: a screen left open over midnight counts its days anew. */
export const useClock = create<Clock>(read)

export const useToday = (): string => useClock((clock) => clock.today)

export function startClock(): void {
  setInterval(() => useClock.setState(read()), TICK_MS)
}
