import { useTranslation } from 'react-i18next'
import type { ConsentStatus } from '#shared/ipc/consent-methods.ts'
import { useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { Banner, EmptyState, ErrorState, Skeleton } from '../../design-system/states.tsx'
import { formatCount } from '../../i18n/format.ts'
import './consents.css'
import { CountsCard } from './counts-card.tsx'
import { RecipientsCard } from './recipients-card.tsx'
import { WaitingCard } from './waiting-card.tsx'

/** 동의 현황: how each consent was answered in the district, and which guardians have still to confirm. */
export function ConsentsScreen() {
  const { t } = useTranslation(['consents', 'common'])
  const { failureText } = useFailureText()
  const { value, failure, reload } = useAsked('consents.tally', {})
  const again = <Button onClick={reload}>{value === undefined ? t('common:retry') : t('consents:again')}</Button>
  return (
    <div className="screen">
      <header className="screen__head">
        <h1>{t('consents:title')}</h1>
        {value && <span className="faint">{t('consents:note', { n: formatCount(value.cases) })}</span>}
        {value && again}
      </header>
      {value && <Tally tally={value} />}
      {!value && failure && failure.type !== 'Locked' && (
        <ErrorState title={t('consents:failed')} action={again}>
          {failure.type === 'RoleNotAllowed' ? t('consents:notAllowed') : failureText(failure)}
        </ErrorState>
      )}
      {!value && (!failure || failure.type === 'Locked') && <Skeleton lines={6} label={t('consents:counting')} />}
    </div>
  )
}

function Tally({ tally }: { tally: ConsentStatus }) {
  const { t } = useTranslation('consents')
  if (tally.cases === 0) return <EmptyState icon="list" title={t('empty')} />
  return (
    <div className="scroll stack">
      <CountsCard counts={tally.counts} />
      <Banner tone={tally.closed > 0 ? 'warn' : 'info'}>
        {tally.closed > 0 ? t('closed', { n: formatCount(tally.closed) }) : t('closedNone')}
      </Banner>
      <WaitingCard waiting={tally.waiting} />
      <RecipientsCard provisions={tally.provisions} />
    </div>
  )
}
