import { useTranslation } from 'react-i18next'
import { changesCases, type Role } from '#shared/domain/account/account.ts'
import { CASE_FIELDS, type CaseField } from '#shared/domain/case/case.ts'
import { UNMASKABLE, type Unmaskable } from '#shared/ipc/views.ts'
import { Checkbox } from '../../design-system/checkbox.tsx'
import { DateField } from '../../design-system/date-field.tsx'
import { type Choice, Select } from '../../design-system/select.tsx'
import { TextAreaField, TextField } from '../../design-system/text-field.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import type { GrantField, GrantForm, GroundsField, GroundsForm } from './grant-form.ts'

interface GroundsFieldsProps {
  form: GroundsForm
  onChange: (change: Partial<GroundsForm>) => void
  errorOf: (field: GroundsField) => string | false
  approvers: readonly Choice<string>[]
}

/** 사유, 승인자, 근거문서: every change of somebody's rights has them. */
export function GroundsFields({ form, onChange, errorOf, approvers }: GroundsFieldsProps) {
  const { t } = useTranslation(['office', 'common'])
  return (
    <>
      <TextAreaField
        label={t('office:grants.reason')}
        error={errorOf('reason')}
        value={form.reason}
        onChange={(reason) => onChange({ reason })}
        maxLength={400}
      />
      <div className="field-row">
        <Select
          label={t('office:grants.approver')}
          placeholder={t('common:choose')}
          error={errorOf('approverId')}
          hint={!errorOf('approverId') && t('office:grants.approverHint')}
          choices={approvers}
          value={form.approverId}
          onChange={(approverId) => onChange({ approverId })}
        />
        <TextField
          label={t('office:grants.document')}
          error={errorOf('document')}
          hint={!errorOf('document') && t('office:grants.documentHint')}
          value={form.document}
          onChange={(document) => onChange({ document })}
          maxLength={80}
        />
      </div>
    </>
  )
}

interface TermsFieldsProps {
  role: Role | ''
  form: GrantForm
  onChange: (change: Partial<GrantForm>) => void
  errorOf: (field: GrantField) => string | false
}

/** From when to when, and what of the role. */
export function TermsFields({ role, form, onChange, errorOf }: TermsFieldsProps) {
  const { t } = useTranslation(['office', 'common', 'domain'])
  const today = useToday()
  const day = { format: formatDay, today, unreadable: t('common:dayUnreadable') }
  return (
    <>
      <div className="field-row">
        <DateField
          label={t('office:grants.startsOn')}
          error={errorOf('startsOn')}
          value={form.startsOn}
          onChange={(startsOn) => onChange({ startsOn })}
          {...day}
        />
        <DateField
          label={t('office:grants.endsOn')}
          error={errorOf('endsOn')}
          hint={!errorOf('endsOn') && t('office:grants.endsOnHint')}
          value={form.endsOn}
          onChange={(endsOn) => onChange({ endsOn })}
          {...day}
        />
      </div>
      {role !== '' && changesCases(role) && (
        <Part<CaseField>
          legend={t('office:grants.edits')}
          all={t('office:grants.allEdits')}
          isAll={form.allEdits}
          onAll={(allEdits) => onChange({ allEdits })}
          choices={CASE_FIELDS.map((value) => ({ value, label: t(`domain:field.${value}`) }))}
          chosen={form.edits}
          onChosen={(edits) => onChange({ edits })}
        />
      )}
      {role !== 'administrator' && (
        <Part<Unmaskable>
          legend={t('office:grants.reveals')}
          all={t('office:grants.allReveals')}
          isAll={form.allReveals}
          onAll={(allReveals) => onChange({ allReveals })}
          choices={UNMASKABLE.map((value) => ({ value, label: t(`domain:unmaskable.${value}`) }))}
          chosen={form.reveals}
          onChosen={(reveals) => onChange({ reveals })}
        />
      )}
    </>
  )
}

interface PartProps<V extends string> {
  legend: string
  all: string
  isAll: boolean
  onAll: (isAll: boolean) => void
  choices: readonly Choice<V>[]
  chosen: readonly V[]
  onChosen: (chosen: readonly V[]) => void
}

/** All of something, or the ones that are ticked. */
function Part<V extends string>({ legend, all, isAll, onAll, choices, chosen, onChosen }: PartProps<V>) {
  const toggle = (value: V, isOn: boolean): void =>
    onChosen(isOn ? [...chosen, value] : chosen.filter((one) => one !== value))
  return (
    <fieldset className="grant-part">
      <legend>{legend}</legend>
      <Checkbox checked={isAll} onChange={onAll}>
        {all}
      </Checkbox>
      {!isAll && (
        <div className="grant-part__choices">
          {choices.map(({ value, label }) => (
            <Checkbox key={value} checked={chosen.includes(value)} onChange={(isOn) => toggle(value, isOn)}>
              {label}
            </Checkbox>
          ))}
        </div>
      )}
    </fieldset>
  )
}
