import destructionRequest from '#resources/forms/destruction-request.json' with { type: 'json' }
import { type BatchFacts, batchApprovals, destructionRequestValues } from '#shared/documents/destruction-forms.ts'
import { formTemplateSchema } from '#shared/documents/form-template.ts'
import type { BatchRequest, DestructionBatch } from '#shared/domain/destruction/destruction-batch.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { BatchMissing } from '#shared/ipc/destruction-methods.ts'
import type { BatchPaper } from '#shared/ipc/destruction-views.ts'
import type { ReadableDb } from '../db/database.ts'
import { shownBatch } from '../destruction/shown-batch.ts'
import { staffNames } from '../staff/staff.ts'

/** Our edition. One that does not parse is a fault of the build. */
const REQUEST_FORM = formTemplateSchema.parse(destructionRequest)

interface PaperDeps {
  readonly policies: readonly PolicyRegister[]
  readonly now: () => string
}

/** 별지 4 of the batch; with a request that is not made yet: as it would stand if it were made now by its author. */
export function batchPaper(
  db: ReadableDb,
  deps: PaperDeps,
  { batchId, request }: { readonly batchId: string; readonly request: BatchRequest | null }
): Result<BatchPaper, BatchMissing> {
  const shown = shownBatch(db, batchId)
  if (shown === null) return err({ type: 'BatchNotFound' })
  const batch = request === null ? shown : asRequested(shown, request, deps.now())
  const facts = factsOf(db, deps.policies, batch)
  return ok({
    form: REQUEST_FORM,
    values: destructionRequestValues(batch, facts),
    approvals: batchApprovals(batch, facts.nameOf)
  })
}

const asRequested = (batch: DestructionBatch, request: BatchRequest, at: string): DestructionBatch => ({
  ...batch,
  request,
  steps: [...batch.steps, { act: 'request', by: batch.authorId, at, reason: '' }]
})

/** The register in force says what the file is and how it is destroyed; the store, how much of it the district keeps. */
function factsOf(db: ReadableDb, policies: readonly PolicyRegister[], { plan }: DestructionBatch): BatchFacts {
  const policy = policies.at(-1)
  const file = policy?.files.find(({ id }) => id === plan.fileId)
  const names = staffNames(db)
  const kept = db.get<{ count: number; since: string | null }>(
    'SELECT count(*) AS count, min(applied_on) AS since FROM cases'
  )
  return {
    file: {
      name: file?.name ?? plan.fileId,
      createdOn: kept?.since ?? plan.dueUpTo,
      duty: (policy?.purposes ?? [])
        .filter(({ id }) => file?.purposes.includes(id))
        .map(({ title }) => title)
        .join(', '),
      kept: kept?.count ?? 0
    },
    method: policy?.destruction.methods.find(({ id }) => id === 'electronic')?.method ?? '',
    nameOf: (accountId) => names[accountId] ?? '',
    executor: '중앙 서버와 자치구의 각 PC'
  }
}
