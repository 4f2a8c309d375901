import { expect, test } from 'vitest'
import { gateProgress } from './gate-progress.ts'

const at = '2026-11-25T05:00:00.000Z'
const pc = (name: string, reportedAt: string | null) => ({
  id: '0197c0de-0000-7000-8000-000000000001',
  name,
  lastContactAt: at,
  reportedAt
})

test('the progress of a gate is that of the PCs it waits for', () => {
  expect(gateProgress({ devices: [] })).toEqual({ done: 0, of: 0 })
  expect(gateProgress({ devices: [pc('민원-01', at), pc('민원-02', null), pc('민원-03', at)] })).toEqual({
    done: 2,
    of: 3
  })
})
