import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Card } from '../../design-system/card.tsx'
import { SECTIONS, type Section, sectionId } from './sections.ts'

interface IntakeSectionProps {
  section: Section
  note?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

/** One part of the page, numbered as its key is: Alt+2. */
export function IntakeSection({ section, note, actions, children }: IntakeSectionProps) {
  const { t } = useTranslation('intake')
  const title = (
    <>
      <span className="intake-no" aria-hidden="true">
        {SECTIONS.indexOf(section) + 1}
      </span>
      {t(`section.${section}`)}
    </>
  )
  return (
    <div id={sectionId(section)} className="intake-section" data-section={section}>
      <Card title={title} note={note} actions={actions}>
        <div className="card__body intake-body">{children}</div>
      </Card>
    </div>
  )
}
