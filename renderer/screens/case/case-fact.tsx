import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseField } from '#shared/domain/case/case.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { Fact } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'

/** A field of the case with its name, and whether its change still waits to be sent. */
export function CaseFact({ view, field, children }: { view: CaseView; field: CaseField; children: ReactNode }) {
  const { t } = useTranslation(['domain', 'case'])
  return (
    <Fact name={t(`domain:field.${field}`)}>
      {children ?? <span className="faint">{t('case:unset')}</span>}{' '}
      {view.waitingFields.includes(field) && <WaitingPill />}
    </Fact>
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
