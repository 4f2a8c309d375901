import { useTranslation } from 'react-i18next'
import type { CaseState } from '#shared/domain/case/case-state.ts'
import { Pill } from '../design-system/pill.tsx'
import { STATE_TONES } from './state-tone.ts'

export function StatePill({ state }: { state: CaseState }) {
  const { t } = useTranslation('domain')
  return <Pill tone={STATE_TONES[state]}>{t(`caseState.${state}`)}</Pill>
}
