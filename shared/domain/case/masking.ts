import { withoutClosed } from '#shared/domain/consent/without-closed.ts'
import type { Address, BankAccount, Case, Helper } from './case.ts'
import { phoneParts } from './phone.ts'
import { formatRrn } from './rrn.ts'

/**
 * The one rule of masking that screens, lists, prints and exports share: were two of them to hide different parts, both
 * together would show the whole. Every function hides at least one character of a text that is not empty.
 */

const stars = (count: number): string => '*'.repeat(count)

/** `김*수`, `김*`, `남**수`, `J********h`: all but the first and the last letter, or all but the first of two. */
export function maskName(name: string): string {
  const letters = [...name]
  if (letters.length < 2) return stars(letters.length)
  if (letters.length === 2) return `${letters[0]}*`
  return `${letters[0]}${stars(letters.length - 2)}${letters.at(-1)}`
}

/** `900101-1******`: birth date and the digit of century and sex stay. Digits of another length are hidden whole. */
export const maskRrn = (digits: string): string =>
  /^\d{13}$/.test(digits) ? formatRrn(`${digits.slice(0, 7)}******`) : stars(digits.length)

/** `010-****-5678`, `1588-****`. Digits of no known shape keep their last four, if there are more than eight. */
export function maskPhone(digits: string): string {
  const parts = phoneParts(digits)
  if (parts === null) return digits.length > 8 ? `${stars(digits.length - 4)}${digits.slice(-4)}` : stars(digits.length)
  const hidden = parts.length === 2 ? 1 : parts.length - 2
  return parts.map((part, index) => (index === hidden ? stars(part.length) : part)).join('-')
}

const ACCOUNT_HIDDEN = 5

/** The last five digits hidden. */
export const maskAccountNumber = (digits: string): string =>
  digits.slice(0, -ACCOUNT_HIDDEN) + stars(Math.min(digits.length, ACCOUNT_HIDDEN))

/** `ab***@example.kr`: two letters at most, never the whole of the part before the @, whose length does not show. */
export function maskEmail(email: string): string {
  const at = email.lastIndexOf('@')
  if (at < 0) return stars(email.length)
  const kept = Math.max(0, Math.min(2, at - 1))
  return `${email.slice(0, kept)}***${email.slice(at)}`
}

/** `1990-**-**`. */
export const maskBirthDate = (date: string): string => `${date.slice(0, 4)}-**-**`

const HIDDEN_PART = '***'
const hide = (part: string): string => (part === '' ? '' : HIDDEN_PART)

/** Down to the road: building number and detail are hidden, and of the rest what would tell the building. */
export const maskAddress = (address: Address): Address => ({
  postcode: `${address.postcode.slice(0, 3)}**`,
  road: address.road,
  building: hide(address.building),
  detail: hide(address.detail),
  extra: maskAddressExtra(address.extra)
})

/** `역삼동, 래미안` → `역삼동, ***`: the 법정동 stays, the name of the building goes. */
function maskAddressExtra(extra: string): string {
  const [first = '', ...rest] = extra.split(',').map((part) => part.trim())
  if (!/^[가-힣]+\d*(?:동|가|로|리)$/.test(first)) return hide(extra)
  return rest.length === 0 ? first : `${first}, ${HIDDEN_PART}`
}

export const maskAccount = (account: BankAccount): BankAccount => ({
  ...account,
  number: maskAccountNumber(account.number)
})

const maskedNumber = (registrationNo: string | null): string | null =>
  registrationNo === null ? null : maskRrn(registrationNo)

export const maskHelper = (helper: Helper): Helper => ({
  ...helper,
  registrationNo: maskRrn(helper.registrationNo),
  phone: maskPhone(helper.phone)
})

export const withMaskedNumber = <P extends { readonly registrationNo: string | null }>(person: P): P => ({
  ...person,
  registrationNo: maskedNumber(person.registrationNo)
})

/**
 * The case as it opens: registration numbers, account, the helpers' phones and the address below the road are masked;
 * names, the applicant's phone and birth dates are what the work needs and stay. The result has a case's shape but no
 * longer fits its schema: it is for showing. What a withdrawn consent allowed is left out. Conflicts and edits, which hold clear values, are asked for by themselves.
 */
export function maskCase(stored: Case): Case {
  const subject = withoutClosed(stored)
  return {
    ...subject,
    applicant: {
      ...subject.applicant,
      registrationNo: maskRrn(subject.applicant.registrationNo),
      address: maskAddress(subject.applicant.address),
      account: subject.applicant.account === null ? null : maskAccount(subject.applicant.account)
    },
    children: subject.children.map(withMaskedNumber),
    helpers: subject.helpers.map(maskHelper),
    household: subject.household.map(withMaskedNumber),
    conflicts: [],
    edits: [],
    // What opens a document is nobody's to see.
    documents: subject.documents.map((document) => ({ ...document, key: '', chunks: [] }))
  }
}

const nullOr = (mask: (text: string) => string, text: string | null): string | null =>
  text === null ? null : mask(text)

const withMaskedName = <P extends { readonly name: string }>(person: P): P => ({
  ...person,
  name: maskName(person.name)
})

/**
 * The case beside the list, before anybody opens it: names, phones, login id and e-mail are masked as well. Birth dates
 * stay, since the masked registration number shows them too and the child's age is what a first look is for.
 */
export function previewCase(subject: Case): Case {
  const masked = maskCase(subject)
  const { applicant } = masked
  return {
    ...masked,
    applicant: {
      ...applicant,
      name: maskName(applicant.name),
      loginId: nullOr(maskName, applicant.loginId),
      phone: maskPhone(applicant.phone),
      account: applicant.account === null ? null : { ...applicant.account, holder: maskName(applicant.account.holder) },
      email: nullOr(maskEmail, applicant.email),
      contactPhone: nullOr(maskPhone, applicant.contactPhone)
    },
    children: masked.children.map(withMaskedName),
    helpers: masked.helpers.map(withMaskedName),
    household: masked.household.map(withMaskedName)
  }
}
