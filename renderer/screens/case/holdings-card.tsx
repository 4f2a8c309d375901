import { useTranslation } from 'react-i18next'
import type { CaseView } from '#shared/ipc/views.ts'
import { Card, CardLine } from '../../design-system/card.tsx'
import { formatDay } from '../../i18n/format.ts'

/** 왜 보유 중인가: each group of what is held, its ground and its end. */
export function HoldingsCard({ view }: { view: CaseView }) {
  const { t } = useTranslation('case')
  return (
    <Card title={t('holdings.title')}>
      {view.holdings.length === 0 && (
        <CardLine>
          <span className="faint">{t('holdings.unknown')}</span>
        </CardLine>
      )}
      {view.holdings.map(({ group, basis, ground, until }) => (
        <CardLine
          key={`${group}-${ground}`}
          aside={until ? t('holdings.until', { day: formatDay(until) }) : t('holdings.whileConsent')}
        >
          <div className="holding">
            <b>{t(`holdings.group.${group}`)}</b>
            <span className="faint">{t(`holdings.${basis}`)}</span>
            <span className="faint holding__ground" title={ground}>
              {ground}
            </span>
          </div>
        </CardLine>
      ))}
    </Card>
  )
}
