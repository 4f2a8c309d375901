import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { findingsSlot, isLookingSlot, looksSlot, type WatchOrder, type WatchReport } from './plaintext-watch.ts'

/**
 * Runs beside the thread that works on the store and keeps reading every file that the process has open, also the
 * temporary ones that SQLite unlinks the moment it opens them: those have no name left, only a descriptor.
 */
const order: WatchOrder = workerData
const state = new Int32Array(order.state)
const needles = order.needles.map((needle) => Buffer.from(needle))
const found = new Set<string>()
const tempFiles = new Set<string>()

watch()

function watch(): void {
  while (Atomics.load(state, isLookingSlot) !== 2) {
    if (Atomics.wait(state, isLookingSlot, 0, 20) === 'timed-out') continue
    look()
    Atomics.add(state, looksSlot, 1)
    Atomics.store(state, findingsSlot, found.size)
  }
  const report: WatchReport = { found: [...found].sort(), tempFiles: tempFiles.size }
  parentPort?.postMessage(report)
}

function look(): void {
  for (const descriptor of readdirSync('/proc/self/fd')) {
    const path = targetOf(descriptor)
    if (path === null || !path.startsWith(order.dir)) continue
    const isTemp = path.includes('etilqs_')
    if (isTemp) tempFiles.add(path)
    const content = contentOf(descriptor)
    if (needles.some((needle) => content.includes(needle)))
      found.add(isTemp ? 'temporary file' : path.slice(order.dir.length))
  }
}

/** A descriptor may be closed between the listing and the look; that is no finding. */
function targetOf(descriptor: string): string | null {
  try {
    return readlinkSync(`/proc/self/fd/${descriptor}`)
  } catch (error) {
    if (isGone(error)) return null
    throw error
  }
}

function contentOf(descriptor: string): Buffer {
  try {
    return readFileSync(`/proc/self/fd/${descriptor}`)
  } catch (error) {
    if (isGone(error)) return Buffer.alloc(0)
    throw error
  }
}

function isGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && ['ENOENT', 'ENXIO', 'EACCES'].includes(String(error.code))
}
