import { create } from 'zustand'
import type { CaseFilter, CaseListRequest, SortColumn } from '#shared/ipc/contract.ts'

interface ListView {
  readonly filter: CaseFilter
  readonly sort: CaseListRequest['sort']
  readonly from: CaseListRequest['from']
  readonly searchText: string
  readonly selectedId: string | null
  /** Whether the person chose the row herself; only then is its summary asked for, because that is a recorded view. */
  readonly chosen: boolean
  /** Which end of a fresh page to select. */
  readonly enteredFrom: 'top' | 'bottom'
}

export const NO_FILTER: CaseFilter = { service: null, state: null, dongCode: null, dueUntil: null, mineOnly: false }
const FIRST = { at: 'first' } as const
const FRESH = { from: FIRST, selectedId: null, chosen: false, enteredFrom: 'top' } as const

/** How the list was left: filter, order, place and search, so that coming back from a case finds it the same. */
export const useListView = create<ListView>(() => ({
  filter: NO_FILTER,
  sort: { column: 'dueOn', descending: false },
  searchText: '',
  ...FRESH
}))

export const filterBy = (part: Partial<CaseFilter>): void =>
  useListView.setState(({ filter }) => ({ filter: { ...filter, ...part }, ...FRESH }))

/** Sorts by a column; the same column again turns the order round. */
export const sortBy = (column: SortColumn): void =>
  useListView.setState(({ sort }) => ({
    sort: { column, descending: sort.column === column && !sort.descending },
    ...FRESH
  }))

export const turnTo = (from: CaseListRequest['from'], enteredFrom: 'top' | 'bottom' = 'top'): void =>
  useListView.setState({ from, selectedId: null, chosen: false, enteredFrom })

export const searchFor = (searchText: string): void =>
  useListView.setState({ searchText, selectedId: null, chosen: false, enteredFrom: 'top' })

export const choose = (selectedId: string): void => useListView.setState({ selectedId, chosen: true })

/** Forgets what was looked for, when another person takes the desk. */
export const resetListView = (): void => useListView.setState(useListView.getInitialState(), true)
