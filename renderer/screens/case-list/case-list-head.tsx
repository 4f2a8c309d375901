import { useTranslation } from 'react-i18next'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { Button } from '../../design-system/button.tsx'
import { formatCount, formatMs } from '../../i18n/format.ts'
import { useAccount } from '../../view-state/desk.ts'
import { goTo } from '../../view-state/navigation.ts'
import type { ListContent } from './list-content.ts'

export function CaseListHead({ content, onCopy }: { content: ListContent | undefined; onCopy: () => void }) {
  const { t } = useTranslation('caseList')
  return (
    <header className="screen__head">
      <h1>{t('title')}</h1>
      <CountWords content={content} />
      <span className="grow" />
      <Button kbd="F8" onClick={onCopy} disabled={content?.kind !== 'page' || content.rows.length === 0}>
        {t('copy')}
      </Button>
      <Button kind="primary" kbd="F2" onClick={() => goTo({ screen: 'intake', draftId: null })}>
        {t('intake')}
      </Button>
    </header>
  )
}

/** How many there are, and for a search in how many and how fast they were found. Read out when it changes. */
function CountWords({ content }: { content: ListContent | undefined }) {
  const { t } = useTranslation('caseList')
  const { districtName } = usePlaceNames()
  const districtCode = useAccount()?.districtCode ?? ''
  if (!content) return null
  if (content.kind === 'page') {
    return (
      <span className="faint" role="status">
        {t('total', { n: formatCount(content.page.total) })}
      </span>
    )
  }
  const { total, atLeast, searched, tookMs } = content.found
  return (
    <span className="faint" role="status">
      {t(atLeast ? 'totalAtLeast' : 'totalFound', {
        n: formatCount(total),
        district: districtName(districtCode),
        searched: formatCount(searched),
        ms: formatMs(tookMs)
      })}
    </span>
  )
}
