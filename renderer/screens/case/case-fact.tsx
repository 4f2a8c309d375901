import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseField, VersionedField } from '#shared/domain/case/case.ts'
import { closingConsent } from '#shared/domain/consent/standing-consent.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { Fact } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { goTo } from '../../view-state/navigation.ts'

/** A field of the case with its name, and whether its change still waits to be sent. */
export function CaseFact({ view, field, children }: { view: CaseView; field: CaseField; children: ReactNode }) {
  const { t } = useTranslation(['domain', 'case'])
  return (
    <Fact name={t(`domain:field.${field}`)}>
      {children ?? (
        <span className="faint">
          {t(closingConsent(view.case.consents, field) ? 'case:consents.closed' : 'case:unset')}
        </span>
      )}{' '}
      {view.waitingFields.includes(field) && <WaitingPill />}
      <ConflictPill view={view} field={field} />
    </Fact>
  )
}

/** Another value for the field waits for a choice; leads to it. */
export function ConflictPill({ view, field }: { view: CaseView; field: VersionedField }) {
  const { t } = useTranslation(['case', 'domain'])
  const conflict = view.conflicts.find((one) => one.field === field)
  if (conflict === undefined) return null
  const { conflictId } = conflict
  return (
    <button type="button" className="case-conflict__pill" onClick={() => goTo({ screen: 'conflicts', conflictId })}>
      <Pill tone="bad">{t('case:conflict.pill')}</Pill>
      <span className="visually-hidden">{t('case:conflict.decide', { field: t(`domain:field.${field}`) })}</span>
    </button>
  )
}

export function WaitingPill() {
  const { t } = useTranslation('case')
  return (
    <span className="case-waiting">
      <Pill tone="warn">{t('waiting')}</Pill>
    </span>
  )
}
