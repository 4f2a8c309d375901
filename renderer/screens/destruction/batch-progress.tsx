import { useTranslation } from 'react-i18next'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { BatchStep } from '#shared/domain/destruction/destruction-batch.ts'
import type { BatchView } from '#shared/ipc/destruction-views.ts'
import { useOfficialName } from '../../case-display/official-name.ts'
import { Steps } from '../../design-system/steps.tsx'
import { formatDay, formatShortDay } from '../../i18n/format.ts'
import { stagesOf } from './batch-steps.ts'

/** How far the batch is, and who has signed for it: 결재란. */
export function BatchProgress({ batch: { state, steps } }: { batch: BatchView }) {
  const { t } = useTranslation('destruction')
  return (
    <section className="card batch-progress" aria-label={t('steps.label')}>
      <Steps
        label={t('steps.label')}
        steps={stagesOf(state, steps).map(({ stage, standing, reachedAt }) => ({
          key: stage,
          label: t(`steps.${stage}`),
          stage: standing,
          ...(reachedAt !== null && { note: formatShortDay(koreanDayOf(reachedAt)) })
        }))}
      />
      <Approvals steps={steps} />
    </section>
  )
}

const POSTS = { author: 'request', reviewer: 'review', officer: 'approve' } as const

/** What was signed before the batch was sent back counts no more. */
function Approvals({ steps }: { steps: readonly BatchStep[] }) {
  const { t } = useTranslation('destruction')
  const officialName = useOfficialName()
  const since = steps.slice(steps.findLastIndex(({ act }) => act === 'return') + 1)
  return (
    <table className="approvals">
      <caption className="visually-hidden">{t('approvals.label')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('approvals.author')}</th>
          <th scope="col">{t('approvals.reviewer')}</th>
          <th scope="col">{t('approvals.officer')}</th>
        </tr>
      </thead>
      <tbody>
        <tr>
          {Object.entries(POSTS).map(([post, act]) => {
            const step = since.findLast((candidate) => candidate.act === act)
            return (
              <td key={post} data-post={post}>
                {step === undefined || step.by === null ? (
                  <span className="faint">{t('approvals.waiting')}</span>
                ) : (
                  <>
                    <strong>{officialName(step.by)}</strong>
                    <span className="faint">{formatDay(koreanDayOf(step.at))}</span>
                  </>
                )}
              </td>
            )
          })}
        </tr>
      </tbody>
    </table>
  )
}
