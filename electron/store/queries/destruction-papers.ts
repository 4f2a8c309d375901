import destructionRegisterForm from '#resources/forms/destruction-register.json' with { type: 'json' }
import destructionRequestForm from '#resources/forms/destruction-request.json' with { type: 'json' }
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { batchNumbers } from '#shared/domain/destruction/batch-number.ts'
import type { BatchVerification } from '#shared/domain/destruction/batch-verification.ts'
import type { CopyLine } from '#shared/domain/destruction/copy-line.ts'
import {
  type BatchRequest,
  countCauses,
  type DestructionBatch,
  itemsToDestroy
} from '#shared/domain/destruction/destruction-batch.ts'
import { DISTRICTS } from '#shared/domain/district/district.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { err, expectOk, ok, type Result } from '#shared/foundation/result.ts'
import type { BatchMissing } from '#shared/ipc/destruction-methods.ts'
import type { BatchNotCompleted } from '#shared/ipc/paper-methods.ts'
import { destructionCertificate } from '#shared/papers/destruction-certificate.ts'
import { destructionRegister } from '#shared/papers/destruction-register.ts'
import { destructionRequest } from '#shared/papers/destruction-request.ts'
import type { BatchFacts } from '#shared/papers/destruction-words.ts'
import { formTemplateSchema } from '#shared/papers/form-template.ts'
import type { Paper } from '#shared/papers/paper.ts'
import type { ReadableDb } from '../db/database.ts'
import { batchById, batchHeads } from '../destruction/batch-rows.ts'
import { shownBatch } from '../destruction/shown-batch.ts'
import { staffNames } from '../staff/staff.ts'

/** The papers of destructions, out of what lies in the store. */

/** Our editions. One that does not parse, or names a value that there is not, is a fault of the build. */
const REQUEST_FORM = formTemplateSchema.parse(destructionRequestForm)
const REGISTER_FORM = formTemplateSchema.parse(destructionRegisterForm)

export interface PaperDeps extends TimeDep {
  readonly policies: readonly PolicyRegister[]
}

/** 별지 4 of the batch; with a request that is not made yet: as it would stand if it were made now by its author. */
export function requestPaper(
  db: ReadableDb,
  deps: PaperDeps,
  { batchId, request }: { readonly batchId: string; readonly request: BatchRequest | null }
): Result<Paper, BatchMissing> {
  const shown = shownBatch(db, batchId)
  if (shown === null) return err({ type: 'BatchNotFound' })
  const batch = request === null ? shown : asRequested(shown, request, deps.now())
  return ok(expectOk(destructionRequest(REQUEST_FORM, batch, factsOf(db, deps, batch))))
}

const asRequested = (batch: DestructionBatch, request: BatchRequest, at: string): DestructionBatch => ({
  ...batch,
  request,
  steps: [...batch.steps, { act: 'request', by: batch.authorId, at, reason: '' }]
})

/** 별지 5: every completed batch of the district, in the order of its number. */
export function registerPaper(db: ReadableDb, deps: PaperDeps, districtCode: string): Paper {
  const entries = [...batchNumbers(batchHeads(db))].flatMap(([id, number]) => {
    const batch = batchById(db, id)
    return batch === null
      ? []
      : [{ number, batch, causes: countCauses(itemsToDestroy(batch)), facts: factsOf(db, deps, batch) }]
  })
  return expectOk(destructionRegister(REGISTER_FORM, districtName(districtCode), entries))
}

export interface CertificateRequest {
  readonly batchId: string
  readonly officerId: string
  readonly copies: readonly CopyLine[]
  readonly verification: BatchVerification | null
}

/** 파기 확인서, of a batch that the centre has completed. */
export function certificatePaper(
  db: ReadableDb,
  deps: PaperDeps,
  { batchId, ...confirmed }: CertificateRequest
): Result<{ readonly number: string; readonly paper: Paper }, BatchMissing | BatchNotCompleted> {
  const batch = batchById(db, batchId)
  if (batch === null) return err({ type: 'BatchNotFound' })
  const number = batchNumbers(batchHeads(db)).get(batchId)
  if (number === undefined || batch.state !== 'completed') return err({ type: 'BatchNotCompleted', state: batch.state })
  return ok({ number, paper: destructionCertificate({ ...confirmed, number, batch, facts: factsOf(db, deps, batch) }) })
}

/** The register in force says what the file is and how it is destroyed; the store, how much of it the district keeps. */
function factsOf(
  db: ReadableDb,
  { policies, now }: PaperDeps,
  { plan, districtCode }: Pick<DestructionBatch, 'plan' | 'districtCode'>
): BatchFacts {
  const policy = policies.at(-1)
  const file = policy?.files.find(({ id }) => id === plan.fileId)
  const names = staffNames(db)
  return {
    district: districtName(districtCode),
    file: {
      name: file?.name ?? plan.fileId,
      createdOn: policies[0]?.effectiveFrom ?? plan.dueUpTo,
      duty: (policy?.purposes ?? [])
        .filter(({ id }) => file?.purposes.includes(id))
        .map(({ title }) => title)
        .join(', '),
      kept: db.pluck<number>('SELECT count(*) FROM cases') ?? 0
    },
    method: policy?.destruction.methods.find(({ id }) => id === 'electronic')?.method ?? '',
    nameOf: (accountId) => names[accountId] ?? '',
    today: koreanDayOf(now())
  }
}

const districtName = (districtCode: string): string =>
  DISTRICTS.find(({ code }) => code === districtCode)?.name ?? districtCode
