import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { ok } from '#shared/foundation/result.ts'
import type { ListedCase } from '#shared/store-format/case-columns.ts'
import { createCaseLoader } from '#shared/store-format/case-loader.ts'
import { foldRecent } from '#shared/store-format/postings/posting-store.ts'
import { behindOf, putBehind } from '#shared/store-format/search-behind.ts'
import { expectedIndex, indexed, renamed } from '../testing/indexed-terms.ts'
import { gatherThread, openTestStore, type TestStore } from '../testing/test-store.ts'
import { putCase, removeCase } from './case-rows.ts'
import { createIndexPass } from './index-pass.ts'
import { createListGatherer, type ListGatherer, type LoadedRows } from './list-gatherer.ts'

const COUNT = 400
const madeUp = createCaseGenerator({ seed: 9, districtCodes: ['11680'], today: '2026-11-20', count: COUNT })

function openDownload() {
  const store = openTestStore()
  const { db } = store
  let next = 0
  return {
    ...store,
    /** A chunk of the download. */
    load: (): LoadedRows => {
      const listed: ListedCase[] = []
      let lastNo = 0
      db.write((tx) => {
        const loader = createCaseLoader(tx)
        for (let left = 20; left > 0; left--) {
          const loaded = loader.add(madeUp(next++ % COUNT))
          if (loaded !== null) listed.push(loaded.listed)
          lastNo = loaded?.no ?? lastNo
        }
        loader.finish()
        if (listed.length > 0) putBehind(tx, { firstNo: lastNo - listed.length + 1, lastNo })
        return ok(null)
      })
      return { firstNo: lastNo - listed.length + 1, listed }
    },
    put: (record: CaseRecord): void => void db.write((tx) => ok(putCase(tx, record, { waiting: false })))
  }
}

function finish({ db, close }: TestStore): void {
  const pass = createIndexPass(db)
  while (pass.step());
  db.write((tx) => ok(foldRecent(tx)))
  expect(behindOf(db)).toBeNull()
  expect(indexed(db)).toEqual(expectedIndex(db))
  close()
}

const faults: unknown[] = []
const gathererOf = ({ db }: TestStore, over: { gatherThread?: URL; signal?: AbortSignal } = {}): ListGatherer =>
  createListGatherer({
    db,
    gatherThread,
    signal: new AbortController().signal,
    onFault: (fault) => faults.push(fault),
    ...over
  })

const inBetween = (): Promise<void> => Promise.resolve()

test('the thread alone indexes a download, also one into an index that has cases already', async () => {
  const download = openDownload()
  const gatherer = gathererOf(download)
  for (let round = 0; round < 2; round += 1) {
    for (let chunk = 0; chunk < 5; chunk += 1) {
      gatherer.add(download.load())
      await gatherer.keptUp()
    }
    await gatherer.write(inBetween)
    expect(behindOf(download.db)).toBeNull()
    expect(indexed(download.db)).toEqual(expectedIndex(download.db))
  }
  gatherer.close()
  finish(download)
})

test('a case that is changed while its lists are written is found under what is true of it', async () => {
  const download = openDownload()
  const gatherer = gathererOf(download)
  for (let chunk = 0; chunk < 18; chunk += 1) gatherer.add(download.load())
  let turns = 0
  await gatherer.write(async () => {
    turns += 1
    if (turns === 1) download.put(renamed(madeUp(3), '남궁민수야'))
  })
  expect([turns, behindOf(download.db)]).toEqual([1, { firstNo: 1, lastNo: 360, touched: 1 }])
  gatherer.close()
  finish(download)
})

test('without its thread, or called off, it leaves everything to the pass; a thread that fails is told', async () => {
  const ways = [
    { over: { gatherThread: new URL('file:///nowhere.ts') }, told: 1 },
    { over: { signal: AbortSignal.abort() }, told: 0 }
  ]
  for (const { over, told } of ways) {
    faults.length = 0
    const download = openDownload()
    const gatherer = gathererOf(download, over)
    for (let chunk = 0; chunk < 6; chunk += 1) {
      gatherer.add(download.load())
      await gatherer.keptUp()
    }
    await gatherer.write(inBetween)
    expect(behindOf(download.db)).toEqual({ firstNo: 1, lastNo: 120, touched: 0 })
    expect(faults).toHaveLength(told)
    gatherer.close()
    finish(download)
  }
})

const act = fc.oneof(
  { weight: 4, arbitrary: fc.constant({ is: 'load' as const, at: 0 }) },
  { weight: 1, arbitrary: fc.constant({ is: 'load_unseen' as const, at: 0 }) },
  { weight: 2, arbitrary: fc.constant({ is: 'write' as const, at: 0 }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('rename' as const), at: fc.nat(39) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('remove' as const), at: fc.nat(39) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('register' as const), at: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.constant({ is: 'fold' as const, at: 0 }) },
  { weight: 1, arbitrary: fc.constant({ is: 'restart' as const, at: 0 }) }
)

test('whatever happens beside it, the index is in the end what it would be had each case come alone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 4, maxLength: 25 }), async (acts) => {
      const download = openDownload()
      const { db, put, load } = download
      let gatherer = gathererOf(download)
      for (const { is, at } of acts) {
        if (is === 'load') gatherer.add(load())
        if (is === 'load_unseen') load()
        if (is === 'write') await gatherer.write(inBetween)
        if (is === 'rename') put(renamed(madeUp(at), `김${String.fromCharCode(0xac00 + at * 37)}수`))
        if (is === 'remove') db.write((tx) => ok(removeCase(tx, madeUp(at).case.id)))
        if (is === 'register') put(madeUp(COUNT - 1 - at))
        if (is === 'fold') db.write((tx) => ok(foldRecent(tx)))
        if (is === 'restart') {
          gatherer.close()
          gatherer = gathererOf(download)
        }
      }
      await gatherer.write(inBetween)
      gatherer.close()
      finish(download)
    }),
    { numRuns: Number(process.env.MNK_RUNS ?? 30) }
  )
}, 120_000)
