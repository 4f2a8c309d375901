import type { ProvisionStanding } from '#shared/domain/provision/provision-standing.ts'
import type { Tone } from '../../design-system/pill.tsx'

export const STANDING_TONES: Readonly<Record<ProvisionStanding, Tone>> = {
  unwritten: 'warn',
  overdue: 'bad',
  dueSoon: 'warn',
  kept: 'info',
  proven: 'ok',
  voided: 'plain'
}
