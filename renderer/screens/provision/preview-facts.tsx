import { useTranslation } from 'react-i18next'
import { MOST_LEFT_OUT_SHOWN, type ProvisionPreview, WHY_LEFT_OUT } from '#shared/ipc/provision-views.ts'
import { Fact, Facts } from '../../design-system/card.tsx'
import { TableHead } from '../../design-system/table.tsx'
import { formatCount } from '../../i18n/format.ts'
import type { Recipient } from './use-recipients.ts'

/** More of them scroll, also by the keyboard. */
const FEW = 5

interface PreviewFactsProps {
  readonly preview: ProvisionPreview
  readonly recipient: Recipient
}

/** How many are given what, who is left out and why: counted, and by case number. */
export function PreviewFacts({ preview: { selected, leftOut, cases }, recipient }: PreviewFactsProps) {
  const { t } = useTranslation('provision')
  const reasons = WHY_LEFT_OUT.filter((why) => leftOut[why] > 0)
  const all = reasons.reduce((sum, why) => sum + leftOut[why], 0)
  return (
    <>
      <Facts>
        <Fact name={t('preview.selected')}>
          <strong>{t('persons', { n: formatCount(selected) })}</strong>
        </Fact>
        <Fact name={t('preview.items')}>{recipient.itemsText}</Fact>
        <Fact name={t('preview.basis')}>{recipient.basisText}</Fact>
        <Fact name={t('preview.keeps')}>{recipient.keeps}</Fact>
        <Fact name={t('preview.leftOut')}>
          {reasons.length === 0
            ? t('preview.nobody')
            : reasons.map((why) => `${t(`why.${why}`)} ${formatCount(leftOut[why])}`).join(' · ')}
        </Fact>
      </Facts>
      {cases.length > 0 && (
        <section className="left-out" aria-label={t('preview.list')} tabIndex={cases.length > FEW ? 0 : undefined}>
          <table className="table" aria-label={t('preview.list')}>
            <TableHead heads={[{ words: t('lines.case') }, { words: t('preview.why') }]} />
            <tbody>
              {cases.map(({ caseId, applicationNo, why }) => (
                <tr key={caseId}>
                  <td>{applicationNo}</td>
                  <td>{t(`why.${why}`)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {all > MOST_LEFT_OUT_SHOWN && (
        <p className="faint">{t('preview.more', { n: formatCount(MOST_LEFT_OUT_SHOWN) })}</p>
      )}
    </>
  )
}
