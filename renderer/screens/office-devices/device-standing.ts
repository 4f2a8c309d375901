import type { DeviceEntry } from '#shared/ipc/office-views.ts'
import type { Tone } from '../../design-system/pill.tsx'

/** How a PC stands today: its state at the centre, and whether its use has run out meanwhile. */
export const STANDINGS = ['active', 'lease_over', 'revoked', 'wipe_ordered', 'wiped'] as const
export type Standing = (typeof STANDINGS)[number]

export const STANDING_TONES: Readonly<Record<Standing, Tone>> = {
  active: 'ok',
  lease_over: 'warn',
  revoked: 'warn',
  wipe_ordered: 'bad',
  wiped: 'plain'
}

export function standingOf(device: Pick<DeviceEntry, 'state' | 'leaseEndsAt'>, nowMs: number): Standing {
  if (device.state !== 'active') return device.state
  return device.leaseEndsAt !== null && Date.parse(device.leaseEndsAt) <= nowMs ? 'lease_over' : 'active'
}

/** How many PCs stand how, for the filter. */
export function countStandings(devices: readonly DeviceEntry[], nowMs: number): Readonly<Record<Standing, number>> {
  const counts = { active: 0, lease_over: 0, revoked: 0, wipe_ordered: 0, wiped: 0 }
  for (const device of devices) counts[standingOf(device, nowMs)] += 1
  return counts
}
