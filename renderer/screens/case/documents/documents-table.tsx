import { useTranslation } from 'react-i18next'
import type { DocumentItem } from '#shared/ipc/document-views.ts'
import { FILE_KINDS } from '../../../case-display/file-kinds.ts'
import { useOfficialName } from '../../../case-display/official-name.ts'
import { Button } from '../../../design-system/button.tsx'
import { TableHead } from '../../../design-system/table.tsx'
import { formatBytes, formatInstant } from '../../../i18n/format.ts'
import { DocumentStatePill } from './document-state.tsx'
import type { Asking } from './documents-tab.tsx'
import type { DocumentWays } from './use-document-ways.ts'

interface DocumentsTableProps {
  readonly items: readonly DocumentItem[]
  readonly ways: DocumentWays
  readonly mayChange: boolean
  readonly onAsk: (asking: Asking) => void
}

export function DocumentsTable({ items, ...props }: DocumentsTableProps) {
  const { t } = useTranslation('case')
  return (
    <table className="table documents__table" aria-label={t('documents.title')}>
      <TableHead
        heads={[
          { words: t('documents.column.title') },
          { words: t('documents.column.kind'), className: 'documents__kind' },
          { words: t('documents.column.at'), className: 'documents__at' },
          { words: t('documents.column.state'), className: 'documents__state' },
          { words: t('documents.column.ways'), className: 'documents__ways', isSpoken: true }
        ]}
      />
      <tbody>
        {items.map((item) => (
          <DocumentRow key={item.documentId} item={item} {...props} />
        ))}
      </tbody>
    </table>
  )
}

function DocumentRow({ item, ...props }: Omit<DocumentsTableProps, 'items'> & { readonly item: DocumentItem }) {
  const { t } = useTranslation('domain')
  const officialName = useOfficialName()
  return (
    <tr data-document-state={item.state}>
      <td>
        <strong>{t(`documentTitle.${item.title}`)}</strong>
      </td>
      <td>
        {FILE_KINDS[item.mediaType]} <span className="faint">{formatBytes(item.bytes)}</span>
      </td>
      <td>
        {formatInstant(item.attachedAt)} <span className="faint">{officialName(item.attachedBy)}</span>
      </td>
      <td>
        <DocumentStatePill item={item} isComing={props.ways.coming === item.documentId} />
      </td>
      <td>
        <DocumentButtons item={item} {...props} />
      </td>
    </tr>
  )
}

function DocumentButtons({
  item,
  ways,
  mayChange,
  onAsk
}: Omit<DocumentsTableProps, 'items'> & { readonly item: DocumentItem }) {
  const { t } = useTranslation(['case', 'domain'])
  const title = t(`domain:documentTitle.${item.title}`)
  const button = (way: 'fetch' | 'save' | 'detach' | 'cancel' | 'retry', run: () => void) => (
    <Button
      size="small"
      kind={way === 'detach' || way === 'cancel' ? 'danger' : 'outlined'}
      busy={way === 'fetch' && ways.coming === item.documentId}
      aria-label={t('case:documents.of', { title, way: t(`case:documents.${way}`) })}
      onClick={run}
    >
      {t(`case:documents.${way}`)}
    </Button>
  )
  const isOnItsWay = item.state === 'waiting' || item.state === 'refused'
  return (
    <span className="bar documents__buttons">
      {item.state === 'away' && button('fetch', () => void ways.fetch(item))}
      {item.state !== 'away' && button('save', () => onAsk({ what: 'save', item }))}
      {mayChange && item.state === 'refused' && button('retry', () => void ways.retry(item))}
      {mayChange && isOnItsWay && button('cancel', () => void ways.cancel(item))}
      {mayChange && !isOnItsWay && button('detach', () => onAsk({ what: 'detach', item }))}
    </span>
  )
}
