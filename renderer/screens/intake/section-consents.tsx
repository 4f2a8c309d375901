import { useTranslation } from 'react-i18next'
import { CONSENT_METHODS, GUARDIAN_CHECKS } from '#shared/domain/consent/consent-record.ts'
import type { ConsentRequest } from '#shared/domain/policy/consents-to-ask.ts'
import { LawItems } from '../../case-display/law-items.tsx'
import { Checkbox } from '../../design-system/checkbox.tsx'
import { Select } from '../../design-system/select.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatDay } from '../../i18n/format.ts'
import { ConsentBlock } from './consent-block.tsx'
import { FormField } from './form-field.tsx'
import { asksGuardian } from './intake-issues.ts'
import { IntakeSection } from './intake-section.tsx'
import { editIntake, useIntake } from './intake-state.ts'
import './section-consents.css'

/** What the register has the desk ask, each by itself; and, apart from it, what rests on law and is not asked. */
export function SectionConsents() {
  const { t } = useTranslation('intake')
  const asked = useIntake((intake) => intake.asked)
  const policy = useIntake((intake) => intake.policy)
  const service = useIntake(({ form }) => form?.service ?? '')
  const note = policy ? t('consent.policyOf', { day: formatDay(policy.effectiveFrom) }) : undefined
  return (
    <IntakeSection section="consents" note={note}>
      {asked === null && <Banner tone="warn">{t('issue.noPolicy')}</Banner>}
      {service === '' && <p className="faint">{t('consent.chooseService')}</p>}
      {service !== '' && asked !== null && (
        <>
          <p className="consent__free">
            {t('consent.free')} {asked.some(concernsChild) && t('consent.guardian')}
          </p>
          <MethodField />
          {asked.map((request) => (
            <ConsentBlock key={request.id} request={request} />
          ))}
          <GuardianFields />
          {policy && <LawItems policy={policy} />}
        </>
      )}
    </IntakeSection>
  )
}

/** Below 14 the guardian answers (개인정보 보호법 22조의2): the applicant. */
const concernsChild = ({ notice }: ConsentRequest): boolean => notice.items.some(({ subject }) => subject === 'child')

function MethodField() {
  const { t } = useTranslation(['intake', 'domain', 'common'])
  const method = useIntake(({ form }) => form?.consentMethod ?? '')
  const isPhone = method === 'phone' || method === 'phone_then_web'
  return (
    <div className="intake-grid">
      <FormField path="consentMethod" span={3}>
        {(error) => (
          <Select
            required
            requiredText={t('common:required')}
            label={t('intake:consent.method')}
            hint={isPhone && t('intake:consent.recording')}
            error={error}
            choices={CONSENT_METHODS.map((value) => ({ value, label: t(`domain:consentMethod.${value}`) }))}
            value={method}
            onChange={(consentMethod) => editIntake((form) => ({ ...form, consentMethod }))}
            placeholder={t('common:choose')}
          />
        )}
      </FormField>
    </div>
  )
}

/** Who said yes for a child under 14 is verified; until then the yes counts for nothing (개인정보 보호법 22조의2). */
function GuardianFields() {
  const { t } = useTranslation(['intake', 'domain', 'common'])
  const isAsked = useIntake(({ asked, form }) => asked !== null && form !== null && asksGuardian(asked, form))
  const check = useIntake(({ form }) => form?.guardianCheck ?? '')
  const isConfirmed = useIntake(({ form }) => form?.guardianConfirmed ?? false)
  if (!isAsked) return null
  return (
    <section className="consent" aria-labelledby="guardian-check">
      <header className="consent__head">
        <h3 id="guardian-check">{t('intake:consent.guardianCheck')}</h3>
      </header>
      <div className="intake-grid">
        <FormField path="guardianCheck" span={3}>
          {(error) => (
            <Select
              required
              requiredText={t('common:required')}
              label={t('intake:consent.checkedBy')}
              error={error}
              choices={GUARDIAN_CHECKS.map((value) => ({ value, label: t(`domain:guardianCheck.${value}`) }))}
              value={check}
              onChange={(guardianCheck) => editIntake((form) => ({ ...form, guardianCheck }))}
              placeholder={t('common:choose')}
            />
          )}
        </FormField>
      </div>
      <Checkbox
        checked={isConfirmed}
        onChange={(guardianConfirmed) => editIntake((form) => ({ ...form, guardianConfirmed }))}
      >
        {t('intake:consent.guardianConfirmed')}
      </Checkbox>
      {!isConfirmed && <p className="faint">{t('intake:consent.guardianWaits')}</p>}
    </section>
  )
}
