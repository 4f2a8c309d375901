import { expect, test } from 'vitest'
import type { TimelineEntry } from '#shared/ipc/views.ts'
import { timelineLines } from './timeline-lines.ts'

const view = (at: string, by = 'a'): TimelineEntry => ({ type: 'access', at, by, act: 'view', field: null })

test('the same act in a row is one line that says how often', () => {
  const state: TimelineEntry = { type: 'state', at: '2026-11-20T03:00:00.000Z', by: 'a', state: 'received', reason: '' }
  const lines = timelineLines([
    view('2026-11-20T01:00:00.000Z'),
    view('2026-11-20T04:00:00.000Z'),
    view('2026-11-20T05:00:00.000Z'),
    state,
    view('2026-11-20T06:00:00.000Z', 'b')
  ])
  expect(lines.map(({ entry, times }) => [entry.type, entry.by, entry.at.slice(11, 13), times])).toEqual([
    ['access', 'b', '06', 1],
    ['access', 'a', '05', 2],
    ['state', 'a', '03', 1],
    ['access', 'a', '01', 1]
  ])
})

test('what was done on another day is a line of its own', () => {
  expect(timelineLines([view('2026-11-20T16:00:00.000Z'), view('2026-11-20T14:00:00.000Z')])).toHaveLength(2)
})
