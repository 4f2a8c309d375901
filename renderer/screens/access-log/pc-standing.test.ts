import { expect, test } from 'vitest'
import type { LogStand } from '#shared/ipc/access-log-views.ts'
import { hasTrouble, standingOf } from './pc-standing.ts'

const AT = '2026-11-26T00:00:00.000Z'
const chain = (over: Partial<LogStand['chains'][number]> = {}): LogStand['chains'][number] => ({
  ...{ chain: 'a'.repeat(64), begunAt: AT, heardAt: AT, newestNo: 7, heldUpTo: 7, wholeAt: AT, marks: [] },
  ...over
})
const pc = (chains: LogStand['chains'], lastContactAt: string | null = AT): LogStand => ({
  ...{ deviceId: '01935a00-0000-7000-8000-000000000001', name: '민원실 1번', isCentre: false, lastContactAt, chains }
})

test('a PC owes what it said it has and has not sent, over all of its chains', () => {
  const later = '2026-11-26T01:00:00.000Z'
  expect(standingOf(pc([chain({ heldUpTo: 4 }), chain({ newestNo: 2, heldUpTo: 1, heardAt: later })]))).toEqual({
    ...{ owed: 4, heardAt: later, marks: [], state: 'owing' }
  })
  expect(standingOf(pc([chain()]))).toEqual({ owed: 0, heardAt: AT, marks: [], state: 'whole' })
})

test('a PC that met the centre and never sent a line is silent; one that never met it is not', () => {
  expect(standingOf(pc([])).state).toBe('silent')
  expect(standingOf(pc([], null)).state).toBe('whole')
})

test('marks of several chains are counted together and need somebody, whatever is owed', () => {
  const marked = pc([
    chain({ heldUpTo: 3, marks: [{ mark: 'gap', lines: 1 }] }),
    chain({
      marks: [
        { mark: 'gap', lines: 2 },
        { mark: 'fork', lines: 1 }
      ]
    })
  ])
  expect(standingOf(marked)).toMatchObject({
    state: 'wrong',
    marks: [
      { mark: 'gap', lines: 3 },
      { mark: 'fork', lines: 1 }
    ]
  })
  expect([marked, pc([chain({ heldUpTo: 3 })])].map(hasTrouble)).toEqual([true, false])
})
