import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { ErrorState, Skeleton } from '../../design-system/states.tsx'
import { useToday } from '../../view-state/clock.ts'
import { sortBy, useListView } from '../../view-state/list-view.ts'
import { goTo } from '../../view-state/navigation.ts'
import './case-list.css'
import { CaseListHead } from './case-list-head.tsx'
import { CasePreview } from './case-preview.tsx'
import { CaseTable } from './case-table.tsx'
import { CopyListDialog } from './copy-list-dialog.tsx'
import { FilterBar } from './filter-bar.tsx'
import { ListEmpty } from './list-empty.tsx'
import { PagingBar } from './paging-bar.tsx'
import { useListContent } from './use-list-content.ts'
import { useListKeys } from './use-list-keys.ts'
import { useSelectedRow } from './use-selected-row.ts'

const openCase = (caseId: string): void => goTo({ screen: 'case', caseId })

/** 사례 목록: every case of the district, filtered and sorted, or what a search found. */
export function CaseListScreen() {
  const { t } = useTranslation(['caseList', 'common'])
  const { failureText } = useFailureText()
  const today = useToday()
  const sort = useListView((view) => view.sort)
  const { content, failure, request, reload } = useListContent()
  const { selected, chosenId, select } = useSelectedRow(content)
  const [copying, setCopying] = useState(false)
  useListKeys({ content, selected, select, startCopy: () => setCopying(true) })
  useEffect(() => {
    if (content) requestAnimationFrame(() => window.desk.markReady('first-list'))
  }, [content])

  const failed = failure && failure.type !== 'Locked' && (
    <ErrorState title={t('caseList:failed')} action={<Button onClick={reload}>{t('common:retry')}</Button>}>
      {failureText(failure)}
    </ErrorState>
  )
  return (
    <div className="screen">
      <CaseListHead content={content} onCopy={() => setCopying(true)} />
      <FilterBar />
      <div className="case-list__columns">
        <div className="card case-list__card">
          {failed || (!content && <Skeleton lines={10} label={t('common:loading')} />)}
          {!failed && content?.rows.length === 0 && <ListEmpty content={content} />}
          {!failed && content && content.rows.length > 0 && (
            <CaseTable
              rows={content.rows}
              viewKey={
                content.kind === 'found' ? content.text : JSON.stringify([content.page.firstRank, request.filter, sort])
              }
              sort={content.kind === 'page' ? sort : null}
              onSort={sortBy}
              selectedId={selected?.row.id ?? null}
              onSelect={select}
              onOpen={openCase}
              today={today}
            />
          )}
          {!failed && content && content.rows.length > 0 && <PagingBar content={content} />}
        </div>
        <CasePreview key={selected?.row.id} row={selected?.row ?? null} chosenId={chosenId} today={today} />
      </div>
      {copying && content?.kind === 'page' && (
        <CopyListDialog request={request} total={content.page.total} onClose={() => setCopying(false)} />
      )}
    </div>
  )
}
