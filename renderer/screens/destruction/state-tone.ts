import type { BatchState } from '#shared/domain/destruction/batch-state.ts'
import type { Tone } from '../../design-system/pill.tsx'

export const STATE_TONES: Readonly<Record<BatchState, Tone>> = {
  selecting: 'plain',
  reviewing: 'info',
  reviewed: 'info',
  requested: 'warn',
  cooling: 'warn',
  executing: 'bad',
  verifying: 'bad',
  completed: 'ok',
  aborted: 'plain'
}
