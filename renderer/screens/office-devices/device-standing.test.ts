import { expect, test } from 'vitest'
import type { DeviceEntry } from '#shared/ipc/office-views.ts'
import { countStandings, standingOf } from './device-standing.ts'

const NOW = Date.parse('2026-11-25T05:00:00.000Z')
const device = (part: Partial<DeviceEntry>): DeviceEntry => ({
  id: '0197c0de-0000-7000-8000-000000000001',
  name: '민원-07',
  districtCode: '11680',
  state: 'active',
  enrolledAt: '2026-11-01T00:00:00.000Z',
  lastContactAt: '2026-11-25T04:00:00.000Z',
  appVersion: '0.2.0',
  lastDeviceSeq: 12,
  waiting: 0,
  refused: 0,
  oldestWaitingAt: null,
  accounts: [],
  leaseEndsAt: null,
  graceEndsAt: null,
  revokedAt: null,
  wipeOrderedAt: null,
  wipedAt: null,
  ...part
})
const over = { leaseEndsAt: '2026-11-25T05:00:00.000Z' }

test('a PC whose use has run out is no longer shown as in use', () => {
  expect(standingOf(device({}), NOW)).toBe('active')
  expect(standingOf(device({ leaseEndsAt: '2026-11-25T05:00:00.001Z' }), NOW)).toBe('active')
  expect(standingOf(device(over), NOW)).toBe('lease_over')
})

test('what was ordered for a PC is told before that its use has run out', () => {
  expect(standingOf(device({ ...over, state: 'revoked' }), NOW)).toBe('revoked')
  expect(standingOf(device({ ...over, state: 'wipe_ordered' }), NOW)).toBe('wipe_ordered')
  expect(standingOf(device({ ...over, state: 'wiped' }), NOW)).toBe('wiped')
})

test('each PC is counted once', () => {
  const devices = [device({}), device(over), device({ state: 'revoked' }), device({}), device({ state: 'wiped' })]
  expect(countStandings(devices, NOW)).toEqual({ active: 2, lease_over: 1, revoked: 1, wipe_ordered: 0, wiped: 1 })
})
