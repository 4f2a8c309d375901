import { useTranslation } from 'react-i18next'
import type { BatchVerification } from '#shared/domain/destruction/batch-verification.ts'
import { countResidues, type ResidueKind, type SearchedPlace } from '#shared/domain/erasure/erasure-place.ts'
import { Pill } from '../../design-system/pill.tsx'
import { formatBytes, formatCount, formatInstant } from '../../i18n/format.ts'

/** 파기 검증: where the newest search for what is left has looked, and what it found; null: nobody has searched yet. */
export function VerificationPart({ verification }: { verification: BatchVerification | null }) {
  const { t } = useTranslation('destruction')
  return (
    <div className="verification">
      <h3>{t('verification.title')}</h3>
      {verification === null ? <p>{t('verification.none')}</p> : <Verified verification={verification} />}
    </div>
  )
}

function Verified({ verification }: { verification: BatchVerification }) {
  const { t } = useTranslation('destruction')
  const { at, by, cases, unmarked, places } = verification
  const hasBackup = places.some(({ place }) => place === 'backup')
  return (
    <>
      <p className="verification__standing">
        <Standing verification={verification} isWhole={hasBackup && unmarked === 0} />
        <span className="faint">{t('verification.by', { at: formatInstant(at), by, cases: formatCount(cases) })}</span>
      </p>
      {unmarked > 0 && <p>{t('verification.unmarked', { n: formatCount(unmarked) })}</p>}
      {!hasBackup && <p>{t('verification.noBackup')}</p>}
      <ul className="verification__places">
        {places.map((one) => (
          <PlaceRow key={one.place} searched={one} />
        ))}
      </ul>
    </>
  )
}

function Standing({
  verification: { places, closed },
  isWhole
}: {
  verification: BatchVerification
  isWhole: boolean
}) {
  const { t } = useTranslation('destruction')
  const left = countResidues(places)
  if (left > 0) return <Pill tone="bad">{t('verification.left', { n: formatCount(left) })}</Pill>
  if (closed) return <Pill tone="ok">{t('verification.closed')}</Pill>
  return isWhole ? (
    <Pill tone="ok">{t('verification.clean')}</Pill>
  ) : (
    <Pill tone="warn">{t('verification.incomplete')}</Pill>
  )
}

function PlaceRow({ searched: { place, bytes, residues } }: { searched: SearchedPlace }) {
  const { t } = useTranslation('destruction')
  const kinds = Object.entries(residues) as [ResidueKind, number][]
  return (
    <li data-place={place}>
      <span>{t(`verification.place.${place}`)}</span>
      <span className="verification__bytes">{formatBytes(bytes)}</span>
      <span className={kinds.length > 0 ? 'verification__found' : 'faint'}>
        {kinds.length === 0
          ? t('verification.nothing')
          : kinds
              .map(([kind, n]) => t('verification.found', { kind: t(`verification.kind.${kind}`), n: formatCount(n) }))
              .join(', ')}
      </span>
    </li>
  )
}
