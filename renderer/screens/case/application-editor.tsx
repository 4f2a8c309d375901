import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import type { FieldChange } from '#shared/commands/correct-case.ts'
import { SERVICE_CODES, type ServiceCode } from '#shared/domain/case/service-list.ts'
import { refusedField, useFailureText } from '../../case-display/failure-text.ts'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { Checkbox } from '../../design-system/checkbox.tsx'
import { DateField } from '../../design-system/date-field.tsx'
import { Select } from '../../design-system/select.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { useAccount } from '../../view-state/desk.ts'
import { EditorCard } from './editor-card.tsx'
import { ownChanges } from './own-changes.ts'
import { type EditorProps, useCorrection } from './use-correction.ts'

const applicationFormSchema = z.object({
  service: z.enum(SERVICE_CODES),
  appliedOn: z.string(),
  dongCode: z.string(),
  assigneeId: z.string().nullable()
})

const fieldsOf = ({
  service,
  appliedOn,
  dongCode,
  assigneeId
}: z.infer<typeof applicationFormSchema>): FieldChange[] => [
  { field: 'service', value: service },
  { field: 'appliedOn', value: appliedOn },
  { field: 'dongCode', value: dongCode },
  { field: 'assigneeId', value: assigneeId }
]

/** Service, day, dong and who has the case in hand, while they are corrected. */
export function ApplicationEditor(props: EditorProps) {
  const { t } = useTranslation(['case', 'domain', 'common'])
  const { refusalText } = useFailureText()
  const { dongChoices } = usePlaceNames()
  const today = useToday()
  const me = useAccount()
  const before = props.view.case
  const correction = useCorrection({
    ...props,
    block: 'application',
    schema: applicationFormSchema,
    initial: () => applicationFormSchema.parse(before),
    withRefused: (form, changes) =>
      applicationFormSchema.safeParse({
        ...form,
        ...Object.fromEntries(changes.map(({ field, value }) => [field, value]))
      }).data ?? form
  })
  const { service, appliedOn, dongCode, assigneeId } = correction.form
  const set = (part: Partial<typeof correction.form>): void => correction.setForm((form) => ({ ...form, ...part }))

  const others = before.assigneeId === me?.id ? null : before.assigneeId
  const changes = ownChanges(
    fieldsOf(correction.form).filter(({ field, value }) => before[field as 'service'] !== value),
    fieldsOf(correction.opened)
  )
  const refusal = correction.trouble?.refusal
  const refusedAt = (field: string): string | null =>
    refusal && refusedField(refusal) === field ? refusalText(refusal) : null
  return (
    <EditorCard
      title={t('case:application.title')}
      correction={correction}
      onSave={() => void correction.save(changes, appliedOn !== '')}
    >
      <div className="field-row">
        <Select<ServiceCode>
          label={t('domain:field.service')}
          choices={SERVICE_CODES.map((value) => ({ value, label: t(`domain:service.${value}`) }))}
          value={service}
          onChange={(chosen) => set({ service: chosen })}
          error={refusedAt('service')}
        />
        <DateField
          label={t('domain:field.appliedOn')}
          value={appliedOn}
          onChange={(day) => set({ appliedOn: day })}
          format={formatDay}
          today={today}
          unreadable={t('common:dayUnreadable')}
          error={
            refusal?.type === 'DateInFuture'
              ? refusalText(refusal)
              : correction.tried && appliedOn === '' && t('case:formError.dayMissing')
          }
        />
        <Select<string>
          label={t('domain:field.dongCode')}
          choices={dongChoices(before.districtCode)}
          value={dongCode}
          onChange={(chosen) => set({ dongCode: chosen })}
          error={refusedAt('dongCode')}
        />
      </div>
      {me && (
        <Checkbox checked={assigneeId === me.id} onChange={(mine) => set({ assigneeId: mine ? me.id : others })}>
          {t('domain:field.assigneeId')}: {me.displayName}
        </Checkbox>
      )}
    </EditorCard>
  )
}
