import { useTranslation } from 'react-i18next'
import type { QuarantineEntry } from '#shared/ipc/quarantine-views.ts'
import { useActText } from '../../case-display/act-text.ts'
import { Button } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'

interface QuarantinePaneProps {
  entry: QuarantineEntry
  /** How many the button destroys: the marked ones, or this one. */
  amount: number
  onDestroy: () => void
}

/** One of them: what is known without its content, why it lies here, and the one thing that can be done. */
export function QuarantinePane({ entry, amount, onDestroy }: QuarantinePaneProps) {
  const { t } = useTranslation('quarantine')
  const actText = useActText()
  const { name, cause, way, deviceName, issuedBy, issuedAt, receivedAt, destroyedAt } = entry
  return (
    <aside className="card office-pane" aria-label={t('pane')}>
      <header className="card__head">
        <h2 className="office-pane__name">{actText(name)}</h2>
        <Pill tone={destroyedAt === null ? 'warn' : 'plain'}>
          {t(`standing.${destroyedAt === null ? 'sealed' : 'destroyed'}`)}
        </Pill>
      </header>
      <Facts>
        <Fact name={t('column.cause')}>{t(`cause.${cause}`)}</Fact>
        <Fact name={t('column.issuedBy')}>{issuedBy ?? t('unknownOfficial')}</Fact>
        {issuedAt !== null && <Fact name={t('issuedAt')}>{formatInstant(issuedAt)}</Fact>}
        <Fact name={t('column.device')}>{deviceName}</Fact>
        <Fact name={t('column.receivedAt')}>{formatInstant(receivedAt)}</Fact>
        <Fact name={t('wayHead')}>{t(`way.${way}`)}</Fact>
        {destroyedAt !== null && <Fact name={t('destroyedAt')}>{formatInstant(destroyedAt)}</Fact>}
      </Facts>
      <p className="centre-pane__text">{t(`why.${cause}`)}</p>
      {amount > 0 && (
        <div className="office-pane__acts">
          <Button kind="danger" icon="erase" kbd="Delete" onClick={onDestroy}>
            {amount === 1 ? t('destroy') : t('destroyMany', { n: formatCount(amount) })}
          </Button>
          <p>{t('destroyHint')}</p>
        </div>
      )}
    </aside>
  )
}
