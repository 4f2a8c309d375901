import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { CASE_STATES } from '#shared/domain/case/case-state.ts'
import { SERVICE_CODES } from '#shared/domain/case/service.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { compareApplicationNos, compareNames } from '#shared/domain/search/sort-keys.ts'
import { expectOk, ok } from '#shared/foundation/result.ts'
import { type CaseFilter, type CaseListRequest, SORT_COLUMNS, type SortColumn } from '#shared/ipc/contract.ts'
import { createBulkLoader, putCase, removeCase } from '../db/case-rows.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'
import { listCases } from './case-list.ts'
import { todaysCases } from './today.ts'

let store: TestStore
let records: CaseRecord[] = []
const ME = '01930000-0000-7000-8000-000000000001'
const OTHER = '01930000-0000-7000-8000-000000000002'
const recordOf = createCaseGenerator({
  seed: 11,
  districtCodes: ['11680'],
  today: '2026-11-20',
  count: 900,
  staffOf: () => [ME, OTHER]
})

const nameOf = (at: number): string | null =>
  ['NGUYEN THI LAN', 'Nguyen Thi Linh', 'NGUYEN THI LAN ANH', '남궁민수', '김', '김민', "O'BRIEN", '李小龍'][at % 30] ??
  null

const withName = (record: CaseRecord, name: string | null): CaseRecord =>
  name === null ? record : { ...record, case: { ...record.case, applicant: { ...record.case.applicant, name } } }

beforeAll(() => {
  store = openTestStore()
  records = Array.from({ length: 900 }, (_, at) => withName(recordOf(at), nameOf(at)))
  const loader = createBulkLoader(store.db)
  for (const record of records.slice(0, 800)) loader.add(record)
  loader.finish()
  store.db.write((tx) => {
    for (const record of records.slice(800)) putCase(tx, record, { waiting: true })
    return ok(null)
  })
})
afterAll(() => store.close())

const ALL: CaseFilter = { service: null, state: null, dongCode: null, dueUntil: null, mineOnly: false }

const compareBy: Readonly<Record<SortColumn, (one: CaseRecord['case'], other: CaseRecord['case']) => number>> = {
  applicationNo: (a, b) => compareApplicationNos(a.applicationNo, b.applicationNo),
  applicantName: (a, b) => compareNames(a.applicant.name, b.applicant.name),
  service: (a, b) => SERVICE_CODES.indexOf(a.service) - SERVICE_CODES.indexOf(b.service),
  dongCode: (a, b) => Number(a.dongCode) - Number(b.dongCode),
  state: (a, b) => CASE_STATES.indexOf(a.state) - CASE_STATES.indexOf(b.state),
  appliedOn: (a, b) => (a.appliedOn < b.appliedOn ? -1 : Number(a.appliedOn > b.appliedOn)),
  dueOn: (a, b) => ((a.dueOn ?? '') < (b.dueOn ?? '') ? -1 : Number((a.dueOn ?? '') > (b.dueOn ?? '')))
}

/** What the list must be, in one go. */
function expectedIds(filter: CaseFilter, sort: CaseListRequest['sort']): string[] {
  const passing = records
    .map((record, no) => ({ subject: record.case, no }))
    .filter(
      ({ subject }) =>
        (filter.service === null || subject.service === filter.service) &&
        (filter.state === null || subject.state === filter.state) &&
        (filter.dongCode === null || subject.dongCode === filter.dongCode) &&
        (filter.dueUntil === null || (subject.dueOn !== null && subject.dueOn <= filter.dueUntil)) &&
        (!filter.mineOnly || subject.assigneeId === ME)
    )
  const sign = sort.descending ? -1 : 1
  const isBlank = (subject: CaseRecord['case']) => sort.column === 'dueOn' && subject.dueOn === null
  return passing
    .sort(
      (a, b) =>
        Number(isBlank(a.subject)) - Number(isBlank(b.subject)) ||
        sign * (compareBy[sort.column](a.subject, b.subject) || a.no - b.no)
    )
    .map(({ subject }) => subject.id)
}

const list = (request: CaseListRequest) => expectOk(listCases(store.db, request, ME))

/** Every page from one end of the list to the other. */
function walk(filter: CaseFilter, sort: CaseListRequest['sort'], direction: 'next' | 'previous') {
  const pages = [list({ filter, sort, from: { at: direction === 'next' ? 'first' : 'last' } })]
  for (let place = pages[0]?.[direction]; typeof place === 'string'; place = pages.at(-1)?.[direction]) {
    pages.push(list({ filter, sort, from: { at: 'place', place } }))
  }
  return direction === 'next' ? pages : pages.reverse()
}

const filter: fc.Arbitrary<CaseFilter> = fc.record({
  service: fc.option(fc.constantFrom(...SERVICE_CODES), { freq: 2 }),
  state: fc.option(fc.constantFrom(...CASE_STATES), { freq: 2 }),
  dongCode: fc.option(
    fc.integer({ min: 0, max: 899 }).map((at) => recordOf(at).case.dongCode),
    { freq: 1 }
  ),
  dueUntil: fc.option(fc.constantFrom('2026-11-01', '2026-11-25', '2027-01-01'), { freq: 1 }),
  mineOnly: fc.boolean()
})
const sort = fc.record({ column: fc.constantFrom(...SORT_COLUMNS), descending: fc.boolean() })

test('paging either way shows every case that passes once, in order, with its rank and the total', () => {
  fc.assert(
    fc.property(filter, sort, fc.constantFrom('next' as const, 'previous' as const), (some, by, direction) => {
      const pages = walk(some, by, direction)
      const expected = expectedIds(some, by)
      expect(pages.flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(expected)
      let rank = 1
      for (const page of pages) {
        expect([page.total, page.firstRank]).toEqual([expected.length, rank])
        rank += page.rows.length
      }
      expect([pages[0]?.previous, pages.at(-1)?.next]).toEqual([null, null])
    }),
    { numRuns: 60, examples: [[ALL, { column: 'applicantName', descending: false }, 'next']] }
  )
})

test('every column sorts the whole list either way', () => {
  for (const column of SORT_COLUMNS) {
    for (const descending of [false, true]) {
      const ids = walk(ALL, { column, descending }, 'next').flatMap(({ rows }) => rows.map(({ id }) => id))
      expect(ids).toEqual(expectedIds(ALL, { column, descending }))
    }
  }
})

test('a row holds what the columns show', () => {
  const page = list({ filter: ALL, sort: { column: 'appliedOn', descending: true }, from: { at: 'first' } })
  const record = records.find((one) => one.case.id === page.rows[0]?.id)?.case
  expect(page.rows[0]).toEqual({
    id: record?.id,
    applicationNo: record?.applicationNo,
    applicantName: record?.applicant.name,
    service: record?.service,
    dongCode: record?.dongCode,
    state: record?.state,
    appliedOn: record?.appliedOn,
    dueOn: record?.dueOn,
    waiting: true
  })
})

test('a place that is none, or of a list sorted otherwise, is refused', () => {
  const by = { column: 'appliedOn', descending: true } as const
  const place = list({ filter: ALL, sort: by, from: { at: 'first' } }).next ?? ''
  const ask = (text: string, sorted: CaseListRequest['sort']) =>
    listCases(store.db, { filter: ALL, sort: sorted, from: { at: 'place', place: text } }, ME)
  const refused = { ok: false, error: { type: 'PlaceUnreadable' } }
  expect(ask('', by)).toEqual(refused)
  expect(ask('e30', by)).toEqual(refused)
  expect(ask(place, { ...by, descending: false })).toEqual(refused)
  expect(ask(place, by).ok).toBe(true)
})

test('after changes, removals and additions every list is as they left it', () => {
  const sorts = SORT_COLUMNS.map((column) => ({ column, descending: false }))
  for (const by of sorts) walk(ALL, by, 'next')
  const next = recordOf(5)
  const renamed = withName(next, '가가')
  const moved: CaseRecord = {
    ...renamed,
    case: { ...renamed.case, state: 'appealed', dueOn: '2026-12-31', appliedOn: '2020-01-02', assigneeId: ME }
  }
  const fresh: CaseRecord = {
    ...next,
    case: { ...next.case, id: '01930000-0000-7000-8000-0000000000aa', applicationNo: '임시-1' }
  }
  store.db.write((tx) => {
    putCase(tx, moved, { waiting: true })
    removeCase(tx, records[6]?.case.id ?? '')
    putCase(tx, fresh, { waiting: true })
    return ok(null)
  })
  records[5] = moved
  records.splice(6, 1)
  records.push(fresh)
  for (const by of sorts) {
    expect(walk(ALL, by, 'next').flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(expectedIds(ALL, by))
  }
})

test('a list that was not asked for during several changes knows them all when it is', () => {
  const by = { column: 'applicantName', descending: false } as const
  walk(ALL, by, 'next')
  for (const [at, name] of [
    [100, '나나'],
    [400, '다다'],
    [700, 'NGUYEN THI LAN HUONG']
  ] as const) {
    const renamed = withName(records[at] ?? recordOf(at), name)
    records[at] = renamed
    store.db.write((tx) => {
      putCase(tx, renamed, { waiting: true })
      return ok(null)
    })
    todaysCases(store.db, '2026-11-20')
    list({ filter: ALL, sort: { column: 'dueOn', descending: false }, from: { at: 'first' } })
  }
  expect(walk(ALL, by, 'next').flatMap(({ rows }) => rows.map(({ id }) => id))).toEqual(expectedIds(ALL, by))
})

test('a change that is rolled back never shows', () => {
  const first = records[0]
  if (first === undefined) throw new Error('no case')
  const by = { column: 'applicantName', descending: false } as const
  const before = list({ filter: ALL, sort: by, from: { at: 'first' } })
  store.db.write((tx) => {
    putCase(tx, withName(first, '가'), { waiting: true })
    return { ok: false, error: { type: 'Refused' } }
  })
  expect(list({ filter: ALL, sort: by, from: { at: 'first' } })).toEqual(before)
})

test('the day begins with what is overdue, what is due soon and how much there is of everything', () => {
  const today = '2026-11-20'
  const subjects = records.map((record) => record.case)
  const pressing = subjects.filter(({ dueOn }) => dueOn !== null && dueOn <= '2026-11-27')
  const view = todaysCases(store.db, today)
  expect(view.overdue).toBe(subjects.filter(({ dueOn }) => dueOn !== null && dueOn < today).length)
  expect(view.overdue + view.dueSoon).toBe(pressing.length)
  expect(view.pressing.map(({ dueOn }) => dueOn)).toEqual(
    pressing
      .map(({ dueOn }) => dueOn)
      .sort()
      .slice(0, 20)
  )
  expect(view.byState).toEqual(
    CASE_STATES.map((state) => ({ state, count: subjects.filter((one) => one.state === state).length })).filter(
      ({ count }) => count > 0
    )
  )
  expect(view.total).toBe(subjects.length)
})
