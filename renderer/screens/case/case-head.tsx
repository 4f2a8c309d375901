import { useTranslation } from 'react-i18next'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { type CaseState, nextStates } from '#shared/domain/case/case-state.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { StatePill } from '../../case-display/state-pill.tsx'
import { Button, IconButton } from '../../design-system/button.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { Steps } from '../../design-system/steps.tsx'
import { formatShortDay } from '../../i18n/format.ts'
import { goBack } from '../../view-state/navigation.ts'
import { caseSteps, usualNext } from './case-steps.ts'

const ASIDE_BUTTONS = 2

interface CaseHeadProps {
  readonly view: CaseView
  readonly onMove: (to: CaseState | 'any') => void
}

/** Whose case it is, where it stands, and where it can go. */
export function CaseHead({ view, onMove }: CaseHeadProps) {
  const { t } = useTranslation(['case', 'domain', 'common'])
  const { dongName } = usePlaceNames()
  const { case: subject } = view
  const steps = caseSteps(subject.history, subject.state).map((step) => ({
    key: `${step.stage}-${step.state}-${step.at ?? ''}`,
    label: t(`domain:caseState.${step.state}`),
    stage: step.stage,
    ...(step.at ? { note: formatShortDay(koreanDayOf(step.at)) } : {})
  }))
  return (
    <header className="case-head">
      <div className="screen__head">
        <IconButton icon="left" label={`${t('common:back')} (Esc)`} onClick={goBack} />
        <h1 className="case-head__name" title={subject.applicant.name}>
          {subject.applicant.name}
        </h1>
        <StatePill state={subject.state} />
        {view.waiting && (
          <Pill tone="warn" dot>
            {t('case:waiting')}
          </Pill>
        )}
        <span className="faint">
          {[subject.applicationNo, t(`domain:service.${subject.service}`), dongName(subject.dongCode)].join(' · ')}
        </span>
        <span className="grow" />
        <MoveButtons state={subject.state} onMove={onMove} />
      </div>
      <Steps label={t('case:steps')} steps={steps} />
    </header>
  )
}

function MoveButtons({ state, onMove }: { state: CaseState; onMove: CaseHeadProps['onMove'] }) {
  const { t } = useTranslation(['case', 'domain'])
  const main = usualNext(state)
  const others = nextStates(state).filter((next) => next !== main)
  const moveTo = (next: CaseState) => t('case:move.to', { state: t(`domain:caseState.${next}`) })
  return (
    <>
      {others.length > ASIDE_BUTTONS ? (
        <Button onClick={() => onMove('any')}>{t('case:move.change')}</Button>
      ) : (
        others.map((next) => (
          <Button key={next} onClick={() => onMove(next)}>
            {moveTo(next)}
          </Button>
        ))
      )}
      {main && (
        <Button kind="primary" onClick={() => onMove(main)} kbd="Ctrl+Enter">
          {moveTo(main)}
        </Button>
      )}
    </>
  )
}
