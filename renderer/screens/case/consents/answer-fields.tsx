import { useTranslation } from 'react-i18next'
import { CONSENT_METHODS, type ConsentMethod, GUARDIAN_CHECKS } from '#shared/domain/consent/consent-record.ts'
import { Checkbox } from '../../../design-system/checkbox.tsx'
import { RadioGroup } from '../../../design-system/radio-group.tsx'
import { Select } from '../../../design-system/select.tsx'
import { TextField } from '../../../design-system/text-field.tsx'
import type { AnswerForm, answerFault } from './answer-form.ts'

interface AnswerFieldsProps {
  readonly form: AnswerForm
  readonly onChange: (form: AnswerForm) => void
  /** What to say is missing; null while nobody has tried to send. */
  readonly fault: ReturnType<typeof answerFault>
  /** A child under 14: nobody but its legal representative answers. */
  readonly needsGuardian: boolean
}

/** How an answer was taken, by whom, and where the proof lies. */
export function AnswerFields({ form, onChange, fault, needsGuardian }: AnswerFieldsProps) {
  const { t } = useTranslation(['case', 'domain', 'common'])
  const set = (part: Partial<AnswerForm>): void => onChange({ ...form, ...part })
  const isPhone = form.method === 'phone' || form.method === 'phone_then_web'
  return (
    <>
      <RadioGroup<ConsentMethod>
        label={t('case:consents.method')}
        choices={CONSENT_METHODS.map((value) => ({ value, label: t(`domain:consentMethod.${value}`) }))}
        value={form.method}
        onChange={(method) => set({ method })}
        error={fault === 'method' ? t('case:consents.methodMissing') : null}
      />
      {isPhone && <p className="faint">{t('case:consents.recording')}</p>}
      {needsGuardian ? (
        <p>{t('case:consents.guardianText')}</p>
      ) : (
        <RadioGroup<AnswerForm['by']>
          label={t('case:consents.by')}
          choices={(['self', 'legal_representative', 'agent'] as const).map((value) => ({
            value,
            label: t(`domain:representative.${value}`)
          }))}
          value={form.by}
          onChange={(by) => set({ by })}
        />
      )}
      {form.by === 'legal_representative' && (
        <>
          <Select
            required
            requiredText={t('common:required')}
            label={t('case:consents.check')}
            error={fault === 'check' ? t('case:consents.checkMissing') : null}
            choices={GUARDIAN_CHECKS.map((value) => ({ value, label: t(`domain:guardianCheck.${value}`) }))}
            value={form.check}
            onChange={(check) => set({ check })}
            placeholder={t('common:choose')}
          />
          <Checkbox checked={form.isConfirmed} onChange={(isConfirmed) => set({ isConfirmed })}>
            {t('case:consents.confirmed')}
          </Checkbox>
        </>
      )}
      <TextField
        label={t('case:consents.evidence')}
        hint={t('case:consents.evidenceHint')}
        maxLength={120}
        value={form.evidence}
        onChange={(evidence) => set({ evidence })}
      />
    </>
  )
}
