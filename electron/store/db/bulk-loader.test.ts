import { expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { ok } from '#shared/foundation/result.ts'
import { openTestStore } from '../testing/test-store.ts'
import { caseById, createBulkLoader, putCase } from './case-rows.ts'
import { openPageCheck } from './page-check.ts'

const COUNT = 400
const caseAt = createCaseGenerator({ seed: 3, districtCodes: ['11680'], today: '2026-11-20', count: COUNT })

test('a download that a crash cut off goes on while the pages are still being checked', () => {
  const { db, file, key, close } = openTestStore()
  for (let index = 0; index < 100; index += 1) db.write((tx) => ok(putCase(tx, caseAt(index), { waiting: false })))
  const check = openPageCheck({ file, key, monotonicMs: () => performance.now() })
  expect(check.step(0)).toBe('more')
  const loader = createBulkLoader(db)
  for (let index = 100; index < COUNT; index += 1) loader.add(caseAt(index))
  loader.finish()
  expect(db.pluck('SELECT count(*) FROM cases')).toBe(COUNT)
  expect(caseById(db, caseAt(COUNT - 1).case.id)?.record).toEqual(caseAt(COUNT - 1))
  expect(db.raw.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(check.step(60_000)).toBe('sound')
  check.close()
  close()
})
