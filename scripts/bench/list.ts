import { CASE_STATES } from '#shared/domain/case/case-state.ts'
import { SERVICE_CODES } from '#shared/domain/case/service.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { type CaseFilter, type CaseListRequest, SORT_COLUMNS } from '#shared/ipc/contract.ts'
import { listCases } from '../../electron/store/queries/case-list.ts'
import { todaysCases } from '../../electron/store/queries/today.ts'
import type { BenchStore } from './bench-store.ts'
import { type Figures, figuresOf, round, say, timed } from './measure.ts'

const ALL: CaseFilter = { service: null, state: null, dongCode: null, dueUntil: null, mineOnly: false }
const TODAY = '2026-11-20'
const PAGES_A_ROUND = 30

interface ListClass {
  readonly name: string
  /** Such a page as plain SQL, without the tables that only our list has; null where they alone have the column. */
  readonly sql: string | null
  readonly requestOf: (at: number) => CaseListRequest
}

/** Pages of the list by every column and the filters of a working day, against the same by plain SQL. */
export function benchList(store: BenchStore, { cases, rounds }: { cases: number; rounds: number }) {
  const db = store.reopen()
  const me = store.recordOf(cases - 1).case.assigneeId ?? ''
  const first = timed(() => page(store, firstPage(ALL, 'appliedOn', true), me)).milliseconds
  const firstByName = timed(() => page(store, firstPage(ALL, 'applicantName', false), me)).milliseconds
  for (const column of SORT_COLUMNS) page(store, firstPage(ALL, column, false), me)
  const times = new Map<string, number[]>()
  const classes = listClasses(store, me)
  for (let round = 0; round < rounds; round++) {
    for (const { name, requestOf } of classes) {
      const taken = times.get(name) ?? []
      times.set(name, taken)
      for (let at = 0; at < PAGES_A_ROUND; at++) {
        const request = requestOf(round * PAGES_A_ROUND + at)
        taken.push(timed(() => page(store, request, me)).milliseconds)
      }
    }
    say(`  list round ${round + 1} of ${rounds}`)
  }
  const today = figuresOf(Array.from({ length: 20 }, () => timed(() => todaysCases(db, TODAY)).milliseconds))
  const rows = classes.map(({ name, sql }) => ({
    name,
    ours: figuresOf(times.get(name) ?? []),
    sql: sql === null ? null : figuresOf([1, 2].map(() => timed(() => db.all(sql)).milliseconds))
  }))
  printList(rows)
  say(`  first page after a start ${round(first)} ms, first page by name ${round(firstByName)} ms`)
  return {
    firstPageMs: round(first),
    firstPageByNameMs: round(firstByName),
    today,
    classes: rows,
    worstP95: Math.max(...rows.map(({ ours }) => ours.p95))
  }
}

const firstPage = (
  filter: CaseFilter,
  column: CaseListRequest['sort']['column'],
  descending: boolean
): CaseListRequest => ({
  filter,
  sort: { column, descending },
  from: { at: 'first' }
})

const page = ({ db }: BenchStore, request: CaseListRequest, me: string) => expectOk(listCases(db, request, me))

function listClasses(store: BenchStore, me: string): ListClass[] {
  const ROWS =
    'SELECT id, application_no, applicant_name, service, dong_code, state, applied_on, due_on, waiting FROM cases'
  const dongs = store.db
    .all<{ code: string }>("SELECT code FROM case_codes WHERE kind = 'dong'")
    .map(({ code }) => code)
  const nth = <T>(list: readonly T[], at: number): T => {
    const one = list[at % list.length]
    if (one === undefined) throw new Error('an empty list')
    return one
  }
  const byColumn = SORT_COLUMNS.map(
    (column): ListClass => ({
      name: `all by ${column}`,
      sql: `${ROWS} ORDER BY ${SQL_COLUMNS[column]}, no LIMIT 50`,
      requestOf: (at) => ({ ...firstPage(ALL, column, at % 2 === 0), from: { at: at % 3 === 0 ? 'last' : 'first' } })
    })
  )
  return [
    ...byColumn,
    {
      name: 'page after page',
      sql: `${ROWS} ORDER BY applied_on DESC, no DESC LIMIT 50 OFFSET 100000`,
      requestOf: pageAfterPage(store, me)
    },
    {
      name: 'one state, oldest first',
      sql: `${ROWS} WHERE state = 'received' ORDER BY applied_on, no LIMIT 50`,
      requestOf: (at) => firstPage({ ...ALL, state: nth(CASE_STATES, at) }, 'appliedOn', false)
    },
    {
      name: 'one service and dong, by name',
      sql: `${ROWS} WHERE service = 'taxi' AND dong_code = '${nth(dongs, 0)}' ORDER BY applicant_name, no LIMIT 50`,
      requestOf: (at) =>
        firstPage({ ...ALL, service: nth(SERVICE_CODES, at), dongCode: nth(dongs, at) }, 'applicantName', at % 2 === 0)
    },
    {
      name: 'state, service and dong, by due day',
      sql: `${ROWS} WHERE state = 'received' AND service = 'taxi' AND dong_code = '${nth(dongs, 1)}' ORDER BY due_on, no LIMIT 50`,
      requestOf: (at) =>
        firstPage(
          { ...ALL, state: nth(CASE_STATES, at), service: nth(SERVICE_CODES, at), dongCode: nth(dongs, at) },
          'dueOn',
          false
        )
    },
    {
      name: 'overdue, oldest first',
      sql: `${ROWS} WHERE due_on <= '${TODAY}' ORDER BY due_on, no LIMIT 50`,
      requestOf: (at) => firstPage({ ...ALL, dueUntil: dayBefore(at) }, 'dueOn', false)
    },
    {
      name: 'mine, by state',
      sql: null,
      requestOf: (at) =>
        firstPage({ ...ALL, mineOnly: true, service: nth([null, ...SERVICE_CODES], at) }, 'state', at % 2 === 0)
    }
  ]
}

const SQL_COLUMNS: Readonly<Record<(typeof SORT_COLUMNS)[number], string>> = {
  applicationNo: 'application_no',
  applicantName: 'applicant_name',
  service: 'service',
  dongCode: 'dong_code',
  state: 'state',
  appliedOn: 'applied_on',
  dueOn: 'due_on'
}

const dayBefore = (at: number): string => `2026-11-${String(1 + (at % 28)).padStart(2, '0')}`

function pageAfterPage(store: BenchStore, me: string): ListClass['requestOf'] {
  let next: string | null = null
  return () => {
    const request: CaseListRequest = {
      ...firstPage(ALL, 'appliedOn', true),
      from: next === null ? { at: 'first' } : { at: 'place', place: next }
    }
    next = page(store, request, me).next
    return request
  }
}

function printList(rows: ReadonlyArray<{ name: string; ours: Figures; sql: Figures | null }>): void {
  console.table(
    rows.map(({ name, ours, sql }) => ({
      'list page, ms': name,
      p50: round(ours.p50),
      p95: round(ours.p95),
      max: round(ours.max),
      'plain SQL': sql === null ? '' : round(sql.p50),
      'ours : plain SQL': sql === null ? '' : round(ours.p50 / sql.p50)
    }))
  )
}
