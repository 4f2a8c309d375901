import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import type { IntakeForm } from '../screens/intake/intake-form.ts'

/** The sample application as a form that was filled in by hand. For tests. */
export function filledForm(): IntakeForm {
  const { applicant, children, helpers, household, consents, ...rest } = sampleIntake()
  const { address, income, account, email, contactPhone, loginId, ...person } = applicant
  return {
    ...rest,
    applicant: {
      ...person,
      ...address,
      loginId: loginId ?? '',
      householdSize: String(income?.householdSize ?? ''),
      monthlyWon: String(income?.monthlyWon ?? ''),
      bankCode: account?.bankCode ?? '',
      accountNumber: account?.number ?? '',
      accountHolder: account?.holder ?? '',
      email: email ?? '',
      contactPhone: contactPhone ?? ''
    },
    children: children.map((child, key) => ({ ...child, key, registrationNo: child.registrationNo ?? '' })),
    helpers: helpers.map((helper, key) => ({ ...helper, key })),
    household: household.map((member, key) => ({ ...member, key, registrationNo: member.registrationNo ?? '' })),
    answers: Object.fromEntries(
      consents.map(({ consentId, given, policyVersion, noticeHash, answeredAt }) => [
        consentId,
        { given, policyVersion, noticeHash, answeredAt }
      ])
    ),
    consentMethod: 'written',
    guardianCheck: '',
    guardianConfirmed: false,
    refusal: null
  }
}
