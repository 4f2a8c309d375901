import type { Centre } from '../centre.ts'
import { expireChunks } from './chunk-store.ts'

const HOUR_MS = 3_600_000

/** Removes hourly what came ahead of a command that never came; the returned function ends that. */
export function startChunkExpiry(centre: Pick<Centre, 'pool' | 'now'>, onFault: (fault: unknown) => void): () => void {
  const timer = setInterval(() => void expireChunks(centre).catch(onFault), HOUR_MS)
  timer.unref()
  return () => clearInterval(timer)
}
