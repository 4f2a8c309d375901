import { useTranslation } from 'react-i18next'
import type { CopyLine } from '#shared/domain/destruction/copy-line.ts'
import { CentreAnswer } from '../../centre/centre-frame.tsx'
import { useSilence } from '../../centre/centre-screen.tsx'
import { useCentreAsked } from '../../centre/use-centre-asked.ts'
import { Pill } from '../../design-system/pill.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { VerificationPart } from './verification-part.tsx'

/** PCs sign for what they erased as they come to the centre. */
const RENEWED_EVERY_MS = 15_000

/** 사본 대장: how far the centre is, and each place where something of the batch lay, with what became of it, and whether it was searched. */
export function CopiesCard({ batchId }: { batchId: string }) {
  const { t } = useTranslation('destruction')
  const view = useCentreAsked('destruction.copies', { batchId }, { everyMs: RENEWED_EVERY_MS })
  const certificateText = (open: number): string =>
    open > 0 ? t('copies.blocked', { n: formatCount(open) }) : t('copies.ready')
  return (
    <section className="card office-pane" aria-label={t('copies.title')}>
      <header className="card__head">
        <h2>{t('copies.title')}</h2>
      </header>
      <CentreAnswer value={view.value} silence={useSilence(view)}>
        {({ destroyed, left, copies, verification }) => (
          <>
            <p className="copies__progress">
              {t('copies.progress', { destroyed: formatCount(destroyed), left: formatCount(left) })}
            </p>
            <ul className="copies">
              {copies.map((copy) => (
                <CopyRow key={`${copy.place} ${copy.ref}`} copy={copy} />
              ))}
            </ul>
            <p className="copies__certificate">
              {certificateText(copies.filter(({ settled }) => settled === null).length)}
            </p>
            <VerificationPart verification={verification} />
          </>
        )}
      </CentreAnswer>
    </section>
  )
}

function CopyRow({ copy: { place, name, settled } }: { copy: CopyLine }) {
  const { t } = useTranslation('destruction')
  return (
    <li data-copy={place}>
      <strong>{place === 'desk' && name !== null ? name : t(`copies.place.${place}`)}</strong>
      {place !== 'desk' && name !== null && <span>{name}</span>}
      {settled === null && <Pill tone="warn">{t('copies.open')}</Pill>}
      {settled?.type === 'proven' && <Pill tone="ok">{t(`copies.how.${settled.how}`)}</Pill>}
      {settled?.type === 'written_off' && (
        <span>{t('copies.writtenOff', { by: settled.by, reason: settled.reason })}</span>
      )}
      {settled && <span className="faint">{formatInstant(settled.at)}</span>}
    </li>
  )
}
