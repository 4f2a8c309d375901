import type { RestoreGate } from '#shared/ipc/office-views.ts'

/** How many of the district's PCs have given back: its gate opens by itself when all have, whatever the others do. */
export const gateProgress = ({ devices }: Pick<RestoreGate, 'devices'>): { done: number; of: number } => ({
  done: devices.filter(({ reportedAt }) => reportedAt !== null).length,
  of: devices.length
})
