import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { matchQuery } from '#shared/domain/search/match.ts'
import { parseQuery } from '#shared/domain/search/parse-query.ts'
import { type Searchable, searchableOf } from '#shared/domain/search/searchable.ts'
import { showMatch } from '#shared/domain/search/show-match.ts'
import { ok } from '#shared/foundation/result.ts'
import { foldRecent } from '#shared/store-format/postings/posting-store.ts'
import { createBulkLoader, putCase, removeCase, removeCases } from '../db/case-rows.ts'
import { createIndexSweep } from '../db/index-sweep.ts'
import { expectedIndex, indexed } from '../testing/indexed-terms.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'
import { searchCases } from './case-search.ts'

let store: TestStore
beforeEach(() => {
  store = openTestStore()
})
afterEach(() => store.close())

const recordOf = createCaseGenerator({ seed: 7, districtCodes: ['11680'], today: '2026-11-20', count: 4000 })
const records = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => recordOf(from + at))

const put = (...some: readonly CaseRecord[]) =>
  store.db.write((tx) => {
    for (const record of some) putCase(tx, record, { waiting: false })
    return ok(null)
  })

const load = (some: readonly CaseRecord[]) => {
  const loader = createBulkLoader(store.db)
  for (const record of some) loader.add(record)
  loader.finish()
}

const QUERIES = [
  ...['김', '이', '기', '민', '지', '김민', '서연', '이수', '잇', '최', '초', '값', '김민수', '박지', '하준', '뷁'],
  ...['ㄱ', 'ㅇ', 'ㄱㅁ', 'ㅇㅅ', 'ㄱㅁㅅ', 'ㅂㅈㅎ', 'ㅋㅋㅋ', '김민ㅅ', 'ㄱ민ㅅ', '이ㅅ', '김ㅁ', 'ㄱㅁㅅㅇ'],
  ...['rla', 'rlaals', 'dl', 'r', 'nguyen', 'n', 'ng', 'van', 'e', 'chen'],
  ...['0', '01', '010', '1', '12', '123', '1234', '5', '51', '517', '5178', '0101', '01012', '0105', '02', '12345'],
  ...['2026', '2026-11', '2026-1', '2025-03-', '2025-03-0', '202503', '2025030', '2025-03-01', '0101', '04'],
  ...[
    '역삼',
    '역',
    '테헤란로',
    '논현로',
    '강남',
    '강남구',
    '대',
    '테헤란로 1',
    '김 역삼',
    '김 010',
    '이 12',
    'ㄱㅁ 역삼 01'
  ],
  ...['김 ', '기 ', '민수 김', '']
]

/** What a look at every case finds, the newest first; where all fit the page, those found by their family come after. */
const scan = (some: readonly Looked[], text: string): string[] => {
  const query = parseQuery(text)
  const found = some
    .flatMap(({ id, searchable }) => {
      const matches = matchQuery(query, searchable)
      return matches === null ? [] : [{ id, byFamily: showMatch(matches, searchable)?.matched === 'otherName' }]
    })
    .reverse()
  const ordered =
    found.length > 50 ? found : [...found.filter((one) => !one.byFamily), ...found.filter((one) => one.byFamily)]
  return ordered.map(({ id }) => id)
}

interface Looked {
  readonly id: string
  readonly searchable: Searchable
}

const search = (text: string, limit = 50) => searchCases(store.db, { text, limit })

function expectAsScanned(some: readonly CaseRecord[]): void {
  const looked = some.map((record) => ({ id: record.case.id, searchable: searchableOf(record.case) }))
  for (const text of QUERIES) {
    const expected = scan(looked, text)
    const page = search(text)
    expect([text, page.hits.map(({ row }) => row.id)]).toEqual([text, expected.slice(0, 50)])
    if (page.atLeast) expect(expected.length).toBeGreaterThanOrEqual(page.total)
    else expect([text, page.total]).toEqual([text, expected.length])
  }
}

test('every kind of query finds the newest cases that a look at every case finds, and no other', () => {
  const some = records(0, 1500)
  load(some)
  expectAsScanned(some)
})

test('the same goes for cases that came one by one, before and after they are folded into the blocks', () => {
  const some = records(0, 300)
  put(...some)
  expectAsScanned(some)
  store.db.write((tx) => ok(foldRecent(tx)))
  expectAsScanned(some)
})

test('corrected and removed cases are found by what they are now', () => {
  const some = records(0, 1200)
  load(some.slice(0, 800))
  put(...some.slice(800))
  const changed = some.map((record, at): CaseRecord => {
    const other = recordOf(3999 - at).case
    if (at % 5 !== 0) return record
    const applicant = { ...record.case.applicant, name: other.applicant.name, phone: other.applicant.phone }
    return { ...record, case: { ...record.case, applicant, helpers: other.helpers } }
  })
  put(...changed.filter((_, at) => at % 5 === 0))
  const left = changed.filter((_, at) => at % 7 !== 3)
  store.db.write((tx) => {
    for (const record of changed) if (!left.includes(record)) removeCase(tx, record.case.id)
    return ok(null)
  })
  expectAsScanned(left)
  store.db.write((tx) => ok(foldRecent(tx)))
  expectAsScanned(left)
})

test('cases that left together are found no more, before the index has given them up and after', () => {
  const some = records(0, 900)
  load(some.slice(0, 600))
  put(...some.slice(600))
  const left = some.filter((_, at) => at % 3 !== 1)
  const gone = some.filter((_, at) => at % 3 === 1).map((record) => record.case.id)
  store.db.write((tx) => ok(removeCases(tx, gone)))
  expectAsScanned(left)
  const sweep = createIndexSweep(store.db, 500)
  sweep.step()
  expectAsScanned(left)
  while (sweep.step());
  expectAsScanned(left)
  store.db.write((tx) => ok(foldRecent(tx)))
  expect(indexed(store.db)).toEqual(expectedIndex(store.db))
})

test('a case that gets an earlier value back is found by it, whether that was folded into the blocks or not', () => {
  const first = recordOf(3)
  const withPhone = (phone: string): CaseRecord => ({
    ...first,
    case: { ...first.case, applicant: { ...first.case.applicant, phone } }
  })
  const isFound = (phone: string) =>
    searchCases(store.db, { text: phone, limit: 50 }).hits.some(({ row }) => row.id === first.case.id)
  for (const folds of [false, true, false]) {
    for (const phone of ['01044445555', '01066667777', '01044445555', '01066667777']) {
      put(withPhone(phone))
      if (folds) store.db.write((tx) => ok(foldRecent(tx)))
      expect([isFound('01044445555'), isFound('01066667777')]).toEqual([
        phone === '01044445555',
        phone === '01066667777'
      ])
    }
  }
})

test('when every case is gone, nothing of them is left in the index', () => {
  const some = records(0, 200)
  load(some.slice(0, 150))
  put(...some.slice(150))
  store.db.write((tx) => {
    for (const record of some) removeCase(tx, record.case.id)
    return ok(null)
  })
  expect({
    blocks: store.db.all('SELECT key FROM search_blocks'),
    recent: store.db.all('SELECT no FROM search_recent'),
    cases: store.db.all('SELECT no FROM cases'),
    bodies: store.db.all('SELECT no FROM case_bodies'),
    words: store.db.all<{ facts: Uint8Array }>('SELECT facts FROM case_facts').flatMap(({ facts }) => [...facts]),
    totals: store.db.all('SELECT cases, last_no FROM case_totals')
  }).toEqual({
    blocks: [],
    recent: [],
    cases: [],
    bodies: [],
    words: Array.from({ length: 256 * 10 }, () => 0),
    totals: [{ cases: 0, last_no: 200 }]
  })
})

test('a page tells how many cases it looked through, and where counting stopped', () => {
  const some = records(0, 3000)
  load(some)
  const page = search('01', 10)
  expect({ hits: page.hits.length, total: page.total, atLeast: page.atLeast, searched: page.searched }).toEqual({
    hits: 10,
    total: 500,
    atLeast: true,
    searched: 3000
  })
})

test('a second load adds to what is there', () => {
  const some = records(0, 900)
  load(some.slice(0, 400))
  load(some.slice(400))
  expectAsScanned(some)
})

test('an abandoned load leaves the store as it was', () => {
  const some = records(0, 300)
  load(some.slice(0, 100))
  const loader = createBulkLoader(store.db)
  for (const record of some.slice(100)) loader.add(record)
  loader.abandon()
  expectAsScanned(some.slice(0, 100))
})
