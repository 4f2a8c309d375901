import { useTranslation } from 'react-i18next'
import type { ConsentCount } from '#shared/domain/consent/consent-tally.ts'
import { Card } from '../../design-system/card.tsx'
import { TableHead } from '../../design-system/table.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useConsentWords } from './consent-words.ts'

const STANDINGS = ['given', 'refused', 'withdrawn', 'unconfirmed', 'unanswered'] as const

/** Each consent with its purpose, and how many cases stand how. */
export function CountsCard({ counts }: { counts: readonly ConsentCount[] }) {
  const { t } = useTranslation('consents')
  const { nameOf, purposeOf } = useConsentWords()
  return (
    <Card title={t('counts')}>
      <table className="table consent-counts" aria-label={t('counts')}>
        <TableHead
          heads={[
            { words: t('column.consent') },
            { words: t('column.purpose') },
            ...STANDINGS.map((standing) => ({
              words: t(`column.${standing}`),
              className: 'consent-counts__number'
            }))
          ]}
        />
        <tbody>
          {counts.map((count) => (
            <tr key={count.consentId}>
              <td>
                <b>{nameOf(count)}</b>
              </td>
              <td data-head={t('column.purpose')}>{purposeOf(count)}</td>
              {STANDINGS.map((standing) => (
                <td key={standing} className="consent-counts__number" data-head={t(`column.${standing}`)}>
                  {count[standing] === 0 ? <span className="faint">0</span> : formatCount(count[standing])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  )
}
