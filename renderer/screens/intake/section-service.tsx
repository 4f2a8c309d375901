import { useTranslation } from 'react-i18next'
import { SERVICE_CODES, type ServiceCode } from '#shared/domain/case/service.ts'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { DateField } from '../../design-system/date-field.tsx'
import { Select } from '../../design-system/select.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { FormField } from './form-field.tsx'
import { IntakeSection } from './intake-section.tsx'
import { editIntake, useIntake } from './intake-state.ts'

const setService = (service: ServiceCode): void => editIntake((form) => ({ ...form, service }))
const setDong = (dongCode: string): void => editIntake((form) => ({ ...form, dongCode }))
const setAppliedOn = (appliedOn: string): void => editIntake((form) => ({ ...form, appliedOn }))

/** What is applied for, where and when. */
export function SectionService({ districtCode }: { districtCode: string }) {
  const { t } = useTranslation(['intake', 'domain', 'common'])
  const { dongChoices, districtName } = usePlaceNames()
  const today = useToday()
  const service = useIntake(({ form }) => form?.service ?? '')
  const dongCode = useIntake(({ form }) => form?.dongCode ?? '')
  const appliedOn = useIntake(({ form }) => form?.appliedOn ?? '')
  const required = { required: true, requiredText: t('common:required') }
  return (
    <IntakeSection section="service" note={districtName(districtCode)}>
      <div className="intake-grid">
        <FormField path="service" span={2}>
          {(error) => (
            <Select
              {...required}
              label={t('domain:field.service')}
              error={error}
              choices={SERVICE_CODES.map((value) => ({ value, label: t(`domain:service.${value}`) }))}
              value={service}
              onChange={setService}
              placeholder={t('common:choose')}
            />
          )}
        </FormField>
        <FormField path="dongCode" span={2}>
          {(error) => (
            <Select
              {...required}
              label={t('domain:field.dongCode')}
              error={error}
              choices={dongChoices(districtCode)}
              value={dongCode}
              onChange={setDong}
              placeholder={t('common:choose')}
            />
          )}
        </FormField>
        <FormField path="appliedOn" span={2}>
          {(error) => (
            <DateField
              {...required}
              label={t('domain:field.appliedOn')}
              error={error}
              value={appliedOn}
              onChange={setAppliedOn}
              format={formatDay}
              today={today}
              unreadable={t('common:dayUnreadable')}
            />
          )}
        </FormField>
      </div>
    </IntakeSection>
  )
}
