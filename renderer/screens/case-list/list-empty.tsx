import { useTranslation } from 'react-i18next'
import { Button } from '../../design-system/button.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import { filterBy, NO_FILTER, useListView } from '../../view-state/list-view.ts'
import type { ListContent } from './list-content.ts'

/** Why there is nothing to show, and what to do about it. */
export function ListEmpty({ content }: { content: ListContent }) {
  const { t } = useTranslation('caseList')
  const filtered = useListView(({ filter }) => JSON.stringify(filter) !== JSON.stringify(NO_FILTER))
  if (content.kind === 'found') {
    return (
      <EmptyState icon="search" title={t('empty.searchTitle', { text: content.text })}>
        {t('empty.searchText')}
      </EmptyState>
    )
  }
  if (filtered) {
    return (
      <EmptyState
        title={t('empty.filteredTitle')}
        action={<Button onClick={() => filterBy(NO_FILTER)}>{t('filter.clear')}</Button>}
      >
        {t('empty.filteredText')}
      </EmptyState>
    )
  }
  return <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>
}
