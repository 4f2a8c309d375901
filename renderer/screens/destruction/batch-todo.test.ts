import { expect, test } from 'vitest'
import type { BatchSummary } from '#shared/ipc/destruction-views.ts'
import { inOrder, todoOf } from './batch-todo.ts'

const batch = (id: string, over: Partial<BatchSummary>): BatchSummary => ({
  ...{ id, state: 'reviewing', authorId: 'author', listed: 3, toDestroy: 3, movedAt: '', coolsUntil: null },
  plan: { fileId: 'application', dueUpTo: '2026-11-30', coolingDays: 7, note: '' },
  ...{ isWaiting: false, ways: [] },
  ...over
})

test('a batch says what it waits for her to do; calling it off alone is nothing to be done', () => {
  expect(todoOf(batch('a', { ways: ['batch.list', 'batch.submit', 'batch.abort'] }))).toBe('submit')
  expect(todoOf(batch('a', { ways: ['batch.list', 'batch.submit', 'batch.abort'], toDestroy: 0 }))).toBe('select')
  expect(todoOf(batch('a', { ways: ['batch.exclude', 'batch.extend', 'batch.include', 'batch.finish_review'] }))).toBe(
    'review'
  )
  expect(todoOf(batch('a', { ways: ['batch.request', 'batch.abort'] }))).toBe('request')
  expect(todoOf(batch('a', { ways: ['batch.approve', 'batch.return', 'batch.abort'] }))).toBe('approve')
  expect(todoOf(batch('a', { ways: ['batch.abort'] }))).toBe(null)
})

test('what waits for her stands first, what has ended last', () => {
  const ended = batch('ended', { state: 'aborted' })
  const mine = batch('mine', { ways: ['batch.finish_review'] })
  const others = batch('others', { state: 'requested' })
  expect(inOrder([ended, others, mine]).map(({ id }) => id)).toEqual(['mine', 'others', 'ended'])
})
