import { create } from 'zustand'
import type { SearchPage } from '#shared/ipc/views.ts'
import { paced } from '../../api/paced.ts'
import { store } from '../../api/store.ts'
import type { AskFailure } from '../../api/store-client.ts'
import { NEWS_PAUSE_MS, touchesAnyCase } from '../../api/use-asked.ts'
import { useDesk } from '../../view-state/desk.ts'
import { useListView } from '../../view-state/list-view.ts'

interface LiveSearch {
  /** What the answer answers; it may be one keystroke behind. */
  readonly text: string
  readonly found: SearchPage | null
  readonly failure: AskFailure<'case.search'> | null
}

const MOST_FOUND = 50
const NOTHING: LiveSearch = { text: '', found: null, failure: null }

/** The newest answer to what is typed in the search box. */
export const useLiveSearch = create<LiveSearch>(() => NOTHING)

const searchText = (): string => useListView.getState().searchText.trim()

let newest = 0

async function search(): Promise<void> {
  const turn = ++newest
  const text = searchText()
  if (text === '') return useLiveSearch.setState(NOTHING)
  const reply = await store.ask('case.search', { text, limit: MOST_FOUND })
  if (turn !== newest) return
  useLiveSearch.setState(reply.ok ? { text, found: reply.value, failure: null } : { failure: reply.error })
}

export const searchAgain = (): void => void search()

/** Asks with the keystroke itself, before the window is drawn anew: the store searches meanwhile. */
useListView.subscribe((now, before) => {
  if (now.searchText.trim() !== before.searchText.trim()) void search()
})
const news = paced(searchAgain, NEWS_PAUSE_MS)
store.onEvent((event) => {
  if (touchesAnyCase(event) && searchText() !== '') news.run()
})
store.onReconnected(searchAgain)
/** A locked window remembers nobody; unlocked, the search that stood is answered anew. */
useDesk.subscribe((now, before) => {
  const isUnlocked = now.session?.state === 'unlocked'
  if (isUnlocked === (before.session?.state === 'unlocked')) return
  if (isUnlocked) void search()
  else useLiveSearch.setState(NOTHING)
})
