import { useTranslation } from 'react-i18next'
import type { HandedOverItem } from '#shared/ipc/quarantine-views.ts'
import { useActText } from '../../case-display/act-text.ts'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { Button } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { goTo } from '../../view-state/navigation.ts'

interface HandedOverPaneProps {
  item: HandedOverItem
  onTake: () => void
  onDrop: () => void
}

/** One of them, and its two ends. */
export function HandedOverPane({ item, onTake, onDrop }: HandedOverPaneProps) {
  const { t } = useTranslation(['quarantine', 'outbox'])
  const actText = useActText()
  const { districtName } = usePlaceNames()
  const { caseId, name, applicantName, applicationNo, fromDistrictCode, issuedBy, issuedAt, receivedAt } = item
  return (
    <aside className="card office-pane" aria-label={t('quarantine:handedOver.pane')}>
      <header className="card__head">
        <h2 className="office-pane__name">{actText(name)}</h2>
      </header>
      <Facts>
        <Fact name={t('quarantine:handedOver.case')}>
          {applicantName ?? t('quarantine:handedOver.notHere')} {applicationNo}
        </Fact>
        <Fact name={t('quarantine:handedOver.from')}>{districtName(fromDistrictCode)}</Fact>
        <Fact name={t('quarantine:column.issuedBy')}>{issuedBy ?? t('quarantine:unknownOfficial')}</Fact>
        <Fact name={t('quarantine:issuedAt')}>{formatInstant(issuedAt)}</Fact>
        <Fact name={t('quarantine:column.receivedAt')}>{formatInstant(receivedAt)}</Fact>
      </Facts>
      <div className="office-pane__acts">
        <Button kind="primary" kbd="E" onClick={onTake}>
          {t('quarantine:handedOver.take')}
        </Button>
        {applicantName !== null && <Button onClick={() => goTo({ screen: 'case', caseId })}>{t('outbox:open')}</Button>}
        <Button kind="danger" kbd="Delete" onClick={onDrop}>
          {t('quarantine:handedOver.drop')}
        </Button>
      </div>
    </aside>
  )
}
