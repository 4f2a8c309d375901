import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldChange } from '#shared/commands/correct-case.ts'
import { SERVICE_CODES, type ServiceCode } from '#shared/domain/case/service.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { refusedField, useFailureText } from '../../case-display/failure-text.ts'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { Checkbox } from '../../design-system/checkbox.tsx'
import { DateField } from '../../design-system/date-field.tsx'
import { Select } from '../../design-system/select.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { useAccount } from '../../view-state/desk.ts'
import { EditorCard } from './editor-card.tsx'
import { useCorrection } from './use-correction.ts'

/** Service, day, dong and who has the case in hand, while they are corrected. */
export function ApplicationEditor({ view, onDone }: { view: CaseView; onDone: () => void }) {
  const { t } = useTranslation(['case', 'domain', 'common'])
  const { refusalText } = useFailureText()
  const { dongChoices } = usePlaceNames()
  const today = useToday()
  const me = useAccount()
  const before = view.case
  const [service, setService] = useState<ServiceCode>(before.service)
  const [appliedOn, setAppliedOn] = useState(before.appliedOn)
  const [dongCode, setDongCode] = useState(before.dongCode)
  const [assigneeId, setAssigneeId] = useState(before.assigneeId)
  const correction = useCorrection(view, onDone)

  const wanted: FieldChange[] = [
    { field: 'service', value: service },
    { field: 'appliedOn', value: appliedOn },
    { field: 'dongCode', value: dongCode },
    { field: 'assigneeId', value: assigneeId }
  ]
  const changes = wanted.filter(({ field, value }) => before[field as 'service'] !== value)
  const refusal = correction.trouble?.refusal
  const refusedAt = (field: string): string | null =>
    refusal && refusedField(refusal) === field ? refusalText(refusal) : null
  return (
    <EditorCard
      title={t('case:application.title')}
      {...correction}
      onReason={correction.setReason}
      onSave={() => void correction.save(changes, appliedOn !== '')}
      onCancel={onDone}
    >
      <div className="field-row">
        <Select<ServiceCode>
          label={t('domain:field.service')}
          choices={SERVICE_CODES.map((value) => ({ value, label: t(`domain:service.${value}`) }))}
          value={service}
          onChange={setService}
          error={refusedAt('service')}
        />
        <DateField
          label={t('domain:field.appliedOn')}
          value={appliedOn}
          onChange={setAppliedOn}
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
          onChange={setDongCode}
          error={refusedAt('dongCode')}
        />
      </div>
      {me && (
        <Checkbox
          checked={assigneeId === me.id}
          onChange={(mine) => setAssigneeId(mine ? me.id : before.assigneeId === me.id ? null : before.assigneeId)}
        >
          {t('domain:field.assigneeId')}: {me.displayName}
        </Checkbox>
      )}
    </EditorCard>
  )
}
