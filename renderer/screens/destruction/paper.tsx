import { useTranslation } from 'react-i18next'
import type { BatchRequest } from '#shared/domain/destruction/destruction-batch.ts'
import { useAsked } from '../../api/use-asked.ts'
import { Skeleton } from '../../design-system/states.tsx'
import { UncutPaper } from '../../papers/uncut-paper.tsx'

/** A paper is longer than its dialog: whoever works by the keys reaches it and moves it up and down. */
const BY_KEYS = 0

/** 별지 4 as it will be printed; with a request that is not made yet. Official papers are in Korean alone. */
export function Paper({ batchId, request }: { batchId: string; request: BatchRequest | null }) {
  const { t } = useTranslation('destruction')
  const paper = useAsked('destruction.paper', { batchId, request }).value
  return paper ? (
    <section className="paper-preview" lang="ko" aria-label={t('paper.label')} tabIndex={BY_KEYS}>
      <UncutPaper paper={paper} />
    </section>
  ) : (
    <Skeleton lines={6} label={t('paper.loading')} />
  )
}
