import { useTranslation } from 'react-i18next'
import { normalisePhone } from '#shared/domain/case/phone.ts'
import { DigitsField } from '../../design-system/digits-field.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { FormField } from './form-field.tsx'
import { setApplicant } from './intake-edits.ts'
import type { ApplicantForm } from './intake-form.ts'
import { IntakeSection } from './intake-section.tsx'
import { editIntake, useIntake } from './intake-state.ts'
import { formatPhoneTyping } from './phone-format.ts'
import { RegistrationNoField } from './registration-no-field.tsx'
import { SamePhone } from './same-phone.tsx'

const edit =
  (name: keyof ApplicantForm) =>
  (text: string): void =>
    editIntake(setApplicant({ [name]: text }))

/** Who applies, and where she lives. */
export function SectionApplicant() {
  const { t } = useTranslation(['intake', 'domain', 'common'])
  const applicant = useIntake(({ form }) => form?.applicant)
  if (!applicant) return null
  const required = { required: true, requiredText: t('common:required') }
  return (
    <IntakeSection section="applicant">
      <div className="intake-grid">
        <FormField path="applicant.name" span={2}>
          {(error) => (
            <TextField
              {...required}
              label={t('domain:field.applicant.name')}
              error={error}
              maxLength={60}
              value={applicant.name}
              onChange={edit('name')}
            />
          )}
        </FormField>
        <FormField path="applicant.registrationNo" span={2}>
          {(error) => (
            <RegistrationNoField
              required
              label={t('intake:rrn.label')}
              error={error}
              value={applicant.registrationNo}
              onChange={edit('registrationNo')}
            />
          )}
        </FormField>
        <FormField path="applicant.phone" span={2}>
          {(error) => (
            <PhoneField
              label={t('domain:field.applicant.phone')}
              error={error}
              value={applicant.phone}
              onChange={edit('phone')}
              required
            />
          )}
        </FormField>
        <AddressFields applicant={applicant} />
        <FormField path="applicant.loginId" span={2}>
          {(error) => (
            <TextField
              label={t('intake:loginId')}
              error={error}
              maxLength={40}
              value={applicant.loginId}
              onChange={edit('loginId')}
            />
          )}
        </FormField>
      </div>
      <SamePhone phone={applicant.phone} />
    </IntakeSection>
  )
}

interface PhoneFieldProps {
  label: string
  error: string | undefined
  value: string
  onChange: (digits: string) => void
  required?: boolean
}

const phoneDigits = (typed: string): string => normalisePhone(typed).replace(/\D/g, '')

export function PhoneField({ required = false, ...rest }: PhoneFieldProps) {
  const { t } = useTranslation('common')
  return (
    <DigitsField
      {...rest}
      required={required}
      requiredText={t('required')}
      maxDigits={12}
      clean={phoneDigits}
      format={formatPhoneTyping}
      placeholder="010-0000-0000"
    />
  )
}

function AddressFields({ applicant }: { applicant: ApplicantForm }) {
  const { t } = useTranslation(['intake', 'common'])
  const required = { required: true, requiredText: t('common:required') }
  return (
    <>
      <FormField path="applicant.postcode" span={1}>
        {(error) => (
          <DigitsField
            {...required}
            label={t('intake:address.postcode')}
            error={error}
            maxDigits={5}
            value={applicant.postcode}
            onChange={edit('postcode')}
            placeholder="00000"
          />
        )}
      </FormField>
      <FormField path="applicant.road" span={4}>
        {(error) => (
          <TextField
            {...required}
            label={t('intake:address.road')}
            hint={t('intake:address.hint')}
            error={error}
            maxLength={160}
            value={applicant.road}
            onChange={edit('road')}
          />
        )}
      </FormField>
      <FormField path="applicant.building" span={1}>
        {(error) => (
          <TextField
            label={t('intake:address.building')}
            error={error}
            maxLength={20}
            value={applicant.building}
            onChange={edit('building')}
            placeholder="152-3"
          />
        )}
      </FormField>
      <FormField path="applicant.detail" span={2}>
        {(error) => (
          <TextField
            label={t('intake:address.detail')}
            error={error}
            maxLength={80}
            value={applicant.detail}
            onChange={edit('detail')}
          />
        )}
      </FormField>
      <FormField path="applicant.extra" span={2}>
        {(error) => (
          <TextField
            label={t('intake:address.extra')}
            error={error}
            maxLength={80}
            value={applicant.extra}
            onChange={edit('extra')}
          />
        )}
      </FormField>
    </>
  )
}
