import { z } from 'zod'
import type { FieldChange } from '#shared/commands/correct-case.ts'
import { isAccountNumber, isBankCode, normaliseAccountNumber } from '#shared/domain/case/bank.ts'
import type { Address, Applicant, BankAccount, CaseField, Income, VersionedField } from '#shared/domain/case/case.ts'
import { CASE_FIELD_SCHEMAS } from '#shared/domain/case/case-field-schemas.ts'
import { isPhone, normalisePhone } from '#shared/domain/case/phone.ts'
import { parseRrn } from '#shared/domain/case/rrn.ts'
import { isSameValue } from '#shared/domain/case/same-value.ts'
import type { RefusedCorrection } from '#shared/ipc/refused-draft.ts'
import type { FormProblem } from './form-problem.ts'

const typed = () => z.string().max(500)
const typedAddressSchema = z.object({
  postcode: typed(),
  road: typed(),
  building: typed(),
  detail: typed(),
  extra: typed()
})
const typedAccountSchema = z.object({ bankCode: typed(), number: typed(), holder: typed() })

/** What the form of the applicant holds, as typed. null: a masked value that stays as it is. */
export const applicantFormSchema = z.object({
  name: typed(),
  loginId: typed(),
  phone: typed(),
  contactPhone: typed(),
  email: typed(),
  householdSize: typed(),
  monthlyWon: typed(),
  registrationNo: typed().nullable(),
  address: typedAddressSchema.nullable(),
  account: z.union([typedAccountSchema, z.literal('remove')]).nullable()
})
export type ApplicantForm = z.infer<typeof applicantFormSchema>

export type ApplicantPlace =
  | 'name'
  | 'registrationNo'
  | 'phone'
  | 'contactPhone'
  | 'email'
  | 'income'
  | 'postcode'
  | 'road'
  | 'bankCode'
  | 'accountNumber'
  | 'holder'

export type ApplicantProblems = Partial<Record<ApplicantPlace, FormProblem>>

export const EMPTY_ADDRESS: Address = { postcode: '', road: '', building: '', detail: '', extra: '' }
export const EMPTY_ACCOUNT: BankAccount = { bankCode: '', number: '', holder: '' }

export const applicantForm = (applicant: Applicant, phoneText: (phone: string) => string): ApplicantForm => ({
  name: applicant.name,
  loginId: applicant.loginId ?? '',
  phone: phoneText(applicant.phone),
  contactPhone: applicant.contactPhone === null ? '' : phoneText(applicant.contactPhone),
  email: applicant.email ?? '',
  householdSize: applicant.income === null ? '' : String(applicant.income.householdSize),
  monthlyWon: applicant.income === null ? '' : String(applicant.income.monthlyWon),
  registrationNo: null,
  address: null,
  account: null
})

/** The form with values in it that were sent and refused. */
export function withRefusedApplicant(
  form: ApplicantForm,
  changes: RefusedCorrection['changes'],
  phoneText: (phone: string) => string
): ApplicantForm {
  const text = (value: unknown): string => (typeof value === 'string' ? value : '')
  const put: Partial<Record<VersionedField, (value: unknown) => Partial<ApplicantForm>>> = {
    'applicant.name': (value) => ({ name: text(value) }),
    'applicant.loginId': (value) => ({ loginId: text(value) }),
    'applicant.email': (value) => ({ email: text(value) }),
    'applicant.phone': (value) => ({ phone: phoneText(text(value)) }),
    'applicant.contactPhone': (value) => ({ contactPhone: value === null ? '' : phoneText(text(value)) }),
    'applicant.registrationNo': (value) => ({ registrationNo: text(value) }),
    'applicant.address': (value) => ({ address: typedAddressSchema.safeParse(value).data ?? null }),
    'applicant.account': (value) => ({
      account: value === null ? 'remove' : (typedAccountSchema.safeParse(value).data ?? null)
    }),
    'applicant.income': (value) => {
      const income = CASE_FIELD_SCHEMAS['applicant.income'].safeParse(value).data ?? null
      return {
        householdSize: income === null ? '' : String(income.householdSize),
        monthlyWon: income === null ? '' : String(income.monthlyWon)
      }
    }
  }
  return Object.assign({ ...form }, ...changes.map(({ field, value }) => put[field]?.(value)))
}

/** What differs from the case, ready to be sent; or what is wrong and where. */
export function applicantChanges(
  form: ApplicantForm,
  before: Applicant
): { changes: FieldChange[]; problems: ApplicantProblems } {
  const problems: ApplicantProblems = {
    ...simpleProblems(form),
    ...incomeProblems(form),
    ...addressProblems(form.address),
    ...accountProblems(form.account)
  }
  const wanted: FieldChange[] = [
    { field: 'applicant.name', value: form.name.trim() },
    { field: 'applicant.loginId', value: textOrNull(form.loginId) },
    { field: 'applicant.phone', value: normalisePhone(form.phone) },
    { field: 'applicant.contactPhone', value: textOrNull(normalisePhone(form.contactPhone)) },
    { field: 'applicant.email', value: textOrNull(form.email) },
    { field: 'applicant.income', value: incomeOf(form) }
  ]
  const changes = wanted.filter(({ field, value }) => !isSameValue(valueBefore(before, field), value))
  return { changes: [...changes, ...replacements(form)], problems }
}

/** Where on the form a field of the case stands. */
export const APPLICANT_PLACES: Partial<Record<CaseField, ApplicantPlace>> = {
  'applicant.name': 'name',
  'applicant.registrationNo': 'registrationNo',
  'applicant.phone': 'phone',
  'applicant.contactPhone': 'contactPhone',
  'applicant.email': 'email',
  'applicant.income': 'income',
  'applicant.address': 'road',
  'applicant.account': 'accountNumber'
}

const textOrNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

const valueBefore = (before: Applicant, field: CaseField): unknown =>
  before[field.slice('applicant.'.length) as keyof Applicant]

function incomeOf({ householdSize, monthlyWon }: ApplicantForm): Income | null {
  if (householdSize === '' || monthlyWon === '') return null
  return { householdSize: Number(householdSize), monthlyWon: Number(monthlyWon) }
}

/** Masked values are only sent when they were typed anew. */
function replacements({ registrationNo, address, account }: ApplicantForm): FieldChange[] {
  return [
    ...(registrationNo === null
      ? []
      : [{ field: 'applicant.registrationNo' as const, value: registrationNo.replace(/\D/g, '') }]),
    ...(address === null ? [] : [{ field: 'applicant.address' as const, value: trimmed(address) }]),
    ...(account === null ? [] : [{ field: 'applicant.account' as const, value: accountOf(account) }])
  ]
}

const accountOf = (account: BankAccount | 'remove'): BankAccount | null =>
  account === 'remove' ? null : { ...trimmed(account), number: normaliseAccountNumber(account.number) }

const trimmed = <T extends Readonly<Record<string, string>>>(texts: T): T =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text.trim()])) as T

function simpleProblems({ name, registrationNo, phone, contactPhone, email }: ApplicantForm): ApplicantProblems {
  const problems: ApplicantProblems = {}
  if (name.trim() === '') problems.name = 'nameMissing'
  if (!isPhone(normalisePhone(phone))) problems.phone = 'phone'
  if (contactPhone.trim() !== '' && !isPhone(normalisePhone(contactPhone))) problems.contactPhone = 'phone'
  if (!CASE_FIELD_SCHEMAS['applicant.email'].safeParse(textOrNull(email)).success) problems.email = 'email'
  const parsed = registrationNo === null ? null : parseRrn(registrationNo)
  if (parsed && !parsed.ok) problems.registrationNo = parsed.error
  return problems
}

function incomeProblems({ householdSize, monthlyWon }: ApplicantForm): ApplicantProblems {
  if ((householdSize === '') !== (monthlyWon === '')) return { income: 'incomePair' }
  const income = householdSize === '' ? null : { householdSize: Number(householdSize), monthlyWon: Number(monthlyWon) }
  return CASE_FIELD_SCHEMAS['applicant.income'].safeParse(income).success ? {} : { income: 'value' }
}

function addressProblems(address: Address | null): ApplicantProblems {
  if (address === null) return {}
  const problems: ApplicantProblems = {}
  if (!/^\d{5}$/.test(address.postcode.trim())) problems.postcode = 'postcode'
  if (address.road.trim() === '') problems.road = 'roadMissing'
  return problems
}

function accountProblems(account: ApplicantForm['account']): ApplicantProblems {
  if (account === null || account === 'remove') return {}
  const problems: ApplicantProblems = {}
  if (!isBankCode(account.bankCode)) problems.bankCode = 'bankMissing'
  if (!isAccountNumber(normaliseAccountNumber(account.number))) problems.accountNumber = 'accountNumber'
  if (account.holder.trim() === '') problems.holder = 'holderMissing'
  return problems
}
