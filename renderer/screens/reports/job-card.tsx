import { useTranslation } from 'react-i18next'
import type { ReportJob } from '#shared/ipc/report-views.ts'
import { store } from '../../api/store.ts'
import { Button } from '../../design-system/button.tsx'
import { ProgressBar } from '../../design-system/progress-bar.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatBytes, formatCount } from '../../i18n/format.ts'

/** The report that is being made, or how the last one ended. */
export function JobCard({ job }: { job: ReportJob }) {
  const { t } = useTranslation('reports')
  const { state } = job
  const told = { no: formatCount(job.no), rows: formatCount(job.rows), size: formatBytes(job.bytes) }
  switch (state.type) {
    case 'running':
      return (
        <div className="card report-job">
          <ProgressBar
            label={t('job.label')}
            done={job.done}
            of={job.total}
            words={t('job.running', { ...told, kind: t(`kind.${job.kind}`) })}
            aside={t('job.figures', told)}
          />
          <Button onClick={() => void store.ask('report.cancel', {})}>{t('job.cancel')}</Button>
        </div>
      )
    case 'finished':
      return <Banner tone="ok">{t('job.finished', told)}</Banner>
    case 'cancelled':
      return <Banner tone="warn">{t('job.cancelled', told)}</Banner>
    case 'failed':
      return (
        <Banner tone="bad" icon="warning">
          <strong>{t('job.failed', told)}</strong> {t(`job.trouble.${state.trouble}`)}
        </Banner>
      )
  }
}
