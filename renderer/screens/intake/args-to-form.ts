import { z } from 'zod'
import type { Refusal } from '#shared/commands/refusal.ts'
import { type ConsentRecord, consentRecordSchema } from '#shared/domain/consent/consent-record.ts'
import { type IntakeForm, intakeFormSchema } from './intake-form.ts'

/** A leaf of the arguments as text; what is not there, or is of another kind than this program knows, is empty. */
const leaf = () => z.union([z.string(), z.number()]).transform(String).catch('')
const part = <S extends z.ZodRawShape>(shape: S) =>
  z.preprocess((value) => (typeof value === 'object' && value !== null ? value : {}), z.object(shape))
const person = { name: leaf(), registrationNo: leaf() }
const listOf = <S extends z.ZodRawShape>(shape: S) => z.array(z.object(shape)).catch([])

const sentArgsSchema = part({
  service: leaf(),
  dongCode: leaf(),
  appliedOn: leaf(),
  applicant: part({
    ...person,
    phone: leaf(),
    loginId: leaf(),
    email: leaf(),
    contactPhone: leaf(),
    address: part({ postcode: leaf(), road: leaf(), building: leaf(), detail: leaf(), extra: leaf() }),
    income: part({ householdSize: leaf(), monthlyWon: leaf() }),
    account: part({ bankCode: leaf(), number: leaf(), holder: leaf() })
  }),
  children: listOf({ ...person, birthDate: leaf(), sex: leaf() }),
  helpers: listOf({ ...person, phone: leaf(), relation: leaf() }),
  household: listOf({ ...person, birthDate: leaf(), relation: leaf() }),
  consents: z.array(consentRecordSchema).catch([])
})

const keyed = <P>(people: readonly P[]): (P & { key: number })[] =>
  people.map((one, index) => ({ ...one, key: index + 1 }))

/** The form of an intake that was handed in and refused: the way back of `formToArgs`. */
export function argsToForm(args: unknown, refusal: Refusal): IntakeForm {
  const { applicant, consents, children, helpers, household, ...rest } = sentArgsSchema.parse(args)
  const { address, income, account, ...who } = applicant
  return intakeFormSchema.parse({
    ...rest,
    applicant: {
      ...who,
      ...address,
      ...income,
      bankCode: account.bankCode,
      accountNumber: account.number,
      accountHolder: account.holder
    },
    children: keyed(children),
    helpers: keyed(helpers),
    household: keyed(household),
    answers: Object.fromEntries(
      consents.map(({ consentId, given, policyVersion, noticeHash, answeredAt }) => [
        consentId,
        { given, policyVersion, noticeHash, answeredAt }
      ])
    ),
    consentMethod: consents[0]?.method ?? '',
    ...guardianOf(consents),
    refusal
  })
}

function guardianOf(consents: readonly ConsentRecord[]): Pick<IntakeForm, 'guardianCheck' | 'guardianConfirmed'> {
  for (const { representative } of consents) {
    if (representative?.as !== 'legal_representative') continue
    return { guardianCheck: representative.check, guardianConfirmed: representative.confirmedAt !== null }
  }
  return { guardianCheck: '', guardianConfirmed: false }
}
