import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { yearsBetween } from '#shared/domain/case/age.ts'
import { parseRrn } from '#shared/domain/case/rrn.ts'
import type { ConsentRequest } from '#shared/domain/policy/consents-to-ask.ts'

/** Below it only the legal representative can consent (개인정보 보호법 22조의2 1항). */
const AGE_OF_OWN_CONSENT = 14

export interface PeopleOfCase {
  readonly applicant: { readonly registrationNo: string }
  readonly children: ReadonlyArray<{ readonly birthDate: string }>
}

/** Whether somebody whose data the notice is about was under 14 when it was answered. */
export function needsGuardian(
  { notice }: Pick<ConsentRequest, 'notice'>,
  { applicant, children }: PeopleOfCase,
  answeredAt: string
): boolean {
  const day = koreanDayOf(answeredAt)
  const subjects = new Set(notice.items.map(({ subject }) => subject))
  const births = [
    ...(subjects.has('applicant') ? [parseRrn(applicant.registrationNo)] : []).flatMap((parsed) =>
      parsed.ok ? [parsed.value.birthDate] : []
    ),
    ...(subjects.has('child') ? children.map(({ birthDate }) => birthDate) : [])
  ]
  return births.some((birthDate) => birthDate <= day && yearsBetween(birthDate, day) < AGE_OF_OWN_CONSENT)
}
