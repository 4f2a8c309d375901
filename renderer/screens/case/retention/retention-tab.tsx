import { useTranslation } from 'react-i18next'
import type { CaseView } from '#shared/ipc/views.ts'
import { Banner } from '../../../design-system/states.tsx'
import { CopiesCard } from './copies-card.tsx'
import { HoldsCard } from './holds-card.tsx'
import { PartsCard } from './parts-card.tsx'
import './retention.css'

/** 왜 보유 중인가: what is held on which basis, since and until when, what keeps it beyond that, and where it lies. */
export function RetentionTab({ view }: { view: CaseView }) {
  const { t } = useTranslation('case')
  const { retention } = view
  return (
    <div className="case-tab scroll stack">
      {retention === null ? <Banner tone="warn">{t('holdings.unknown')}</Banner> : <PartsCard retention={retention} />}
      <div className="retention__columns">
        <HoldsCard view={view} />
        {retention && <CopiesCard copies={retention.copies} />}
      </div>
    </div>
  )
}
