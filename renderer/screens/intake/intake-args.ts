import type { RegisterCase } from '#shared/commands/register-case.ts'
import { registerCaseSchema } from '#shared/commands/register-case.ts'
import { needsGuardian } from '#shared/domain/consent/guardian.ts'
import type { ConsentRequest } from '#shared/domain/policy/consents-to-ask.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ContactFields } from './asked-consents.ts'
import type { ApplicantForm, IntakeForm } from './intake-form.ts'
import { serviceNeeds } from './service-needs.ts'

interface ArgsDeps {
  readonly asked: readonly ConsentRequest[]
  readonly contacts: ContactFields
}

/**
 * The arguments of the command, from a form without issues. What the service does not need and what no consent carries
 * is left behind, even where it was typed. `where` names the leaves that do not fit the schema.
 */
export function formToArgs(
  deps: ArgsDeps,
  form: IntakeForm
): Result<RegisterCase, { type: 'FormUnreadable'; where: string[] }> {
  const parsed = registerCaseSchema.safeParse({
    dongCode: form.dongCode,
    service: form.service,
    appliedOn: form.appliedOn,
    applicant: applicantOf(deps, form),
    children: form.children.map(({ key: _, registrationNo, ...child }) => ({
      ...child,
      registrationNo: orNull(registrationNo)
    })),
    helpers: serviceNeeds(form.service).helper ? form.helpers.map(({ key: _, ...helper }) => helper) : [],
    household: form.household.map(({ key: _, registrationNo, ...member }) => ({
      ...member,
      registrationNo: orNull(registrationNo)
    })),
    consents: consentsOf(deps, form)
  })
  if (parsed.success) return ok(parsed.data)
  return err({ type: 'FormUnreadable', where: parsed.error.issues.map(({ path }) => path.join('.')) })
}

const orNull = (text: string): string | null => (text.trim() === '' ? null : text.trim())

function applicantOf({ contacts }: ArgsDeps, { applicant, answers }: IntakeForm) {
  const { name, registrationNo, phone, loginId, postcode, road, building, detail, extra } = applicant
  const agreed = new Set([...contacts].filter(([id]) => answers[id]?.given).map(([, field]) => field))
  return {
    loginId: orNull(loginId),
    name,
    registrationNo,
    phone,
    address: { postcode, road, building, detail, extra },
    income: incomeOf(applicant),
    account: accountOf(applicant),
    email: agreed.has('email') ? orNull(applicant.email) : null,
    contactPhone: agreed.has('contactPhone') ? orNull(applicant.contactPhone) : null
  }
}

const incomeOf = ({ householdSize, monthlyWon }: ApplicantForm) =>
  householdSize === '' && monthlyWon === ''
    ? null
    : { householdSize: Number(householdSize), monthlyWon: Number(monthlyWon) }

const accountOf = ({ bankCode, accountNumber, accountHolder }: ApplicantForm) =>
  bankCode === '' && accountNumber === '' && accountHolder.trim() === ''
    ? null
    : { bankCode, number: accountNumber, holder: accountHolder }

const consentsOf = ({ asked }: ArgsDeps, form: IntakeForm) =>
  asked.flatMap((request) => {
    const answer = form.answers[request.id]
    if (answer === undefined) return []
    return [{ consentId: request.id, method: form.consentMethod, representative: guardianOf(request, form), ...answer }]
  })

/** For a child under 14 the applicant answers as its legal representative. */
function guardianOf(request: ConsentRequest, form: IntakeForm) {
  const answer = form.answers[request.id]
  if (!answer?.given || !needsGuardian(request, form, answer.answeredAt)) return null
  const { guardianCheck: check, guardianConfirmed } = form
  return { as: 'legal_representative', check, confirmedAt: guardianConfirmed ? answer.answeredAt : null }
}
