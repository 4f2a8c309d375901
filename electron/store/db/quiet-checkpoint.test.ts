import { afterEach, beforeEach, expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { ok } from '#shared/foundation/result.ts'
import { recentCount } from '#shared/store-format/postings/posting-store.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'
import { putCase } from './case-rows.ts'
import { type QuietCheckpoint, startQuietCheckpoint } from './quiet-checkpoint.ts'

let store: TestStore
let checkpoint: QuietCheckpoint
let clock = 0
let look: (() => void) | null = null
let faults: unknown[] = []

beforeEach(() => {
  store = openTestStore()
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

test('what single cases changed in the search index is folded in when it is worth it', () => {
  const recordOf = createCaseGenerator({ seed: 5, districtCodes: ['11680'], today: '2026-11-20', count: 100 })
  const put = (from: number, to: number) =>
    store.db.write((tx) => {
      for (let index = from; index < to; index++) putCase(tx, recordOf(index), { waiting: false })
      return ok(null)
    })
  put(0, 5)
  passSecond()
  expect(recentCount(store.db)).toBe(5)
  put(5, 40)
  passSecond()
  expect(recentCount(store.db)).toBe(0)
})

test('once stopped it looks no more', () => {
  checkpoint.stop()
  expect(look).toBeNull()
})
