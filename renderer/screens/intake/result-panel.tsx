import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../design-system/button.tsx'
import { Icon } from '../../design-system/icons.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useDesk } from '../../view-state/desk.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { goTo } from '../../view-state/navigation.ts'
import type { Registered } from './intake-state.ts'
import './result-panel.css'

/** What became of the intake: its number for now, and that it will be sent. */
export function ResultPanel({ registered, onNext }: { registered: Registered; onNext: () => void }) {
  const { t } = useTranslation(['intake', 'domain', 'common'])
  const waiting = useDesk(({ sync }) => sync?.waiting ?? 0)
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  useKeys('here', [{ keys: 'F2', label: t('intake:result.next'), run: onNext, hint: true }])
  const { applicantName, service, applicationNo, caseId } = registered
  return (
    <div className="result" data-case-id={caseId}>
      <div className="card result__card">
        <span className="result__mark">
          <Icon name="check" size={36} />
        </span>
        <h1 ref={title} tabIndex={-1}>
          {t('intake:result.title')}
        </h1>
        <p className="result__no">{applicationNo}</p>
        <p className="result__who">
          {applicantName}
          {service !== '' && ` · ${t(`domain:service.${service}`)}`}
        </p>
        <p className="faint">{t(waiting > 0 ? 'intake:result.provisional' : 'intake:result.numbered')}</p>
        <p className="result__waiting" role="status">
          {waiting > 0 ? t('intake:result.waiting', { n: formatCount(waiting) }) : t('intake:result.sent')}
        </p>
        <div className="bar result__ways">
          <Button size="large" onClick={() => goTo({ screen: 'case', caseId })}>
            {t('intake:result.open')}
          </Button>
          <Button kind="primary" size="large" kbd="F2" onClick={onNext}>
            {t('intake:result.next')}
          </Button>
        </div>
      </div>
    </div>
  )
}
