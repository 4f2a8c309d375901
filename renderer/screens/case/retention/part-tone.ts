import type { PartState } from '#shared/domain/retention/part-state.ts'
import type { Tone } from '../../../design-system/pill.tsx'

export const PART_TONES: Readonly<Record<PartState, Tone>> = {
  kept: 'ok',
  kept_apart: 'info',
  due: 'warn',
  overdue: 'bad'
}
