import { useTranslation } from 'react-i18next'
import { useAsked } from '../../api/use-asked.ts'
import { useAccount } from '../../view-state/desk.ts'
import { goTo } from '../../view-state/navigation.ts'
import { hasTrouble } from '../access-log/pc-standing.ts'
import { Stat } from './stat.tsx'

/** What an overseer owes beside destruction: logs that are wrong, months to look through, files to delete, quarantine. */
export function DutyStats() {
  const { t } = useTranslation('today')
  const isOfficer = useAccount()?.role === 'privacy_officer'
  const pcs = useAsked('accessLog.pcs', {}).value
  const reviews = useAsked('accessLog.reviews', {}).value
  const reports = useAsked('report.list', { before: null, due: true }).value
  const quarantine = useAsked('quarantine.list', isOfficer ? {} : null).value
  return (
    <>
      {pcs && (
        <Stat
          count={pcs.filter(hasTrouble).length}
          label={t('overseer.logs')}
          tone="bad"
          onShow={() => goTo({ screen: 'accessLog' })}
        />
      )}
      {reviews && (
        <Stat
          count={reviews.filter(({ signed }) => signed === null).length}
          label={t('overseer.reviews')}
          tone="bad"
          onShow={() => goTo({ screen: 'accessLog' })}
        />
      )}
      {reports && (
        <Stat
          count={reports.reports.length}
          label={t('overseer.reports')}
          tone="bad"
          onShow={() => goTo({ screen: 'reports' })}
        />
      )}
      {quarantine && (
        <Stat
          count={quarantine.filter(({ destroyedAt }) => destroyedAt === null).length}
          label={t('overseer.quarantine')}
          onShow={() => goTo({ screen: 'quarantine' })}
        />
      )}
    </>
  )
}
