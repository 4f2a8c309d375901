import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { dueOnOf } from '#shared/domain/case/due-rules.ts'
import { Icon } from '../../design-system/icons.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useInSight } from '../../view-state/in-sight.ts'
import { useIntake } from './intake-state.ts'
import {
  goToSection,
  isBegun,
  requiredFields,
  SECTIONS,
  type Section,
  type SectionState,
  sectionId,
  sectionStates
} from './sections.ts'
import './side-rail.css'

const SECTION_IDS = SECTIONS.map(sectionId)

/** Where one is on the page, what is left to do, and until when the citizen has to hear. */
export function SideRail() {
  const { t } = useTranslation('intake')
  const issues = useIntake((intake) => intake.issues)
  const states = useMemo(() => sectionStates(issues), [issues])
  const inSight = useInSight(SECTION_IDS)
  const form = useIntake((intake) => intake.form)
  const asked = useIntake((intake) => intake.asked?.length ?? 0)
  if (form === null) return null
  const left = issues.size
  const required = requiredFields(form, asked)
  return (
    <aside className="intake-rail" aria-label={t('rail.label')}>
      <div className="card intake-rail__card">
        <p className="intake-rail__left">{left === 0 ? t('rail.complete') : t('rail.left', { n: left })}</p>
        <progress
          className="intake-rail__bar"
          max={required}
          value={Math.max(0, required - left)}
          aria-label={t('rail.label')}
        />
        <nav aria-label={t('rail.sections')}>
          <ol>
            {SECTIONS.map((section, index) => (
              <li key={section}>
                <SectionWay
                  section={section}
                  index={index}
                  state={states[section]}
                  begun={section === 'review' ? left === 0 : isBegun(section, form)}
                  here={sectionId(section) === inSight}
                />
              </li>
            ))}
          </ol>
        </nav>
      </div>
      <DueCard />
    </aside>
  )
}

interface SectionWayProps {
  section: Section
  index: number
  state: SectionState
  begun: boolean
  here: boolean
}

function SectionWay({ section, index, state, begun, here }: SectionWayProps) {
  const { t } = useTranslation('intake')
  const checkedAll = useIntake((intake) => intake.checkedAll)
  const alarm = state.wrong > 0 || (checkedAll && state.unfilled > 0)
  const open = state.wrong + state.unfilled
  const look = alarm ? 'bad' : open === 0 && begun ? 'done' : 'open'
  return (
    <button
      type="button"
      className={`way way--${look}`}
      aria-current={here ? 'true' : undefined}
      title={`${t(`section.${section}`)} (Alt+${index + 1})`}
      onClick={() => goToSection(section)}
    >
      <span className="way__mark" aria-hidden="true">
        {look === 'done' ? <Icon name="check" size={14} /> : index + 1}
      </span>
      <span className="way__name">{t(`section.${section}`)}</span>
      {open > 0 && <span className="way__count">{t(alarm ? 'rail.check' : 'rail.toFill', { n: open })}</span>}
    </button>
  )
}

function DueCard() {
  const { t } = useTranslation('intake')
  const service = useIntake(({ form }) => form?.service ?? '')
  const appliedOn = useIntake(({ form }) => form?.appliedOn ?? '')
  if (service === '' || appliedOn === '') return null
  const dueOn = dueOnOf({ service, state: 'received', appliedOn, history: [] })
  if (dueOn === null) return null
  return (
    <div className="card intake-rail__due">
      <Icon name="clock" size={18} />
      <p>
        {t('rail.due')} <strong>{formatDay(dueOn)}</strong>
      </p>
    </div>
  )
}
