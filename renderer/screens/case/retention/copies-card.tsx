import { useTranslation } from 'react-i18next'
import type { CopyPlace } from '#shared/ipc/retention-views.ts'
import { Card, CardLine } from '../../../design-system/card.tsx'
import { formatInstant } from '../../../i18n/format.ts'

/** 사본이 있는 곳: wherever the case lies, with how it goes from there. */
export function CopiesCard({ copies }: { copies: readonly CopyPlace[] }) {
  const { t } = useTranslation('case')
  return (
    <Card title={t('retention.copies.title')}>
      {copies.map((copy) => (
        <CardLine
          key={copy.place}
          aside={copy.place === 'files' && t('retention.copies.last', { at: formatInstant(copy.lastAt) })}
        >
          <div className="holding">
            <b>
              {copy.place === 'files'
                ? t('retention.copies.files', { n: copy.count })
                : t(`retention.copies.${copy.place}`)}
            </b>
            <span className="faint">{t(`retention.copies.note.${copy.place}`)}</span>
          </div>
        </CardLine>
      ))}
    </Card>
  )
}
