import { useTranslation } from 'react-i18next'
import type { CasePage } from '#shared/ipc/views.ts'
import { IconButton } from '../../design-system/button.tsx'
import { formatCount } from '../../i18n/format.ts'
import { turnTo } from '../../view-state/list-view.ts'
import type { ListContent } from './list-content.ts'

/** Which rows are shown of how many, and the ways to the others. */
export function PagingBar({ content }: { content: ListContent }) {
  const { t } = useTranslation('caseList')
  if (content.kind === 'page') return <Pages page={content.page} />
  if (content.found.total <= content.rows.length) return null
  return <p className="paging">{t('showing', { n: formatCount(content.rows.length) })}</p>
}

function Pages({ page }: { page: CasePage }) {
  const { t } = useTranslation('caseList')
  const { previous, next, firstRank, rows, total } = page
  return (
    <nav className="paging" aria-label={t('page.label')}>
      <span className="paging__range">
        {t('page.range', {
          from: formatCount(firstRank),
          to: formatCount(firstRank + rows.length - 1),
          total: formatCount(total)
        })}
      </span>
      <IconButton
        icon="first"
        label={`${t('page.first')} (Home)`}
        disabled={previous === null}
        onClick={() => turnTo({ at: 'first' })}
      />
      <IconButton
        icon="left"
        label={`${t('page.previous')} (PgUp)`}
        disabled={previous === null}
        onClick={() => previous && turnTo({ at: 'place', place: previous })}
      />
      <IconButton
        icon="right"
        label={`${t('page.next')} (PgDn)`}
        disabled={next === null}
        onClick={() => next && turnTo({ at: 'place', place: next })}
      />
      <IconButton
        icon="last"
        label={`${t('page.last')} (End)`}
        disabled={next === null}
        onClick={() => turnTo({ at: 'last' })}
      />
    </nav>
  )
}
