import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BatchState } from '#shared/domain/destruction/batch-state.ts'
import { DUE_CAUSES, type DueCause } from '#shared/domain/destruction/destruction-batch.ts'
import { BATCH_PAGE_ROWS, type BatchItemFilter } from '#shared/ipc/destruction-methods.ts'
import type { BatchItemPage, BatchView } from '#shared/ipc/destruction-views.ts'
import { touchesBatches, useAsked } from '../../api/use-asked.ts'
import { IconButton } from '../../design-system/button.tsx'
import { FilterChip, FilterSelect } from '../../design-system/select.tsx'
import { EmptyState, Skeleton } from '../../design-system/states.tsx'
import { formatCount } from '../../i18n/format.ts'
import { RecordTable } from '../../office/record-table.tsx'
import { useKeys } from '../../view-state/keymap.ts'
import { BatchFacts } from './batch-facts.tsx'
import { CopiesCard } from './copies-card.tsx'
import { ItemPane } from './item-pane.tsx'
import { useItemColumns } from './use-item-columns.tsx'

const SHOWN = ['all', 'to_destroy', 'left_out'] as const

/** The list of the batch, a page at a time, with the chosen item and the batch's facts beside it. */
export function BatchItems({ batch }: { batch: BatchView }) {
  const { t } = useTranslation('destruction')
  const [filter, setFilter] = useState<BatchItemFilter>({ show: 'all', cause: null })
  const [from, setFrom] = useState(0)
  const request = { batchId: batch.id, filter, from }
  const page = useAsked('destruction.items', request, { again: touchesBatches }).value
  const narrow = (change: Partial<BatchItemFilter>): void => {
    setFilter({ ...filter, ...change })
    setFrom(0)
  }
  return (
    <>
      <fieldset className="bar filter-bar" aria-label={t('items.title')}>
        {SHOWN.map((show) => (
          <FilterChip key={show} pressed={filter.show === show} onToggle={() => narrow({ show })}>
            {t(`items.${show}`)}
          </FilterChip>
        ))}
        <FilterSelect<DueCause>
          label={t('items.cause')}
          all={t('items.anyCause')}
          choices={DUE_CAUSES.map((value) => ({ value, label: t(`cause.${value}`) }))}
          value={filter.cause}
          onChange={(cause) => narrow({ cause })}
        />
      </fieldset>
      {page === undefined ? (
        <Skeleton lines={6} label={t('items.title')} />
      ) : (
        <Page batch={batch} page={page} from={from} onTurn={setFrom} />
      )}
    </>
  )
}

/** The centre has begun. */
const HAS_COPIES: ReadonlySet<BatchState> = new Set(['executing', 'verifying', 'completed'])

interface PageProps {
  batch: BatchView
  page: BatchItemPage
  from: number
  onTurn: (from: number) => void
}

function Page({ batch, page: { items, total }, from, onTurn }: PageProps) {
  const { t } = useTranslation('destruction')
  const columns = useItemColumns()
  const [chosenId, setChosenId] = useState<string | null>(null)
  const chosen = items.find(({ caseId }) => caseId === chosenId) ?? items[0]
  return (
    <div className="office-columns">
      <div className="card office-card">
        {items.length === 0 ? (
          <EmptyState icon="list" title={t('items.emptyTitle')}>
            {batch.listed > 0 ? t('items.emptyFilter') : batch.ways.includes('batch.list') && t('items.emptySelect')}
          </EmptyState>
        ) : (
          <>
            <RecordTable
              label={t('items.title')}
              columns={columns}
              rows={items}
              idOf={({ caseId }) => caseId}
              selectedId={chosen?.caseId ?? null}
              onSelect={setChosenId}
            />
            <Paging from={from} shown={items.length} total={total} onTurn={onTurn} />
          </>
        )}
      </div>
      <div className="batch-side">
        {HAS_COPIES.has(batch.state) && <CopiesCard batchId={batch.id} />}
        {chosen && <ItemPane key={chosen.caseId} batch={batch} item={chosen} />}
        <BatchFacts batch={batch} />
      </div>
    </div>
  )
}

interface PagingProps {
  from: number
  shown: number
  total: number
  onTurn: (from: number) => void
}

function Paging({ from, shown, total, onTurn }: PagingProps) {
  const { t } = useTranslation('destruction')
  const [hasNewer, hasOlder] = [from > 0, from + shown < total]
  const newer = (): void => onTurn(Math.max(0, from - BATCH_PAGE_ROWS))
  const older = (): void => onTurn(from + BATCH_PAGE_ROWS)
  useKeys('here', [
    { keys: 'PageUp', label: t('keys.newer'), run: () => hasNewer && newer() },
    { keys: 'PageDown', label: t('keys.older'), run: () => hasOlder && older(), hint: hasOlder }
  ])
  return (
    <nav className="paging" aria-label={t('items.paging')}>
      <span className="paging__range">
        {t('items.range', { from: formatCount(from + 1), to: formatCount(from + shown), n: formatCount(total) })}
      </span>
      <IconButton icon="left" label={`${t('items.newer')} (PgUp)`} disabled={!hasNewer} onClick={newer} />
      <IconButton icon="right" label={`${t('items.older')} (PgDn)`} disabled={!hasOlder} onClick={older} />
    </nav>
  )
}
