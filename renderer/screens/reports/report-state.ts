import { isDeletionDue, type ReportEntry } from '#shared/domain/report/report.ts'
import type { Tone } from '../../design-system/pill.tsx'

export type ReportState = 'open' | 'cancelled' | 'finished' | 'due' | 'deleted'

export const STATE_TONES: Record<ReportState, Tone> = {
  open: 'warn',
  cancelled: 'plain',
  finished: 'info',
  due: 'bad',
  deleted: 'ok'
}

export function stateOf(report: ReportEntry, today: string): ReportState {
  if (report.end.type !== 'finished') return report.end.type
  if (report.deleted !== null) return 'deleted'
  return isDeletionDue(report, today) ? 'due' : 'finished'
}
