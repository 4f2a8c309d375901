import { standingConsent } from '#shared/domain/consent/standing-consent.ts'
import { isDongOf } from '#shared/domain/district/dong.ts'
import { consentsToAsk, requestShown } from '#shared/domain/policy/consents-to-ask.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import { oncePer } from '#shared/foundation/once-per.ts'
import type { IsoDate } from '#shared/foundation/primitives.ts'
import { isAccountNumber, isBankCode } from './bank.ts'
import type { Case, CaseField } from './case.ts'
import { CASE_FIELDS } from './case.ts'
import { CASE_FIELD_SCHEMAS } from './case-field-schemas.ts'
import { readField } from './case-fields.ts'
import type { FieldProblem } from './field-problem.ts'
import { fieldGrounds } from './held.ts'
import { isPhone } from './phone.ts'
import { parseRrn } from './rrn.ts'

/** A rule of the domain that a case breaks although every value fits its schema. */
export type CaseProblem =
  | { readonly type: 'DateInFuture' }
  | { readonly type: 'FieldInvalid'; readonly field: CaseField; readonly problem: FieldProblem }
  | { readonly type: 'ConsentMissing'; readonly field: CaseField; readonly consentId: string }
  | { readonly type: 'ConsentUnanswered'; readonly consentId: string }

export interface CaseProblemDeps {
  /** Today in Korea: the day on which the person acts. */
  readonly today: IsoDate
  /** The version of the register in force on the day of application. */
  readonly policy: PolicyRegister
  /** Every version held: an answer may have been given to a later notice. */
  readonly policies: readonly PolicyRegister[]
}

/** What the intake form holds: a case before it has a number, a state and a history. */
export type CaseContent = Pick<Case, CaseContentField>
type CaseContentField =
  | 'districtCode'
  | 'dongCode'
  | 'service'
  | 'appliedOn'
  | 'applicant'
  | 'children'
  | 'helpers'
  | 'household'
  | 'consents'

/** Every problem of the case, in the order of the form; empty when it can be accepted. */
export function caseProblems(deps: CaseProblemDeps, content: CaseContent): CaseProblem[] {
  return [
    ...placeProblems(deps, content),
    ...applicantProblems(deps, content),
    ...childProblems(deps, content),
    ...helperProblems(deps, content),
    ...householdProblems(deps, content),
    ...consentProblems(deps, content)
  ]
}

const invalid = (field: CaseField, problem: FieldProblem): CaseProblem => ({ type: 'FieldInvalid', field, problem })

function placeProblems({ today }: CaseProblemDeps, content: CaseContent): CaseProblem[] {
  const problems: CaseProblem[] = []
  if (content.appliedOn > today) problems.push({ type: 'DateInFuture' })
  if (!isDongOf(content.districtCode, content.dongCode)) problems.push(invalid('dongCode', 'dongNotInDistrict'))
  return problems
}

function applicantProblems({ today }: CaseProblemDeps, { applicant }: CaseContent): CaseProblem[] {
  const problems: CaseProblem[] = []
  const fault = registrationNoFault(applicant.registrationNo, { today })
  if (fault !== null) problems.push(invalid('applicant.registrationNo', fault))
  if (!isPhone(applicant.phone)) problems.push(invalid('applicant.phone', 'phone'))
  if (applicant.account !== null) {
    if (!isBankCode(applicant.account.bankCode)) problems.push(invalid('applicant.account', 'bankUnknown'))
    if (!isAccountNumber(applicant.account.number)) problems.push(invalid('applicant.account', 'accountNumber'))
  }
  if (applicant.contactPhone !== null && !isPhone(applicant.contactPhone)) {
    problems.push(invalid('applicant.contactPhone', 'phone'))
  }
  return problems
}

function childProblems({ today }: CaseProblemDeps, { children, applicant }: CaseContent): CaseProblem[] {
  const problems = children.flatMap(({ registrationNo, birthDate, sex }) => {
    const fault = registrationNoFault(registrationNo, { today, birthDate, sex })
    return fault === null ? [] : [invalid('children', fault)]
  })
  const numbers = [applicant.registrationNo, ...children.map((child) => child.registrationNo)]
  return hasTwice(numbers) ? [...problems, invalid('children', 'registrationNoTwice')] : problems
}

function helperProblems({ today }: CaseProblemDeps, { helpers, applicant }: CaseContent): CaseProblem[] {
  const problems = helpers.flatMap(({ registrationNo, phone }) => {
    const fault = registrationNoFault(registrationNo, { today })
    return [
      ...(fault === null ? [] : [invalid('helpers', fault)]),
      ...(isPhone(phone) ? [] : [invalid('helpers', 'phone')])
    ]
  })
  const numbers = [applicant.registrationNo, ...helpers.map((helper) => helper.registrationNo)]
  return hasTwice(numbers) ? [...problems, invalid('helpers', 'registrationNoTwice')] : problems
}

function householdProblems({ today }: CaseProblemDeps, { household, applicant }: CaseContent): CaseProblem[] {
  const problems = household.flatMap(({ registrationNo, birthDate }) => {
    const fault = registrationNoFault(registrationNo, { today, birthDate })
    return fault === null ? [] : [invalid('household', fault)]
  })
  const numbers = [applicant.registrationNo, ...household.map((member) => member.registrationNo)]
  return hasTwice(numbers) ? [...problems, invalid('household', 'registrationNoTwice')] : problems
}

/** What else is known of the person whom the number stands for. */
interface KnownOfPerson {
  readonly today: IsoDate
  readonly birthDate?: IsoDate
  readonly sex?: 'female' | 'male'
}

function registrationNoFault(registrationNo: string | null, known: KnownOfPerson): FieldProblem | null {
  if (known.birthDate !== undefined && known.birthDate > known.today) return 'birthInFuture'
  if (registrationNo === null) return null
  const parsed = parseRrn(registrationNo)
  if (!parsed.ok) return parsed.error
  if (parsed.value.birthDate > known.today) return 'birthInFuture'
  if (known.birthDate !== undefined && known.birthDate !== parsed.value.birthDate) return 'birthDateMismatch'
  if (known.sex !== undefined && known.sex !== parsed.value.sex) return 'sexMismatch'
  return null
}

function hasTwice(numbers: ReadonlyArray<string | null>): boolean {
  const known = numbers.filter((number) => number !== null)
  return new Set(known).size < known.length
}

function consentProblems({ policy, policies }: CaseProblemDeps, content: CaseContent): CaseProblem[] {
  const { consents } = content
  const unanswered = consentsToAsk(policy, content.service)
    .filter(({ id }) => standingConsent(consents, id) === undefined)
    .map(({ id }): CaseProblem => ({ type: 'ConsentUnanswered', consentId: id }))
  const unknown = consents.some((record) => requestShown(policies, record) === undefined)
  return [
    ...unanswered,
    ...(unknown ? [invalid('consents', 'consentUnknown')] : []),
    ...missingConsents(policy, content)
  ]
}

/** Filled-in fields that rest on a consent which was not given. */
function missingConsents(policy: PolicyRegister, content: CaseContent): CaseProblem[] {
  return consentFields(policy)
    .filter(({ field }) => readField(content as Case, field) !== null)
    .filter(({ consentId }) => standingConsent(content.consents, consentId)?.given !== true)
    .map(({ field, consentId }): CaseProblem => ({ type: 'ConsentMissing', field, consentId }))
}

/** The fields that may be held only while a consent to collecting them stands, with that consent. */
export const consentFields = oncePer(
  (policy: PolicyRegister): ReadonlyArray<{ field: CaseField; consentId: string }> =>
    policy.consents.flatMap((consent) => {
      if (consent.kind !== 'collection') return []
      return CASE_FIELDS.filter((field) => {
        const item = fieldGrounds.get(CASE_FIELD_SCHEMAS[field])?.item
        return item !== null && item !== undefined && consent.items.includes(item)
      }).map((field) => ({ field, consentId: consent.id }))
    })
)
