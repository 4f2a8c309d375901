import { z } from 'zod'
import { refusalSchema } from '#shared/commands/refusal.ts'
import { HELPER_RELATIONS, HOUSEHOLD_RELATIONS } from '#shared/domain/case/case.ts'
import { SERVICE_CODES } from '#shared/domain/case/service.ts'
import { CONSENT_METHODS, GUARDIAN_CHECKS } from '#shared/domain/consent/consent-record.ts'
import { districtByCode } from '#shared/domain/district/district.ts'

/**
 * 신청 접수 as it is being typed: every leaf is a text, right or wrong. This is also the body of a draft; a draft of an
 * older program lacks leaves, so each has what an empty form holds.
 */

const text = () => z.string().max(500).catch('')
const oneOf = <const V extends readonly [string, ...string[]]>(values: V) => z.enum(['', ...values]).catch('')
const row = { key: z.int().nonnegative(), name: text(), registrationNo: text() }

const applicantFormSchema = z.object({
  name: text(),
  registrationNo: text(),
  phone: text(),
  loginId: text(),
  postcode: text(),
  road: text(),
  building: text(),
  detail: text(),
  extra: text(),
  householdSize: text(),
  monthlyWon: text(),
  bankCode: text(),
  accountNumber: text(),
  accountHolder: text(),
  email: text(),
  contactPhone: text()
})
export type ApplicantForm = z.infer<typeof applicantFormSchema>

const childFormSchema = z.object({ ...row, birthDate: text(), sex: oneOf(['female', 'male']) })
export type ChildForm = z.infer<typeof childFormSchema>

const helperFormSchema = z.object({ ...row, phone: text(), relation: oneOf(HELPER_RELATIONS) })
export type HelperForm = z.infer<typeof helperFormSchema>

const memberFormSchema = z.object({ ...row, birthDate: text(), relation: oneOf(HOUSEHOLD_RELATIONS) })
export type MemberForm = z.infer<typeof memberFormSchema>

const answerFormSchema = z.object({
  given: z.boolean(),
  policyVersion: z.string(),
  /** null in a draft of before the notices had hashes. */
  noticeHash: z.string().nullable().catch(null),
  answeredAt: z.string()
})
export type AnswerForm = z.infer<typeof answerFormSchema>

export const intakeFormSchema = z.object({
  service: oneOf(SERVICE_CODES),
  dongCode: text(),
  appliedOn: text(),
  applicant: applicantFormSchema,
  children: z.array(childFormSchema).max(10).catch([]),
  helpers: z.array(helperFormSchema).max(4).catch([]),
  household: z.array(memberFormSchema).max(20).catch([]),
  /** By the register's id of what was asked. */
  answers: z.record(z.string(), answerFormSchema).catch({}),
  consentMethod: oneOf(CONSENT_METHODS),
  /** How the legal representative of a child under 14 was verified, and whether she has been. */
  guardianCheck: oneOf(GUARDIAN_CHECKS),
  guardianConfirmed: z.boolean().catch(false),
  /** Why the centre refused it, when it was handed in before. */
  refusal: refusalSchema.nullable().catch(null)
})
export type IntakeForm = z.infer<typeof intakeFormSchema>
export type ListName = 'children' | 'helpers' | 'household'

export const LIST_LIMITS: Readonly<Record<ListName, number>> = { children: 10, helpers: 4, household: 20 }

/** An empty form. The road starts with city and district, as nearly every applicant lives in it. */
export const emptyForm = ({ today, districtCode }: { today: string; districtCode: string }): IntakeForm => ({
  service: '',
  dongCode: '',
  appliedOn: today,
  applicant: { ...applicantFormSchema.parse({}), road: roadStart(districtCode) },
  children: [],
  helpers: [],
  household: [],
  answers: {},
  consentMethod: '',
  guardianCheck: '',
  guardianConfirmed: false,
  refusal: null
})

/** `서울특별시 강남구 `, with the blank that typing goes on after. */
export const roadStart = (districtCode: string): string => {
  const district = districtByCode(districtCode)
  return district === undefined ? '' : `서울특별시 ${district.name} `
}

export const emptyChild = (key: number): ChildForm => ({ key, name: '', registrationNo: '', birthDate: '', sex: '' })
export const emptyHelper = (key: number): HelperForm => ({ key, name: '', registrationNo: '', phone: '', relation: '' })
export const emptyMember = (key: number): MemberForm => ({
  key,
  name: '',
  registrationNo: '',
  birthDate: '',
  relation: ''
})

/** A key that no row of the list has: rows keep theirs when others go. */
export const freeKey = (rows: readonly { readonly key: number }[]): number =>
  rows.reduce((highest, { key }) => Math.max(highest, key), 0) + 1
