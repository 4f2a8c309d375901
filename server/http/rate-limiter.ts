import type { Rate } from './limits.ts'

export interface RateLimiter {
  /** Takes one request out of the bucket. 0: it may go on; else the milliseconds until the next one may. */
  take(key: string, rate: Omit<Rate, 'per'>): number
}

interface Bucket {
  /** How much is in it, and since when. */
  readonly left: number
  readonly at: number
  readonly rate: Omit<Rate, 'per'>
}

const MINUTE_MS = 60_000
/** More buckets than devices of a large city: then those that are full again are thrown away. */
const MOST_BUCKETS = 20_000

export function createRateLimiter({ monotonicMs }: { readonly monotonicMs: () => number }): RateLimiter {
  const buckets = new Map<string, Bucket>()
  const filled = ({ left, at, rate }: Bucket, now: number): number =>
    Math.min(rate.burst, left + ((now - at) * rate.aMinute) / MINUTE_MS)
  const throwAwayFull = (now: number): void => {
    for (const [key, bucket] of buckets) if (filled(bucket, now) >= bucket.rate.burst) buckets.delete(key)
  }
  return {
    take: (key, rate) => {
      const now = monotonicMs()
      const known = buckets.get(key)
      const left = known === undefined ? rate.burst : filled({ ...known, rate }, now)
      if (left < 1) return Math.ceil(((1 - left) * MINUTE_MS) / rate.aMinute)
      if (known === undefined && buckets.size >= MOST_BUCKETS) throwAwayFull(now)
      buckets.set(key, { left: left - 1, at: now, rate })
      return 0
    }
  }
}
