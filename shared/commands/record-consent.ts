import { z } from 'zod'
import { consentRecordSchema } from '#shared/domain/consent/consent-record.ts'

const { noticeHash, reason, representative, ...answer } = consentRecordSchema.shape

/** 동의 기록: a yes or no to one notice, as it was taken. Who recorded it and what a no closes is the rule's to say. */
export const recordConsentSchema = z.object({
  consentId: answer.consentId,
  policyVersion: answer.policyVersion,
  noticeHash: noticeHash.unwrap().unwrap(),
  given: answer.given,
  method: answer.method,
  answeredAt: answer.answeredAt,
  representative: representative.unwrap(),
  evidence: answer.evidence.unwrap()
})
export type RecordConsent = z.infer<typeof recordConsentSchema>

/** 동의 철회 of one consent; the others stand. */
export const withdrawConsentSchema = z.object({
  consentId: answer.consentId,
  method: answer.method,
  representative: representative.unwrap(),
  evidence: answer.evidence.unwrap(),
  reason: reason.unwrap()
})
export type WithdrawConsent = z.infer<typeof withdrawConsentSchema>
