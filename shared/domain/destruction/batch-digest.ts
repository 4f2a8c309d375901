import { canonicalText } from '#shared/domain/access-log/canonical-text.ts'
import type { HashDep } from '#shared/foundation/deps.ts'
import { type DestructionBatch, isAskedFor } from './destruction-batch.ts'

/** Keeps a signature over a list from meaning anything else. */
const PURPOSE = 'mnk destruction list 1'

/**
 * 목록 지문: SHA-256 over the exact list that is asked to be destroyed, with the batch and the plan it belongs to. What
 * drops out while it is executed stays in it, because it had been approved.
 */
export function batchDigest({ sha256 }: HashDep, batch: DestructionBatch): Uint8Array {
  const { id, districtCode, plan, request, items } = batch
  const list = items
    .filter(isAskedFor)
    .map(({ exclusion: _, ...item }) => item)
    .sort((a, b) => (a.caseId < b.caseId ? -1 : 1))
  return sha256(canonicalText({ purpose: PURPOSE, id, districtCode, plan, request, items: list }))
}

export const digestText = (digest: Uint8Array): string =>
  [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join('')
