import { useTranslation } from 'react-i18next'
import { BANKS, normaliseAccountNumber } from '#shared/domain/case/bank.ts'
import { ComboBox } from '../../design-system/combo-box.tsx'
import { DigitsField } from '../../design-system/digits-field.tsx'
import { NumberField } from '../../design-system/number-field.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { FormField } from './form-field.tsx'
import { setApplicant } from './intake-edits.ts'
import type { ApplicantForm } from './intake-form.ts'
import { IntakeSection } from './intake-section.tsx'
import { editIntake, useIntake } from './intake-state.ts'

const BANK_CHOICES = BANKS.map(({ code, name }) => ({ value: code as string, label: `${code} ${name}` }))

const edit =
  (name: keyof ApplicantForm) =>
  (text: string): void =>
    editIntake(setApplicant({ [name]: text }))

const accountDigits = (typed: string): string => normaliseAccountNumber(typed).replace(/\D/g, '')

/** Income and account. Both may be handed in later. */
export function SectionMoney() {
  const { t } = useTranslation('intake')
  const applicant = useIntake(({ form }) => form?.applicant)
  if (!applicant) return null
  return (
    <IntakeSection section="money" note={t('money.note')}>
      <div className="intake-grid">
        <FormField path="applicant.householdSize" span={2}>
          {(error) => (
            <NumberField
              label={t('money.householdSize')}
              error={error}
              value={applicant.householdSize}
              onChange={edit('householdSize')}
              unit={t('money.people')}
              maxDigits={2}
            />
          )}
        </FormField>
        <FormField path="applicant.monthlyWon" span={2}>
          {(error) => (
            <NumberField
              label={t('money.monthlyWon')}
              error={error}
              value={applicant.monthlyWon}
              onChange={edit('monthlyWon')}
              unit={t('money.won')}
              maxDigits={9}
            />
          )}
        </FormField>
      </div>
      <div className="intake-grid">
        <AccountFields applicant={applicant} />
      </div>
    </IntakeSection>
  )
}

function AccountFields({ applicant }: { applicant: ApplicantForm }) {
  const { t, i18n } = useTranslation('intake')
  return (
    <>
      <FormField path="applicant.bankCode" span={2}>
        {(error) => (
          <ComboBox
            label={t('money.bank')}
            error={error}
            choices={BANK_CHOICES}
            value={applicant.bankCode}
            onChange={edit('bankCode')}
            locale={i18n.language === 'en' ? 'en' : 'ko'}
            placeholder={t('money.bankPlaceholder')}
          />
        )}
      </FormField>
      <FormField path="applicant.accountNumber" span={2}>
        {(error) => (
          <DigitsField
            label={t('money.accountNumber')}
            error={error}
            maxDigits={16}
            clean={accountDigits}
            value={applicant.accountNumber}
            onChange={edit('accountNumber')}
          />
        )}
      </FormField>
      <FormField path="applicant.accountHolder" span={2}>
        {(error) => (
          <TextField
            label={t('money.accountHolder')}
            error={error}
            maxLength={60}
            value={applicant.accountHolder}
            onChange={edit('accountHolder')}
          />
        )}
      </FormField>
    </>
  )
}
