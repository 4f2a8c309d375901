import type { Actor } from '#shared/domain/account/account.ts'
import { type BatchState, mayAbort } from '#shared/domain/destruction/batch-state.ts'
import {
  type BatchStep,
  type DestructionBatch,
  itemsToDestroy,
  MOST_STEPS_TO_SUBMIT,
  makersOf
} from '#shared/domain/destruction/destruction-batch.ts'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { HashDep } from '#shared/foundation/deps.ts'
import type { IsoInstant } from '#shared/foundation/primitives.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { mayGive } from '../command-roles.ts'
import { decideApprove } from './approve-batch.ts'
import type { BatchIntent } from './batch-intent.ts'
import { changeExclusion, listItems } from './batch-list.ts'
import type { BatchRefusal } from './batch-refusal.ts'

export interface BatchDeps extends HashDep {
  readonly actor: Actor
  /** The time that counts: the centre's when it decides; before, at the desk, its own. */
  readonly at: IsoInstant
  /** Whether the account's registered key made this Ed25519 signature (base64) over the message. */
  readonly isSignedBy: (accountId: string, message: Uint8Array, signature: string) => boolean
}

/** What of a command decides about the batch. */
export type BatchAct = BatchIntent & { readonly batchId: string }
export type BatchDecision = Result<DestructionBatch, BatchRefusal>

/**
 * The batch after the command, or why it may not be. Runs at the desk and again at the centre, which has the last word.
 * Which role gives which command stands in `command-roles.ts`; here, which person.
 */
export function decideBatch(deps: BatchDeps, batch: DestructionBatch | null, command: BatchAct): BatchDecision {
  if (!mayGive(deps.actor.role, command.name)) return err({ type: 'RoleNotAllowed' })
  const decided = command.name === 'batch.plan' ? plan(deps, batch, command) : decideExisting(deps, batch, command)
  return decided.ok && batch !== null ? ok({ ...decided.value, rev: batch.rev + 1 }) : decided
}

function decideExisting(
  deps: BatchDeps,
  batch: DestructionBatch | null,
  command: Exclude<BatchAct, { readonly name: 'batch.plan' }>
): BatchDecision {
  if (batch === null || batch.districtCode !== deps.actor.districtCode) return err({ type: 'BatchNotFound' })
  switch (command.name) {
    case 'batch.list':
      return byAuthor(deps, batch, ['selecting']) ?? listItems(batch, command.args.items)
    case 'batch.submit':
      return byAuthor(deps, batch, ['selecting']) ?? submit(deps, batch)
    case 'batch.exclude':
    case 'batch.extend':
    case 'batch.include':
      return byReviewer(deps, batch) ?? changeExclusion(deps, batch, command)
    case 'batch.finish_review':
      return byReviewer(deps, batch) ?? finishReview(deps, batch, command.args.reason)
    case 'batch.request':
      return byAuthor(deps, batch, ['reviewed']) ?? request(deps, batch, command.args)
    case 'batch.approve':
      return byOfficer(deps, batch) ?? decideApprove(deps, batch, command.args)
    case 'batch.return':
      return byOfficer(deps, batch) ?? giveBack(deps, batch, command.args.reason)
    case 'batch.abort':
      return abort(deps, batch, command.args.reason)
    default:
      return assertNever(command)
  }
}

function plan(
  { actor, at }: BatchDeps,
  batch: DestructionBatch | null,
  { batchId, args }: BatchAct & { readonly name: 'batch.plan' }
): BatchDecision {
  if (batch !== null) return err({ type: 'BatchAlreadyPlanned' })
  return ok({
    id: batchId,
    districtCode: actor.districtCode,
    state: 'selecting',
    rev: 1,
    authorId: actor.id,
    plan: args,
    items: [],
    steps: [{ act: 'plan', by: actor.id, at, reason: args.note }],
    request: null,
    approval: null,
    coolsUntil: null
  })
}

type Refused = Result<never, BatchRefusal> | null

function byAuthor({ actor }: BatchDeps, batch: DestructionBatch, states: readonly BatchState[]): Refused {
  if (actor.id !== batch.authorId) return err({ type: 'NotTheAuthor' })
  return states.includes(batch.state) ? null : err({ type: 'BatchStateWrong', state: batch.state })
}

function byReviewer({ actor }: BatchDeps, batch: DestructionBatch): Refused {
  if (actor.id === batch.authorId) return err({ type: 'OwnWork' })
  return batch.state === 'reviewing' ? null : err({ type: 'BatchStateWrong', state: batch.state })
}

function byOfficer({ actor }: BatchDeps, batch: DestructionBatch): Refused {
  if (makersOf(batch).has(actor.id)) return err({ type: 'OwnWork' })
  return batch.state === 'requested' ? null : err({ type: 'BatchStateWrong', state: batch.state })
}

function submit(deps: BatchDeps, batch: DestructionBatch): BatchDecision {
  if (itemsToDestroy(batch).length === 0) return err({ type: 'ListEmpty' })
  if (batch.steps.length >= MOST_STEPS_TO_SUBMIT) return err({ type: 'TooManyRounds' })
  return ok({ ...batch, state: 'reviewing', steps: withStep(deps, batch, 'submit', '') })
}

function finishReview(deps: BatchDeps, batch: DestructionBatch, reason: string): BatchDecision {
  if (itemsToDestroy(batch).length === 0) return err({ type: 'ListEmpty' })
  return ok({ ...batch, state: 'reviewed', steps: withStep(deps, batch, 'review', reason) })
}

function request(
  deps: BatchDeps,
  batch: DestructionBatch,
  args: NonNullable<DestructionBatch['request']>
): BatchDecision {
  return ok({ ...batch, state: 'requested', request: args, steps: withStep(deps, batch, 'request', '') })
}

/** 반려: the list is the author's again, as it was reviewed. */
function giveBack(deps: BatchDeps, batch: DestructionBatch, reason: string): BatchDecision {
  if (reason === '') return err({ type: 'ReasonMissing' })
  return ok({ ...batch, state: 'selecting', request: null, steps: withStep(deps, batch, 'return', reason) })
}

/** 중단: by its author, or by the officer who answers for it. Nothing of it can be taken up again. */
function abort(deps: BatchDeps, batch: DestructionBatch, reason: string): BatchDecision {
  const { actor } = deps
  if (actor.role !== 'privacy_officer' && actor.id !== batch.authorId) return err({ type: 'NotTheAuthor' })
  if (!mayAbort(batch.state)) return err({ type: 'BatchStateWrong', state: batch.state })
  if (reason === '') return err({ type: 'ReasonMissing' })
  return ok({ ...batch, state: 'aborted', coolsUntil: null, steps: withStep(deps, batch, 'abort', reason) })
}

/** The steps with one more, which somebody takes. */
export const withStep = (
  { actor, at }: Pick<BatchDeps, 'actor' | 'at'>,
  { steps }: DestructionBatch,
  act: BatchStep['act'],
  reason: string
): BatchStep[] => [...steps, { act, by: actor.id, at, reason }]
