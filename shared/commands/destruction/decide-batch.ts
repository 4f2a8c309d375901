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
import type { BatchCommandName, BatchIntent } from './batch-intent.ts'
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
  const refused = whyNotNow(deps.actor, batch, command.name)
  if (refused !== null) return err(refused)
  switch (command.name) {
    case 'batch.list':
      return listItems(batch, command.args.items)
    case 'batch.submit':
      return submit(deps, batch)
    case 'batch.exclude':
    case 'batch.extend':
    case 'batch.include':
      return changeExclusion(deps, batch, command)
    case 'batch.finish_review':
      return finishReview(deps, batch, command.args.reason)
    case 'batch.request':
      return request(deps, batch, command.args)
    case 'batch.approve':
      return decideApprove(deps, batch, command.args)
    case 'batch.return':
      return giveBack(deps, batch, command.args.reason)
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

/** Why this person may not give the command as the batch stands, whatever it says; null: she may. */
export function whyNotNow(
  actor: Actor,
  batch: DestructionBatch,
  name: Exclude<BatchCommandName, 'batch.plan'>
): BatchRefusal | null {
  if (!mayGive(actor.role, name)) return { type: 'RoleNotAllowed' }
  const isAuthor = actor.id === batch.authorId
  switch (name) {
    case 'batch.list':
    case 'batch.submit':
      return isAuthor ? notIn(batch, 'selecting') : { type: 'NotTheAuthor' }
    case 'batch.exclude':
    case 'batch.extend':
    case 'batch.include':
    case 'batch.finish_review':
      return isAuthor ? { type: 'OwnWork' } : notIn(batch, 'reviewing')
    case 'batch.request':
      return isAuthor ? notIn(batch, 'reviewed') : { type: 'NotTheAuthor' }
    case 'batch.approve':
    case 'batch.return':
      return makersOf(batch).has(actor.id) ? { type: 'OwnWork' } : notIn(batch, 'requested')
    case 'batch.abort':
      if (actor.role !== 'privacy_officer' && !isAuthor) return { type: 'NotTheAuthor' }
      return mayAbort(batch.state) ? null : { type: 'BatchStateWrong', state: batch.state }
    default:
      return assertNever(name)
  }
}

const notIn = ({ state }: DestructionBatch, wanted: BatchState): BatchRefusal | null =>
  state === wanted ? null : { type: 'BatchStateWrong', state }

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
