import { afterEach, beforeEach, expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'
import { type QuietCheckpoint, startQuietCheckpoint } from './quiet-checkpoint.ts'

let store: TestStore
let checkpoint: QuietCheckpoint
let clock = 0
let look: (() => void) | null = null
let faults: unknown[] = []

beforeEach(() => {
  store = openTestStore({ version: 0 })
  store.db.raw.exec('CREATE TABLE notes (body TEXT NOT NULL) STRICT')
  clock = 0
  faults = []
  checkpoint = startQuietCheckpoint({
    db: store.db,
    file: store.file,
    monotonicMs: () => clock,
    later: (_ms, work) => {
      look = work
      return () => {
        look = null
      }
    },
    onFault: (fault) => faults.push(fault)
  })
})
afterEach(() => {
  checkpoint.stop()
  store.close()
  expect(faults).toEqual([])
})

const write = (texts: number): void => {
  store.db.write((tx) => {
    for (let i = 0; i < texts; i++) tx.run('INSERT INTO notes VALUES (?)', '가'.repeat(1000))
    return ok(null)
  })
}
/** Frames of the log that are not in the file yet. */
const waitingFrames = (): number => {
  const [row] = store.db.raw.pragma('wal_checkpoint(NOOP)') as Array<{ log: number; checkpointed: number }>
  return (row?.log ?? 0) - (row?.checkpointed ?? 0)
}
const passSecond = (): void => {
  clock += 1000
  look?.()
}

test('a log worth merging is merged in the next quiet second', () => {
  write(2000)
  expect(waitingFrames()).toBeGreaterThan(1000)
  passSecond()
  expect(waitingFrames()).toBe(0)
})

test('a small log waits, and so does any while somebody is asking', () => {
  write(100)
  passSecond()
  expect(waitingFrames()).toBeGreaterThan(50)
  write(2000)
  clock += 500
  checkpoint.busy()
  clock += 500
  look?.()
  expect(waitingFrames()).toBeGreaterThan(1000)
  passSecond()
  expect(waitingFrames()).toBe(0)
})

test('once stopped it looks no more', () => {
  checkpoint.stop()
  expect(look).toBeNull()
})
