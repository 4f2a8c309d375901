import { z } from 'zod'
import { dateSchema } from '#shared/foundation/primitives.ts'
import { held } from './held.ts'

export * from './field-names.ts'

/** What people type into a case, each leaf with its ground, and the names of the fields that it makes up. */

const nameText = () => z.string().trim().min(1).max(60)
const digits = (min: number, max: number) => z.string().regex(new RegExp(`^\\d{${min},${max}}$`))
/** 13 digits: 주민등록번호 or 외국인등록번호. Whether they can be right is `parseRrn`'s to say. */
const registrationNo = () => digits(13, 13)

export const sexSchema = z.enum(['female', 'male'])

export const addressSchema = z.object({
  postcode: held('application.applicant.address', digits(5, 5)),
  /** 시도 시군구 도로명: `서울특별시 강남구 테헤란로`. */
  road: held('application.applicant.address', z.string().trim().min(1).max(80)),
  /** 본번-부번. */
  building: held('application.applicant.address', z.string().trim().max(20)),
  /** 동·층·호; empty for a house. */
  detail: held('application.applicant.address', z.string().trim().max(80)),
  /** 참고항목: 법정동, 건물명. */
  extra: held('application.applicant.address', z.string().trim().max(80))
})
export type Address = z.infer<typeof addressSchema>

export const bankAccountSchema = z.object({
  bankCode: held('application.applicant.account', digits(3, 3)),
  number: held('application.applicant.account', digits(10, 16)),
  holder: held('application.applicant.account', nameText())
})
export type BankAccount = z.infer<typeof bankAccountSchema>

export const incomeSchema = z.object({
  householdSize: held('application.applicant.income', z.int().min(1).max(20)),
  /** 월 소득인정액, in won. */
  monthlyWon: held('application.applicant.income', z.int().min(0).max(1_000_000_000))
})
export type Income = z.infer<typeof incomeSchema>

export const applicantSchema = z.object({
  loginId: held('application.applicant.loginId', z.string().trim().max(40).nullable()),
  name: held('application.applicant.name', nameText()),
  /** One of the two kinds; the seventh digit tells which. */
  registrationNo: held('application.applicant.rrn', registrationNo()),
  phone: held('application.applicant.phone', digits(8, 12)),
  address: addressSchema,
  income: incomeSchema.nullable(),
  account: bankAccountSchema.nullable(),
  /** Optional by the policy: held only while the consent to it stands. */
  email: held('application.applicant.email', z.email().max(120).nullable()),
  /** Optional by the policy: a number for notices, held only while the consent to it stands. */
  contactPhone: held('application.applicant.contactPhone', digits(8, 12).nullable())
})
export type Applicant = z.infer<typeof applicantSchema>

export const childSchema = z.object({
  name: held('application.child.name', nameText()),
  /** null until the birth is registered. */
  registrationNo: held('application.child.rrn', registrationNo().nullable()),
  birthDate: held('application.child.birthDate', dateSchema),
  sex: held('application.child.sex', sexSchema)
})
export type Child = z.infer<typeof childSchema>

export const HELPER_RELATIONS = [
  'grandparent',
  'aunt_uncle',
  'cousin',
  'sibling',
  'other_kin',
  'provider_staff'
] as const
export const helperSchema = z.object({
  name: held('application.helper.name', nameText()),
  registrationNo: held('application.helper.rrn', registrationNo()),
  phone: held('application.helper.phone', digits(8, 12)),
  relation: held('application.helper.relation', z.enum(HELPER_RELATIONS))
})
export type Helper = z.infer<typeof helperSchema>

export const HOUSEHOLD_RELATIONS = ['spouse', 'child', 'parent', 'sibling', 'other'] as const
export const householdMemberSchema = z.object({
  name: held('application.household.name', nameText()),
  registrationNo: held('application.household.rrn', registrationNo().nullable()),
  birthDate: held('application.household.birthDate', dateSchema),
  relation: held('application.household.relation', z.enum(HOUSEHOLD_RELATIONS))
})
export type HouseholdMember = z.infer<typeof householdMemberSchema>
