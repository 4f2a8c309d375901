import { useMemo, useRef } from 'react'
import type { CaseListRequest } from '#shared/ipc/contract.ts'
import type { AskFailure } from '../../api/store-client.ts'
import { touchesAnyCase, useAsked } from '../../api/use-asked.ts'
import { useListView } from '../../view-state/list-view.ts'
import { foundContent, type ListContent, pageContent } from './list-content.ts'
import { searchAgain, useLiveSearch } from './live-search.ts'

/** What the list is to show now. What was shown before stays until the new answer is there. */
export function useListContent(): {
  content: ListContent | undefined
  failure: AskFailure<'case.list'> | AskFailure<'case.search'> | null
  request: CaseListRequest
  reload: () => void
} {
  const filter = useListView((view) => view.filter)
  const sort = useListView((view) => view.sort)
  const from = useListView((view) => view.from)
  const searching = useListView((view) => view.searchText.trim() !== '')
  const request = { filter, sort, from }
  const list = useAsked('case.list', searching ? null : request, { again: touchesAnyCase })
  const search = useLiveSearch()

  const { text, found } = search
  const page = list.value
  const newest = useMemo(() => {
    if (searching) return found === null ? undefined : foundContent(text, found)
    return page && pageContent(page)
  }, [searching, text, found, page])

  const kept = useRef<ListContent | undefined>(undefined)
  if (newest) kept.current = newest
  return {
    content: newest ?? kept.current,
    failure: searching ? search.failure : list.failure,
    request,
    reload: searching ? searchAgain : list.reload
  }
}
