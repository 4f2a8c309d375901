import type { BatchState } from '#shared/domain/destruction/batch-state.ts'
import type { BatchStep } from '#shared/domain/destruction/destruction-batch.ts'

/** The stages of a batch as they are shown, in their order. */
export const STAGES = [
  'selecting',
  'reviewing',
  'requested',
  'cooling',
  'executing',
  'verifying',
  'completed'
] as const satisfies readonly BatchState[]
export type Stage = (typeof STAGES)[number]

/** Which step leads into a stage. */
const LEADS_TO: Readonly<Record<Stage, BatchStep['act']>> = {
  selecting: 'plan',
  reviewing: 'submit',
  requested: 'request',
  cooling: 'approve',
  executing: 'execute',
  verifying: 'verify',
  completed: 'complete'
}

/** Where the batch stands: one that was reviewed still is at the review until its author asks for the approval. */
const stageOf = (state: BatchState): Stage | null =>
  state === 'aborted' ? null : state === 'reviewed' ? 'reviewing' : state

export interface StageView {
  readonly stage: Stage
  readonly standing: 'done' | 'now' | 'ahead'
  /** When it was reached last; null: not yet, or it was sent back since. */
  readonly reachedAt: string | null
}

/** One that was called off stands nowhere: what it had reached is done, and nothing is ahead. */
export function stagesOf(state: BatchState, steps: readonly BatchStep[]): StageView[] {
  const now = stageOf(state)
  const reachedLast = (stage: Stage) => steps.findLast(({ act }) => act === LEADS_TO[stage])?.at ?? null
  const at = now === null ? STAGES.findLastIndex((stage) => reachedLast(stage) !== null) : STAGES.indexOf(now)
  return STAGES.map((stage, index) => ({
    stage,
    standing:
      index < at || (index === at && (now === null || now === 'completed')) ? 'done' : index === at ? 'now' : 'ahead',
    reachedAt: index <= at ? reachedLast(stage) : null
  }))
}
