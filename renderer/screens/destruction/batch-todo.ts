import type { BatchSummary } from '#shared/ipc/destruction-views.ts'

export type BatchTodo = 'select' | 'submit' | 'review' | 'request' | 'approve'

/** What the batch waits for whoever looks at it to do; null: for somebody else, or for nobody. */
export function todoOf({ ways, toDestroy }: Pick<BatchSummary, 'ways' | 'toDestroy'>): BatchTodo | null {
  if (ways.includes('batch.approve')) return 'approve'
  if (ways.includes('batch.request')) return 'request'
  if (ways.includes('batch.finish_review')) return 'review'
  if (ways.includes('batch.submit')) return toDestroy === 0 ? 'select' : 'submit'
  return null
}

/** What waits for her first, then what goes on, then what has ended; each in the order given. */
export function inOrder(batches: readonly BatchSummary[]): BatchSummary[] {
  const rank = (batch: BatchSummary): number =>
    todoOf(batch) !== null ? 0 : batch.state === 'completed' || batch.state === 'aborted' ? 2 : 1
  return [...batches].sort((a, b) => rank(a) - rank(b))
}
