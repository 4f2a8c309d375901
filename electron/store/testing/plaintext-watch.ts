import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'

/** Looks for the plaintext of a store in every file it leaves or uses, with a name or without. */

export interface WatchOrder {
  readonly dir: string
  readonly needles: readonly Uint8Array[]
  readonly state: SharedArrayBuffer
}

export interface WatchReport {
  /** Where plaintext was seen: names of files below the folder, or `temporary file`. */
  readonly found: readonly string[]
  /** How many temporary files were seen at all. */
  readonly tempFiles: number
}

/** 0: pause, 1: look, 2: stop. */
export const isLookingSlot = 0
export const looksSlot = 1
export const findingsSlot = 2

const ENOUGH_LOOKS = 6
const MOST_ROUNDS = 40

/** The bytes that a text has in a file: UTF-8, and UTF-16 as SQLite may also store it. */
export const needlesOf = (texts: readonly string[]): Buffer[] =>
  texts.flatMap((text) => [Buffer.from(text, 'utf8'), Buffer.from(text, 'utf16le')])

/**
 * Repeats `job` until the watcher has looked often enough while it ran, or, where plaintext is expected, until it was
 * found. `dir` holds the store and is SQLite's temp folder.
 */
export async function watchWhile(options: {
  dir: string
  needles: readonly Buffer[]
  job: () => void
  until: 'looked' | 'found'
}): Promise<WatchReport> {
  const order: WatchOrder = { dir: options.dir, needles: options.needles, state: new SharedArrayBuffer(12) }
  const state = new Int32Array(order.state)
  const worker = new Worker(new URL('./temp-file-watcher.ts', import.meta.url), { workerData: order })
  const report = new Promise<WatchReport>((resolve, reject) => {
    worker.once('message', resolve)
    worker.once('error', reject)
  })
  await new Promise((resolve) => worker.once('online', resolve))
  try {
    const isEnough = (): boolean =>
      options.until === 'found' ? Atomics.load(state, findingsSlot) > 0 : Atomics.load(state, looksSlot) >= ENOUGH_LOOKS
    for (let round = 0; !isEnough(); round++) {
      if (round === MOST_ROUNDS) throw new Error(`the watcher never ${options.until}`)
      setState(state, 1)
      options.job()
      setState(state, 0)
      await Promise.race([report, setImmediate()]) // a watcher that failed says so here
    }
  } finally {
    setState(state, 2)
  }
  return report
}

function setState(state: Int32Array, value: number): void {
  Atomics.store(state, isLookingSlot, value)
  Atomics.notify(state, isLookingSlot)
}

/** Files below a folder that hold one of the needles. */
export function filesWithPlaintext(dir: string, needles: readonly Buffer[]): string[] {
  return readdirSync(dir, { recursive: true, encoding: 'utf8' }).filter((name) => {
    if (!statSync(join(dir, name)).isFile()) return false
    const content = readFileSync(join(dir, name))
    return needles.some((needle) => content.includes(needle))
  })
}
