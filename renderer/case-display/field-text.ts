import { useTranslation } from 'react-i18next'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import { formatAddress } from '#shared/domain/case/address.ts'
import { bankName } from '#shared/domain/case/bank.ts'
import type { Case, Child, Helper, HouseholdMember, VersionedField } from '#shared/domain/case/case.ts'
import type { ConsentRecord } from '#shared/domain/consent/consent-record.ts'
import { consentName } from '#shared/domain/policy/consents-to-ask.ts'
import { useAsked } from '../api/use-asked.ts'
import { formatCount, formatDay } from '../i18n/format.ts'
import { phoneText, registrationNoText } from './masked-texts.ts'
import { useOfficialName } from './official-name.ts'
import { usePlaceNames } from './place-names.ts'

/** What each field of a case holds, masked or not. */
interface FieldValues extends Pick<Case, TopField> {
  'applicant.loginId': Case['applicant']['loginId']
  'applicant.name': string
  'applicant.registrationNo': string
  'applicant.phone': string
  'applicant.address': Case['applicant']['address']
  'applicant.income': Case['applicant']['income']
  'applicant.account': Case['applicant']['account']
  'applicant.email': string | null
  'applicant.contactPhone': string | null
}
type TopField =
  | 'dongCode'
  | 'service'
  | 'appliedOn'
  | 'assigneeId'
  | 'children'
  | 'helpers'
  | 'household'
  | 'consents'
  | 'state'

type Words = { readonly [F in VersionedField]: (value: NonNullable<FieldValues[F]>) => string | readonly string[] }

/**
 * The value of any field in words, one line for each person or answer of a list; no line: nothing is entered. The store
 * has read the value with the field's schema and masked it.
 */
export function useFieldText(): (field: VersionedField, value: unknown) => readonly string[] {
  const words = useFieldWords()
  return (field, value) => {
    if (value === null || value === undefined || value === '') return []
    const lines = (words[field] as (value: unknown) => string | readonly string[])(value)
    return typeof lines === 'string' ? [lines] : lines
  }
}

function useFieldWords(): Words {
  const { t } = useTranslation(['domain', 'case'])
  const { dongName } = usePlaceNames()
  const officialName = useOfficialName()
  const plain = (text: string): string => text
  const { childText, helperText, memberText, answerText } = useListWords()
  return {
    service: (service) => t(`domain:service.${service}`),
    state: (state) => t(`domain:caseState.${state}`),
    appliedOn: formatDay,
    dongCode: dongName,
    assigneeId: officialName,
    'applicant.name': plain,
    'applicant.loginId': plain,
    'applicant.email': plain,
    'applicant.registrationNo': registrationNoText,
    'applicant.phone': phoneText,
    'applicant.contactPhone': phoneText,
    'applicant.address': formatAddress,
    'applicant.income': (income) =>
      t('case:applicant.incomeValue', { people: income.householdSize, won: formatCount(income.monthlyWon) }),
    'applicant.account': ({ bankCode, number, holder }) => `${bankName(bankCode)} ${number} ${holder}`,
    children: (children) => children.map(childText),
    helpers: (helpers) => helpers.map(helperText),
    household: (household) => household.map(memberText),
    consents: (answers) => answers.map(answerText)
  }
}

function useListWords() {
  const { t } = useTranslation(['domain', 'case'])
  const policies = useAsked('policy.versions', {}).value ?? []
  const nameOfConsent = ({ consentId, policyVersion }: ConsentRecord): string => {
    const policy = policies.find(({ id }) => id === policyVersion)
    return (policy && consentName(policy, consentId)) ?? consentId
  }
  const numberText = (registrationNo: string | null): string =>
    registrationNo === null ? t('case:family.unregistered') : registrationNoText(registrationNo)
  return {
    childText: ({ name, registrationNo, birthDate, sex }: Child): string =>
      [name, t(`domain:sex.${sex}`), formatDay(birthDate), numberText(registrationNo)].join(' · '),
    helperText: ({ name, relation, registrationNo, phone }: Helper): string =>
      [name, t(`domain:helperRelation.${relation}`), numberText(registrationNo), phoneText(phone)].join(' · '),
    memberText: ({ name, relation, birthDate, registrationNo }: HouseholdMember): string =>
      [name, t(`domain:householdRelation.${relation}`), formatDay(birthDate), numberText(registrationNo)].join(' · '),
    answerText: (answer: ConsentRecord): string =>
      [
        nameOfConsent(answer),
        t(answer.given ? 'case:consents.given' : 'case:consents.refused'),
        formatDay(koreanDayOf(answer.answeredAt)),
        t(`domain:consentMethod.${answer.method}`)
      ].join(' · ')
  }
}
