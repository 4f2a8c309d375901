import { useTranslation } from 'react-i18next'
import { SEARCH_BOX_ID } from '../../view-state/key-match.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { searchFor, turnTo, useListView } from '../../view-state/list-view.ts'
import { goTo } from '../../view-state/navigation.ts'
import type { ListContent, ShownRow } from './list-content.ts'

interface ListKeys {
  readonly content: ListContent | undefined
  readonly selected: ShownRow | null
  readonly select: (caseId: string) => void
  readonly startCopy: () => void
}

/** The keys of the list. Those that move work from the search box too: type, arrow down, Enter. */
export function useListKeys({ content, selected, select, startCopy }: ListKeys): void {
  const { t } = useTranslation('caseList')
  const searching = useListView((view) => view.searchText !== '')
  const page = content?.kind === 'page' ? content.page : null

  const turn = (place: string | null | undefined, enteredFrom: 'top' | 'bottom'): void => {
    if (place) turnTo({ at: 'place', place }, enteredFrom)
  }
  const move = (step: 1 | -1): void => {
    const rows = content?.rows ?? []
    const at = selected ? rows.indexOf(selected) : -1
    const next = rows[at + step]
    if (next) {
      select(next.row.id)
      showRow(next.row.id)
    } else if (step === 1) turn(page?.next, 'top')
    else turn(page?.previous, 'bottom')
  }

  useKeys('here', [
    { keys: 'ArrowUp', label: t('keys.move'), run: () => move(-1), hint: true, inSearchBox: true },
    { keys: 'ArrowDown', label: t('keys.move'), run: () => move(1), hint: true, inSearchBox: true },
    {
      keys: 'Enter',
      label: t('keys.open'),
      run: () => selected && goTo({ screen: 'case', caseId: selected.row.id }),
      hint: true,
      inSearchBox: true
    },
    { keys: 'PageDown', label: t('page.next'), run: () => turn(page?.next, 'top'), inSearchBox: true },
    { keys: 'PageUp', label: t('page.previous'), run: () => turn(page?.previous, 'top'), inSearchBox: true },
    { keys: 'Home', label: t('page.first'), run: () => page && turnTo({ at: 'first' }) },
    { keys: 'End', label: t('page.last'), run: () => page && turnTo({ at: 'last' }, 'bottom') },
    { keys: 'F8', label: t('keys.copy'), run: () => page && startCopy() },
    ...(searching ? [{ keys: 'Escape', label: t('keys.clear'), run: () => searchFor(''), inSearchBox: true }] : [])
  ])
}

/** Brings a row into sight; the focus goes along unless it is in the search box. */
function showRow(caseId: string): void {
  const row = document.getElementById(`row-${caseId}`)
  row?.scrollIntoView({ block: 'nearest' })
  if (document.activeElement?.id !== SEARCH_BOX_ID) row?.focus({ preventScroll: true })
}
