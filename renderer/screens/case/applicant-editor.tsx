import { useTranslation } from 'react-i18next'
import { FIELDS_WITH_CONSEQUENCES } from '#shared/domain/case/consequences.ts'
import { refusedField, useFailureText } from '../../case-display/failure-text.ts'
import { phoneText } from '../../case-display/masked-texts.ts'
import { NumberField } from '../../design-system/number-field.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import {
  APPLICANT_PLACES,
  type ApplicantForm,
  type ApplicantPlace,
  applicantChanges,
  applicantForm,
  applicantFormSchema,
  withRefusedApplicant
} from './applicant-form.ts'
import { EditorCard } from './editor-card.tsx'
import { useProblemText } from './form-problem.ts'
import { AccountReplacement, AddressReplacement, RegistrationNoReplacement } from './masked-replacements.tsx'
import { ownChanges } from './own-changes.ts'
import { type Correction, type EditorProps, useCorrection } from './use-correction.ts'

/** The applicant while it is corrected. Masked values stay as they are unless they are replaced. */
export function ApplicantEditor(props: EditorProps) {
  const { t } = useTranslation(['case', 'domain', 'common'])
  const { applicant } = props.view.case
  const correction = useCorrection({
    ...props,
    block: 'applicant',
    schema: applicantFormSchema,
    initial: () => applicantForm(applicant, phoneText),
    withRefused: (form, changes) => withRefusedApplicant(form, changes, phoneText)
  })
  const { form, setForm } = correction
  const { changes: differing, problems } = applicantChanges(form, applicant)
  const changes = ownChanges(differing, applicantChanges(correction.opened, applicant).changes)
  const errorAt = useErrors(correction, problems)
  const set = (part: Partial<ApplicantForm>): void => setForm((before) => ({ ...before, ...part }))
  const needsReason = changes.some(({ field }) => FIELDS_WITH_CONSEQUENCES.includes(field))
  const text = (name: 'name' | 'phone' | 'loginId' | 'email' | 'contactPhone', isRequired: boolean) => ({
    label: t(`domain:field.applicant.${name}`),
    value: form[name],
    onChange: (typed: string) => set({ [name]: typed }),
    error: name === 'loginId' ? null : errorAt(name),
    required: isRequired,
    requiredText: t('common:required')
  })
  return (
    <EditorCard
      title={t('case:applicant.title')}
      correction={correction}
      reasonRequired={needsReason}
      reasonHint={needsReason ? t('case:applicant.reasonWhy') : undefined}
      onSave={() => void correction.save(changes, Object.keys(problems).length === 0)}
    >
      <div className="field-row">
        <TextField {...text('name', true)} maxLength={60} />
        <TextField {...text('phone', true)} type="tel" maxLength={20} />
        <TextField {...text('loginId', false)} maxLength={40} />
      </div>
      <RegistrationNoReplacement {...{ applicant, form, set, errorAt }} />
      <AddressReplacement {...{ applicant, form, set, errorAt }} />
      <div className="field-row">
        <NumberField
          label={t('case:applicant.householdSize')}
          value={form.householdSize}
          onChange={(householdSize) => set({ householdSize })}
          maxDigits={2}
          error={errorAt('income')}
        />
        <NumberField
          label={t('case:applicant.monthlyWon')}
          unit={t('common:won')}
          value={form.monthlyWon}
          onChange={(monthlyWon) => set({ monthlyWon })}
          maxDigits={10}
        />
      </div>
      <AccountReplacement {...{ applicant, form, set, errorAt }} />
      <div className="field-row">
        <TextField {...text('contactPhone', false)} type="tel" maxLength={20} hint={t('case:applicant.optionalNote')} />
        <TextField {...text('email', false)} type="email" maxLength={120} hint={t('case:applicant.optionalNote')} />
      </div>
    </EditorCard>
  )
}

/** What is wrong at a place: found here once she tried to save, or said by the rule that refused. */
function useErrors(
  { tried, trouble }: Pick<Correction<ApplicantForm>, 'tried' | 'trouble'>,
  problems: ReturnType<typeof applicantChanges>['problems']
): (place: ApplicantPlace) => string | null {
  const problemText = useProblemText()
  const { refusalText, problemText: ruleText } = useFailureText()
  const refusal = trouble?.refusal ?? null
  const field = refusal && refusedField(refusal)
  const refusedPlace = field && APPLICANT_PLACES[field]
  return (place) => {
    if (refusal && refusedPlace === place) {
      return refusal.type === 'FieldInvalid' ? ruleText(refusal.problem) : refusalText(refusal)
    }
    return tried ? problemText(problems[place]) : null
  }
}
