import { z } from 'zod'
import { serviceCodeSchema } from '#shared/domain/case/service.ts'
import { POLICY_ITEM_IDS } from './policy-item-id.ts'

/** The part of a policy version that the program acts on: 제1조 (purposes, files, items, retention), 제3조, consents. */

export const wordingSchema = z.string().trim().min(1).max(2000)
export const registerIdSchema = z.string().regex(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/)
export const policyItemIdSchema = z.enum(POLICY_ITEM_IDS)

export const legalBasisSchema = z.strictObject({
  id: registerIdSchema,
  kind: z.enum(['consent', 'law']),
  text: wordingSchema
})
export type LegalBasis = z.infer<typeof legalBasisSchema>

/** 제1조 ①: one purpose and the parts its sentence names, which screens and outputs cite. */
export const purposeSchema = z.strictObject({
  id: registerIdSchema,
  no: z.int().positive(),
  title: wordingSchema,
  text: wordingSchema,
  parts: z.array(z.strictObject({ id: registerIdSchema, text: wordingSchema })).min(1)
})
export type Purpose = z.infer<typeof purposeSchema>

/** What a retention term starts with: 지원신청, 회원 탈퇴, 제공, 협약 종료. */
export const RETENTION_EVENTS = ['application', 'withdrawal', 'provision', 'agreementEnd'] as const

/** Kept until `years` and `months` after the event; both zero means until the event itself. */
export const retentionTermSchema = z.strictObject({
  after: z.enum(RETENTION_EVENTS),
  years: z.int().min(0).max(100),
  months: z.int().min(0).max(11)
})
export type RetentionTerm = z.infer<typeof retentionTermSchema>
export type RetentionEvent = RetentionTerm['after']

/** The published wording of a term and what it means, one term per event. */
export const retentionSchema = z.strictObject({ text: wordingSchema, terms: z.array(retentionTermSchema).min(1) })
export type Retention = z.infer<typeof retentionSchema>

/** Whose data it is. `household` is a member of the applicant's household. */
export const POLICY_SUBJECTS = ['applicant', 'child', 'helper', 'household', 'member', 'manager'] as const

/** What items and groups state only where they differ from the level above them (item, group, file). */
const deviations = {
  legalBases: z.array(registerIdSchema).min(1).optional(),
  purposes: z.array(registerIdSchema).min(1).optional(),
  retention: retentionSchema.optional()
}

/** A bracket of the published item list. `itemized` false: the text names the group alone, our items are its fields. */
export const itemGroupSchema = z.strictObject({
  id: registerIdSchema,
  name: wordingSchema,
  subject: z.enum(POLICY_SUBJECTS),
  necessity: z.enum(['required', 'optional']),
  itemized: z.boolean(),
  /** Whether collecting rests on a law or on the person's consent (개인정보 보호법 15①, 22③). */
  rests: z.enum(['law', 'consent']),
  ...deviations
})
export type ItemGroup = z.infer<typeof itemGroupSchema>

export const itemSchema = z.strictObject({
  id: policyItemIdSchema,
  name: wordingSchema,
  /** The group of the published list that this item stands in or is a field of. */
  partOf: registerIdSchema,
  /** 고유식별정보 (개인정보 보호법 24, 24의2). */
  identifier: z.enum(['rrn', 'foreignRegistrationNo']).optional(),
  /** Not collected by itself: read out of one of these items. */
  derivedFrom: z.array(policyItemIdSchema).min(1).optional(),
  ...deviations
})

/** 제1조 ④: one registered personal-information file, with the published cells beside their parsed form. */
export const fileSchema = z.strictObject({
  id: registerIdSchema,
  no: z.int().positive(),
  name: wordingSchema,
  purposes: z.array(registerIdSchema).min(1),
  legalBasesText: wordingSchema,
  legalBases: z.array(registerIdSchema).min(1),
  itemsText: wordingSchema,
  retention: retentionSchema,
  groups: z.array(itemGroupSchema).min(1),
  items: z.array(itemSchema).min(1)
})
export type PolicyFile = z.infer<typeof fileSchema>

/** 제3조 ②: one row. A recipient may be a class of companies; the name and contact of each are office settings. */
export const provisionSchema = z.strictObject({
  id: registerIdSchema,
  recipientText: wordingSchema,
  recipients: z.array(z.strictObject({ id: registerIdSchema, name: wordingSchema })).min(1),
  purpose: wordingSchema,
  itemsText: wordingSchema,
  items: z.array(policyItemIdSchema).min(1),
  retention: retentionSchema,
  legalBasesText: wordingSchema,
  legalBases: z.array(registerIdSchema).min(1)
})
export type Provision = z.infer<typeof provisionSchema>

const consentBase = {
  id: registerIdSchema,
  /** The services at whose intake the consent is asked. */
  services: z.union([z.literal('all'), z.array(serviceCodeSchema).min(1)]),
  /** 15② 4호, 17② 5호: not published wording but the office's own, kept with the version it was shown for. */
  refusal: z.strictObject({ right: wordingSchema, consequence: wordingSchema }),
  /** SHA-256 of the whole notice (`noticeText`), which each answer to it carries. */
  noticeHash: z.string().regex(/^[0-9a-f]{64}$/)
}

/** One consent that is asked by itself (개인정보 보호법 22①): collecting optional items, or giving data to one recipient. */
export const consentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ ...consentBase, kind: z.literal('collection'), items: z.array(policyItemIdSchema).min(1) }),
  z.strictObject({
    ...consentBase,
    kind: z.literal('provision'),
    provision: registerIdSchema,
    recipient: registerIdSchema
  })
])
export type PolicyConsent = z.infer<typeof consentSchema>
