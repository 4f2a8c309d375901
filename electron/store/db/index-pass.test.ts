import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { ok } from '#shared/foundation/result.ts'
import { createCaseLoader } from '#shared/store-format/case-loader.ts'
import { foldRecent } from '#shared/store-format/postings/posting-store.ts'
import { behindOf, putBehind } from '#shared/store-format/search-behind.ts'
import { expectedIndex, indexed, renamed } from '../testing/indexed-terms.ts'
import { openTestStore } from '../testing/test-store.ts'
import { putCase, removeCase, removeCases } from './case-rows.ts'
import { createIndexPass } from './index-pass.ts'
import { createIndexSweep } from './index-sweep.ts'

const COUNT = 400
const madeUp = createCaseGenerator({ seed: 4, districtCodes: ['11680'], today: '2026-11-20', count: COUNT })

const act = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ is: 'step' as const, at: 0 }) },
  { weight: 2, arbitrary: fc.record({ is: fc.constant('rename' as const), at: fc.nat(39) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('remove' as const), at: fc.nat(39) }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('bury' as const), at: fc.nat(29) }) },
  { weight: 2, arbitrary: fc.constant({ is: 'sweep' as const, at: 0 }) },
  { weight: 1, arbitrary: fc.record({ is: fc.constant('register' as const), at: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.constant({ is: 'fold' as const, at: 0 }) },
  { weight: 1, arbitrary: fc.constant({ is: 'load' as const, at: 0 }) },
  { weight: 1, arbitrary: fc.constant({ is: 'restart' as const, at: 0 }) }
)

const RUNS = Number(process.env.MNK_RUNS ?? 60)

type Act = typeof act extends fc.Arbitrary<infer T> ? T : never

/** Found by chance: half of its terms are in the blocks when the case is changed, and it is removed before the rest is. */
const RENAMED_AND_REMOVED_WHILE_WRITTEN: Act[] = [
  ...Array.from({ length: 8 }, (): Act => ({ is: 'step', at: 0 })),
  { is: 'rename', at: 16 },
  { is: 'remove', at: 16 },
  { is: 'fold', at: 0 }
]
/** Found by chance: a new case is folded into blocks of its own while the first blocks of the others are being written. */
const FOLDED_WHILE_WRITTEN: Act[] = [
  { is: 'register', at: 0 },
  ...Array.from({ length: 9 }, (): Act => ({ is: 'step', at: 0 })),
  { is: 'fold', at: 0 }
]

test('an index that is made behind the cases is in the end what it would be had each come alone', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 10, maxLength: 60 }), (acts) => {
      const store = openTestStore()
      const { db } = store
      let next = 0
      const load = (): void => {
        db.write((tx) => {
          const loader = createCaseLoader(tx)
          const nos = Array.from({ length: 20 }, () => loader.add(madeUp(next++ % COUNT))?.no ?? 0).filter(Boolean)
          loader.finish()
          if (nos.length > 0) putBehind(tx, { firstNo: nos[0] ?? 0, lastNo: nos.at(-1) ?? 0 })
          return ok(null)
        })
      }
      const put = (record: CaseRecord): void => void db.write((tx) => ok(putCase(tx, record, { waiting: false })))
      load()
      load()
      let pass = createIndexPass(db, { cases: 7, terms: 150 })
      let sweep = createIndexSweep(db, 90)
      const bury = (at: number): void => {
        const caseIds = Array.from({ length: 12 }, (_, more) => madeUp(at + more).case.id)
        db.write((tx) => ok(removeCases(tx, caseIds)))
      }
      let names = 0
      const nextName = (): string => {
        names += 37
        return `김${String.fromCharCode(0xac00 + (names % 11_000))}수`
      }
      for (const { is, at } of acts) {
        if (is === 'step') pass.step()
        if (is === 'rename') put(renamed(madeUp(at), nextName()))
        if (is === 'remove') db.write((tx) => ok(removeCase(tx, madeUp(at).case.id)))
        if (is === 'bury') bury(at)
        if (is === 'sweep') sweep.step()
        if (is === 'register') put(madeUp(COUNT - 1 - at))
        if (is === 'fold') db.write((tx) => ok(foldRecent(tx)))
        if (is === 'load') load()
        if (is === 'restart') {
          pass = createIndexPass(db, { cases: 7, terms: 150 })
          sweep = createIndexSweep(db, 90)
        }
      }
      while (pass.step());
      while (sweep.step());
      db.write((tx) => ok(foldRecent(tx)))
      expect(behindOf(db)).toBeNull()
      expect(indexed(db)).toEqual(expectedIndex(db))
      store.close()
    }),
    { numRuns: RUNS, examples: [[RENAMED_AND_REMOVED_WHILE_WRITTEN], [FOLDED_WHILE_WRITTEN]] }
  )
}, 120_000)
