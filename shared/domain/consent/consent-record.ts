import { z } from 'zod'
import { caseFieldSchema } from '#shared/domain/case/field-names.ts'
import { administrative } from '#shared/domain/case/held.ts'
import { dateSchema, instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'

/** How an answer may be taken (개인정보 보호법 시행령 17조 2항 1–6호). */
export const CONSENT_METHODS = ['written', 'phone', 'phone_then_web', 'web', 'email', 'other'] as const
export type ConsentMethod = (typeof CONSENT_METHODS)[number]

/** How it was made sure that the legal representative agreed (시행령 17조의2 1항 1–7호). */
export const GUARDIAN_CHECKS = [
  'web_sms',
  'web_card',
  'web_identity',
  'written_signed',
  'email_signed',
  'phone_call',
  'other_way'
] as const
export type GuardianCheck = (typeof GUARDIAN_CHECKS)[number]

/** Who answered for the person concerned. An agent has a 위임장; a child under 14 has its legal representative. */
export const representativeSchema = z.discriminatedUnion('as', [
  z.object({ as: administrative('who answered', z.literal('agent')) }),
  z.object({
    as: administrative('who answered', z.literal('legal_representative')),
    check: administrative('how the representative was verified', z.enum(GUARDIAN_CHECKS)),
    /** null: she has not confirmed yet, and the yes counts for nothing (개인정보 보호법 22조의2 1항). */
    confirmedAt: administrative('when she was verified', instantSchema.nullable())
  })
])
export type Representative = z.infer<typeof representativeSchema>

const staffId = () => administrative('the id of a staff account', uuidSchema)
const text = (what: string, most: number) =>
  administrative(`${what}; the form forbids personal data here`, z.string().max(most))

/**
 * One answer to one consent, after ISO/IEC TS 27560. Whose data, purpose, items, recipient, legal basis and retention are
 * those of the notice, which `policyVersion` and `consentId` name and `noticeHash` proves. A withdrawal is an answer of its
 * own; nothing here is ever changed. What records of before protocol 2 lack is null or empty.
 */
export const consentRecordSchema = z.object({
  consentId: administrative('an id of the policy register', z.string().min(1).max(80)),
  policyVersion: administrative('the version of the policy whose notice was shown', dateSchema),
  noticeHash: administrative(
    'proves which notice was shown',
    z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable()
  ).default(null),
  given: administrative('the answer itself, kept to prove it (개인정보 보호법 22조)', z.boolean()),
  method: administrative('how the answer was taken (영 17조 2항)', z.enum(CONSENT_METHODS)),
  answeredAt: administrative('when it was taken', instantSchema),
  /** null: the person herself. */
  representative: representativeSchema.nullable().default(null),
  handler: staffId().nullable().default(null),
  evidence: text('where the proof lies: the number of a paper or of a recording', 120).default(''),
  /** Why it was withdrawn. */
  reason: text('why the official recorded it', 400).default(''),
  /** The fields that may not be shown, used or changed any more while this no stands. */
  closes: z.array(administrative('the name of a field', caseFieldSchema)).max(20).default([])
})
export type ConsentRecord = z.infer<typeof consentRecordSchema>
export type StoredConsentRecord = z.input<typeof consentRecordSchema>

/** More answers than anybody gives. */
export const MOST_CONSENTS = 100

/** A record as an earlier version of this program stored it. */
export const completeConsent = (stored: StoredConsentRecord): ConsentRecord => ({
  ...stored,
  noticeHash: stored.noticeHash ?? null,
  representative: stored.representative ?? null,
  handler: stored.handler ?? null,
  evidence: stored.evidence ?? '',
  reason: stored.reason ?? '',
  closes: stored.closes ?? []
})
