import { useTranslation } from 'react-i18next'
import { useIntake } from './intake-state.ts'

const LISTS = ['children', 'helpers', 'household'] as const
const ROW_FIELDS = ['name', 'registrationNo', 'birthDate', 'sex', 'phone', 'relation'] as const
const ROW = new RegExp(`^(${LISTS.join('|')})\\.(\\d+)\\.(${ROW_FIELDS.join('|')})$`)
const PLAIN_FIELDS = [
  'service',
  'dongCode',
  'appliedOn',
  'consentMethod',
  'guardianCheck',
  'applicant.name',
  'applicant.registrationNo',
  'applicant.phone',
  'applicant.loginId',
  'applicant.postcode',
  'applicant.road',
  'applicant.householdSize',
  'applicant.monthlyWon',
  'applicant.bankCode',
  'applicant.accountNumber',
  'applicant.accountHolder',
  'applicant.email',
  'applicant.contactPhone'
] as const

/** What a field is called in the summary of errors: `2번째 주민등록번호`. */
export function useFieldName(): (path: string) => string {
  const { t } = useTranslation('intake')
  const form = useIntake((intake) => intake.form)
  const asked = useIntake((intake) => intake.asked)
  return (path) => {
    const [, list, key, field] = ROW.exec(path) ?? []
    const listName = LISTS.find((name) => name === list)
    const rowField = ROW_FIELDS.find((name) => name === field)
    if (listName && rowField) {
      const n = (form?.[listName].findIndex((row) => row.key === Number(key)) ?? 0) + 1
      return t('review.ofRow', { n, field: t(`rowField.${rowField}`) })
    }
    const request = asked?.find(({ id }) => path === `answers.${id}`)
    if (request) return request.notice.recipient?.name ?? request.notice.items.map(({ name }) => name).join(', ')
    const plain = PLAIN_FIELDS.find((name) => name === path)
    return plain ? t(`plainField.${plain}`) : path
  }
}
