import { requestShown } from '#shared/domain/policy/consents-to-ask.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { ConsentRecord } from './consent-record.ts'
import { needsGuardian, type PeopleOfCase } from './guardian.ts'

/** Why an answer proves nothing. */
export interface RecordProblem {
  /** `NoticeNotShown`: the version holds another notice. `GuardianMissing`: a child under 14 cannot answer for itself. */
  readonly type: 'NoticeNotShown' | 'GuardianMissing'
  readonly consentId: string
}

/** Answers of before the notices' hashes were kept are not judged by what they could not say. */
export function recordProblem(
  policies: readonly PolicyRegister[],
  subject: PeopleOfCase,
  record: ConsentRecord
): RecordProblem | null {
  const { consentId, noticeHash, given, representative, answeredAt } = record
  const request = requestShown(policies, record)
  if (noticeHash === null) return null
  if (request === undefined || noticeHash !== request.noticeHash) return { type: 'NoticeNotShown', consentId }
  if (!given || representative?.as === 'legal_representative') return null
  return needsGuardian(request, subject, answeredAt) ? { type: 'GuardianMissing', consentId } : null
}
