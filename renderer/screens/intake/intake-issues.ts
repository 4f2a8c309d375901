import { z } from 'zod'
import { isAccountNumber, isBankCode } from '#shared/domain/case/bank.ts'
import type { FieldProblem } from '#shared/domain/case/field-problem.ts'
import { isPhone } from '#shared/domain/case/phone.ts'
import { parseRrn } from '#shared/domain/case/rrn.ts'
import { needsGuardian } from '#shared/domain/consent/guardian.ts'
import { isDongOf } from '#shared/domain/district/dong.ts'
import type { ConsentRequest } from '#shared/domain/policy/consents-to-ask.ts'
import type { ContactFields } from './asked-consents.ts'
import { type ChildForm, type HelperForm, type IntakeForm, type MemberForm, roadStart } from './intake-form.ts'
import { serviceNeeds } from './service-needs.ts'

/** What is wrong with one field of the form. Keys of `domain:fieldProblem` or of `intake:issue`. */
export type IntakeIssue = FieldProblem | OwnIssue
export type OwnIssue =
  | 'missing'
  | 'chosenNone'
  | 'dayMissing'
  | 'dayInFuture'
  | 'noPolicy'
  | 'postcode'
  | 'email'
  | 'accountIncomplete'
  | 'incomeIncomplete'
  | 'householdSize'
  | 'unanswered'

/** Issues by the path of their field (`applicant.phone`, `children.3.name`), in the order of the form. */
export type IssueMap = ReadonlyMap<string, IntakeIssue>

export interface IssueDeps {
  readonly today: string
  readonly districtCode: string
  /** The consents to ask now; null when no policy is in force on the day of application. */
  readonly asked: readonly ConsentRequest[] | null
  readonly contacts: ContactFields
}

type Found = [path: string, issue: IntakeIssue | null]

export function intakeIssues(deps: IssueDeps, form: IntakeForm): IssueMap {
  const found: Found[] = [
    ...placeIssues(deps, form),
    ...applicantIssues(deps, form),
    ...form.children.flatMap((child) => childIssues(deps, child)),
    ...(serviceNeeds(form.service).helper ? form.helpers.flatMap((helper) => helperIssues(deps, helper)) : []),
    ...form.household.flatMap((member) => memberIssues(deps, member)),
    ...moneyIssues(form),
    ...consentIssues(deps, form)
  ]
  const issues = new Map<string, IntakeIssue>()
  for (const [path, issue] of found) if (issue !== null) issues.set(path, issue)
  for (const path of repeatedNumbers(form)) if (!issues.has(path)) issues.set(path, 'registrationNoTwice')
  return issues
}

const unlessEmpty = (text: string, issue: (text: string) => IntakeIssue | null): IntakeIssue | null =>
  text.trim() === '' ? 'missing' : issue(text)
const present = (text: string): IntakeIssue | null => unlessEmpty(text, () => null)
const chosen = (value: string): IntakeIssue | null => (value === '' ? 'chosenNone' : null)

function placeIssues({ today, districtCode, asked }: IssueDeps, form: IntakeForm): Found[] {
  const dayIssue = form.appliedOn === '' ? 'dayMissing' : form.appliedOn > today ? 'dayInFuture' : null
  return [
    ['service', chosen(form.service)],
    ['dongCode', chosen(form.dongCode) ?? (isDongOf(districtCode, form.dongCode) ? null : 'dongNotInDistrict')],
    ['appliedOn', dayIssue ?? (asked === null ? 'noPolicy' : null)]
  ]
}

function applicantIssues({ today, districtCode }: IssueDeps, { applicant }: IntakeForm): Found[] {
  const roadTyped = applicant.road.trim() !== roadStart(districtCode).trim()
  return [
    ['applicant.name', present(applicant.name)],
    ['applicant.registrationNo', unlessEmpty(applicant.registrationNo, (typed) => numberIssue(typed, today))],
    ['applicant.phone', unlessEmpty(applicant.phone, phoneIssue)],
    ['applicant.postcode', unlessEmpty(applicant.postcode, (code) => (/^\d{5}$/.test(code) ? null : 'postcode'))],
    ['applicant.road', roadTyped ? present(applicant.road) : 'missing']
  ]
}

function childIssues({ today }: IssueDeps, { key, name, registrationNo, birthDate, sex }: ChildForm): Found[] {
  return [
    [`children.${key}.name`, present(name)],
    [`children.${key}.registrationNo`, registrationNo === '' ? null : numberIssue(registrationNo, today)],
    [`children.${key}.birthDate`, birthIssue(birthDate, registrationNo, today)],
    [`children.${key}.sex`, chosen(sex) ?? sexIssue(sex, registrationNo)]
  ]
}

function helperIssues({ today }: IssueDeps, { key, name, registrationNo, phone, relation }: HelperForm): Found[] {
  return [
    [`helpers.${key}.name`, present(name)],
    [`helpers.${key}.registrationNo`, unlessEmpty(registrationNo, (typed) => numberIssue(typed, today))],
    [`helpers.${key}.phone`, unlessEmpty(phone, phoneIssue)],
    [`helpers.${key}.relation`, chosen(relation)]
  ]
}

function memberIssues({ today }: IssueDeps, { key, name, registrationNo, birthDate, relation }: MemberForm): Found[] {
  return [
    [`household.${key}.name`, present(name)],
    [`household.${key}.registrationNo`, registrationNo === '' ? null : numberIssue(registrationNo, today)],
    [`household.${key}.birthDate`, birthIssue(birthDate, registrationNo, today)],
    [`household.${key}.relation`, chosen(relation)]
  ]
}

const phoneIssue = (digits: string): IntakeIssue | null => (isPhone(digits) ? null : 'phone')

function numberIssue(typed: string, today: string): IntakeIssue | null {
  const parsed = parseRrn(typed)
  if (!parsed.ok) return parsed.error
  return parsed.value.birthDate > today ? 'birthInFuture' : null
}

function birthIssue(birthDate: string, registrationNo: string, today: string): IntakeIssue | null {
  if (birthDate === '') return 'dayMissing'
  if (birthDate > today) return 'birthInFuture'
  const parsed = parseRrn(registrationNo)
  return parsed.ok && parsed.value.birthDate !== birthDate ? 'birthDateMismatch' : null
}

function sexIssue(sex: string, registrationNo: string): IntakeIssue | null {
  const parsed = parseRrn(registrationNo)
  return parsed.ok && parsed.value.sex !== sex ? 'sexMismatch' : null
}

/** Income and account may be left out; begun, each has to be whole. */
function moneyIssues({ applicant }: IntakeForm): Found[] {
  const { householdSize, monthlyWon, bankCode, accountNumber, accountHolder } = applicant
  const incomeBegun = householdSize !== '' || monthlyWon !== ''
  const accountBegun = bankCode !== '' || accountNumber !== '' || accountHolder.trim() !== ''
  const people = Number(householdSize)
  const peopleIssue = people >= 1 && people <= 20 ? null : 'householdSize'
  const numberFault = isAccountNumber(accountNumber) ? null : 'accountNumber'
  return [
    ['applicant.householdSize', incomeBegun ? (householdSize === '' ? 'incomeIncomplete' : peopleIssue) : null],
    ['applicant.monthlyWon', incomeBegun && monthlyWon === '' ? 'incomeIncomplete' : null],
    ['applicant.bankCode', accountBegun && !isBankCode(bankCode) ? 'accountIncomplete' : null],
    ['applicant.accountNumber', accountBegun ? (accountNumber === '' ? 'accountIncomplete' : numberFault) : null],
    ['applicant.accountHolder', accountBegun && accountHolder.trim() === '' ? 'accountIncomplete' : null]
  ]
}

function consentIssues({ asked, contacts }: IssueDeps, form: IntakeForm): Found[] {
  if (asked === null) return []
  const answers = asked.flatMap(({ id }): Found[] => {
    const answer = form.answers[id]
    const field = contacts.get(id)
    return [
      [`answers.${id}`, answer === undefined ? 'unanswered' : null],
      ...(field !== undefined && answer?.given ? [contactIssue(field, form)] : [])
    ]
  })
  if (asked.length === 0) return []
  const guardian: Found[] = asksGuardian(asked, form) ? [['guardianCheck', chosen(form.guardianCheck)]] : []
  return [...answers, ['consentMethod', chosen(form.consentMethod)], ...guardian]
}

/** Some yes is for a child under 14. */
export const asksGuardian = (asked: readonly ConsentRequest[], form: IntakeForm): boolean =>
  asked.some((request) => {
    const answer = form.answers[request.id]
    return answer?.given === true && needsGuardian(request, form, answer.answeredAt)
  })

const emailSchema = z.email().max(120)

/** Who agreed to be reached there may still have no address to give, so an empty field is fine. */
function contactIssue(field: 'email' | 'contactPhone', { applicant }: IntakeForm): Found {
  const typed = applicant[field].trim()
  if (typed === '') return [`applicant.${field}`, null]
  if (field === 'email') return ['applicant.email', emailSchema.safeParse(typed).success ? null : 'email']
  return ['applicant.contactPhone', phoneIssue(typed)]
}

/** The fields that repeat a number which stands for another person. A child may stand in the household as well. */
function repeatedNumbers(form: IntakeForm): string[] {
  const helpers = serviceNeeds(form.service).helper ? form.helpers : []
  const groups = [
    form.children.map(({ key, registrationNo }) => [`children.${key}.registrationNo`, registrationNo] as const),
    helpers.map(({ key, registrationNo }) => [`helpers.${key}.registrationNo`, registrationNo] as const),
    form.household.map(({ key, registrationNo }) => [`household.${key}.registrationNo`, registrationNo] as const)
  ]
  return groups.flatMap((group) => {
    const seen = new Set([form.applicant.registrationNo])
    return group.flatMap(([path, number]) => {
      if (number === '') return []
      const repeated = seen.has(number)
      seen.add(number)
      return repeated ? [path] : []
    })
  })
}
