import { type BatchDeps, whyNotNow } from '#shared/commands/destruction/decide-batch.ts'
import { batchDigest, digestText } from '#shared/domain/destruction/batch-digest.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ParsedRequestOf } from '#shared/ipc/contract.ts'
import type { ActFailure, ApproveFailure, BatchMissing, DESTRUCTION_METHODS } from '#shared/ipc/destruction-methods.ts'
import type { Locked } from '#shared/ipc/locked.ts'
import { batchCopiesResponseSchema } from '#shared/sync-protocol/batch-copies.ts'
import { type ActsRequest, runActs } from '../commands/run-acts.ts'
import { shownBatch } from '../destruction/shown-batch.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { isSignatureOf } from '../keys/signing-key.ts'
import type { Handlers } from '../port/door.ts'
import { batchItems, listBatches, openBatch } from '../queries/batches.ts'
import { requestPaper } from '../queries/destruction-papers.ts'
import { askCentre, centreFailure } from './ask-centre.ts'
import type { DeskWork } from './desk-work.ts'
import { selectDue } from './select-due.ts'
import { type HandlerDeps, withAsyncWork, workDoor } from './work-door.ts'

/** 파기: what is shown of batches, and what is done to them. */
export function destructionHandlers(deps: HandlerDeps): Pick<Handlers, keyof typeof DESTRUCTION_METHODS> {
  const withWork = workDoor(deps)
  return {
    'destruction.list': withWork((work) => ok(listBatches(work.db, work.actor))),
    'destruction.open': withWork((work, { batchId }: ParsedRequestOf<'destruction.open'>) =>
      openBatch(work.db, work.actor, batchId)
    ),
    'destruction.items': withWork((work, request: ParsedRequestOf<'destruction.items'>) => {
      const page = batchItems(work.db, request)
      if (!page.ok) return page
      const caseIds = page.value.items.map(({ caseId }) => caseId)
      const detail = { shown: 'destruction', batchId: request.batchId }
      if (caseIds.length > 0) work.recordLook({ act: 'list', caseIds, detail })
      return page
    }),
    'destruction.act': withWork((work, { batchId, act }: ParsedRequestOf<'destruction.act'>) => {
      const done = actAtDesk(deps, work, { batchId, intents: [act] })
      return done.ok ? ok({ batchId: done.value.batch.id }) : done
    }),
    'destruction.select': withAsyncWork(deps, (work, request: ParsedRequestOf<'destruction.select'>) =>
      selectDue(deps, work, request, (intents) => actAtDesk(deps, work, { batchId: request.batchId, intents }))
    ),
    'destruction.approve': withAsyncWork(deps, (work, request: ParsedRequestOf<'destruction.approve'>) =>
      approve(deps, work, request)
    ),
    'destruction.copies': withAsyncWork(deps, async (work, { batchId }: ParsedRequestOf<'destruction.copies'>) => {
      const path = `destruction/copies?batchId=${batchId}`
      const answer = await askCentre(deps, work, { path, answer: batchCopiesResponseSchema })
      if (!answer.ok) return err(centreFailure(answer.error))
      const [batch] = answer.value.batches
      return batch === undefined ? err({ type: 'NotThere' }) : ok(batch)
    }),
    'destruction.paper': withWork((work, request: ParsedRequestOf<'destruction.paper'>) =>
      requestPaper(work.db, deps, request)
    )
  }
}

/** Whoever signs nothing has no signature that holds. */
const NOBODY: BatchDeps['isSignedBy'] = () => false

function actAtDesk(
  deps: HandlerDeps,
  work: DeskWork,
  request: ActsRequest,
  isSignedBy: BatchDeps['isSignedBy'] = NOBODY
): ReturnType<typeof runActs> {
  work.searches.flush()
  const { access, actor, capsule, db, sync } = work
  const afterCommit = (): void => {
    deps.onBatches()
    sync.wake()
  }
  return runActs({ ...access, actor, capsule, newId: deps.newId, isSignedBy, afterCommit }, db, request)
}

/**
 * Signs the list that the officer saw, if it still is that one, with the key that her password opens. Her right to it is
 * looked at first: nobody else's password is asked for.
 */
async function approve(
  deps: HandlerDeps,
  work: DeskWork,
  { batchId, digest, password }: ParsedRequestOf<'destruction.approve'>
): Promise<Result<null, Locked | BatchMissing | ActFailure | ApproveFailure>> {
  const batch = shownBatch(work.db, batchId)
  if (batch === null) return err({ type: 'BatchNotFound' })
  const refused = whyNotNow(work.actor, batch, 'batch.approve')
  if (refused !== null) return err({ type: 'ActRefused', refusal: refused })
  const message = batchDigest({ sha256: nodeCipher.sha256 }, batch)
  if (digestText(message) !== digest) return err({ type: 'ActRefused', refusal: { type: 'ListChanged' } })
  const signed = await deps.session.sign({ password, messageFor: () => message })
  if (!signed.ok) return signed
  const { signature, publicKey } = signed.value
  if (deps.work() !== work) return err({ type: 'Locked' }) // somebody else sits here by now
  const done = actAtDesk(
    deps,
    work,
    { batchId, intents: [{ name: 'batch.approve', args: { digest, signature } }] },
    (accountId, about, made) => accountId === work.actor.id && isSignatureOf(publicKey, about, made)
  )
  return done.ok ? ok(null) : done
}
