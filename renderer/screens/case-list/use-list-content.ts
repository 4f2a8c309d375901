import { useMemo, useRef } from 'react'
import type { CaseListRequest } from '#shared/ipc/contract.ts'
import type { AskFailure } from '../../api/store-client.ts'
import { touchesAnyCase, useAsked } from '../../api/use-asked.ts'
import { useListView } from '../../view-state/list-view.ts'
import { foundContent, type ListContent, pageContent } from './list-content.ts'

const MOST_FOUND = 50

/** What the list is to show now. What was shown before stays until the new answer is there. */
export function useListContent(): {
  content: ListContent | undefined
  failure: AskFailure<'case.list'> | AskFailure<'case.search'> | null
  request: CaseListRequest
  reload: () => void
} {
  const { filter, sort, from } = useListView()
  const text = useListView((view) => view.searchText.trim())
  const request = { filter, sort, from }
  const searching = text !== ''
  const list = useAsked('case.list', searching ? null : request, { again: touchesAnyCase })
  const search = useAsked('case.search', searching ? { text, limit: MOST_FOUND } : null, { again: touchesAnyCase })

  const listPage = list.value
  const found = search.value
  const newest = useMemo(() => {
    if (searching) return found && foundContent(text, found)
    return listPage && pageContent(listPage)
  }, [searching, text, found, listPage])

  const kept = useRef<ListContent | undefined>(undefined)
  if (newest) kept.current = newest
  const asked = searching ? search : list
  return { content: newest ?? kept.current, failure: asked.failure, request, reload: asked.reload }
}
