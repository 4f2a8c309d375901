import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOfExecution } from '#shared/commands/destruction/approve-batch.ts'
import type { BatchPlan, BatchRequest } from '#shared/domain/destruction/destruction-batch.ts'
import { Button } from '../../design-system/button.tsx'
import { DateField } from '../../design-system/date-field.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Select } from '../../design-system/select.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { useSubmission } from '../../design-system/use-submission.ts'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { useDesk } from '../../view-state/desk.ts'
import type { BatchDialogProps } from './batch-dialog.tsx'
import { Paper } from './paper.tsx'
import { MOST_LETTERS, type RequestForm, requestOf, USUAL_REQUEST } from './request-form.ts'
import { useAct } from './use-act.ts'

const TEXTS = ['place', 'confirmation', 'backups', 'media'] as const

/** 승인 요청: what 별지 4 says besides the list, with the paper as it will be. */
export function RequestDialog({ batch, onClose }: BatchDialogProps) {
  const { t } = useTranslation(['destruction', 'common'])
  const act = useAct(batch.id)
  const form = useRequestForm(batch.plan)
  const [preview, setPreview] = useState<BatchRequest | null>(null)
  const [tried, setTried] = useState(false)
  const { busy, failed, submit } = useSubmission(onClose)
  const request = requestOf(form.value)
  const show = (): void => {
    setTried(true)
    setPreview(request)
  }
  const ask = async (): Promise<void> => {
    setTried(true)
    if (request === null) return
    await submit(() => act({ name: 'batch.request', args: request }, t('destruction:requestDialog.done')))
  }
  return (
    <Dialog
      title={t('destruction:requestDialog.title')}
      size="large"
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void ask()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button onClick={show}>{t('destruction:requestDialog.preview')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('destruction:requestDialog.submit')}
          </Button>
        </>
      }
    >
      <p>{t('destruction:requestDialog.text')}</p>
      <RequestFields form={form} tried={tried} />
      {failed && <Banner tone="bad">{failed}</Banner>}
      {preview && <Paper batchId={batch.id} request={preview} />}
    </Dialog>
  )
}

interface FormState {
  readonly value: RequestForm
  set(field: keyof RequestForm, text: string): void
}

/** Begins with what is usual, and the first day on which the cooling-off can be over. */
function useRequestForm(plan: BatchPlan): FormState {
  const today = useToday()
  const [value, setValue] = useState<RequestForm>(() => ({
    ...USUAL_REQUEST,
    scheduledOn: dayOfExecution(today, plan),
    witnessId: ''
  }))
  return { value, set: (field, text) => setValue((before) => ({ ...before, [field]: text })) }
}

function RequestFields({ form: { value, set }, tried }: { form: FormState; tried: boolean }) {
  const { t } = useTranslation(['destruction', 'common'])
  const today = useToday()
  const staff = useDesk((desk) => desk.staff)
  const required = { required: true, requiredText: t('common:required') }
  const missing = (text: string): string | null =>
    tried && text.trim() === '' ? t('destruction:requestDialog.missing') : null
  return (
    <>
      <DateField
        {...required}
        label={t('destruction:requestDialog.scheduledOn')}
        error={tried && value.scheduledOn === '' ? t('destruction:requestDialog.scheduledMissing') : null}
        value={value.scheduledOn}
        onChange={(day) => set('scheduledOn', day)}
        format={formatDay}
        today={today}
        unreadable={t('common:dayUnreadable')}
      />
      <Select
        {...required}
        label={t('destruction:requestDialog.witness')}
        error={missing(value.witnessId)}
        placeholder={t('destruction:requestDialog.witnessPlaceholder')}
        choices={Object.entries(staff).map(([id, label]) => ({ value: id, label }))}
        value={value.witnessId}
        onChange={(id) => set('witnessId', id)}
      />
      {TEXTS.map((field) => (
        <TextField
          {...required}
          key={field}
          label={t(`destruction:requestDialog.${field}`)}
          error={missing(value[field])}
          maxLength={MOST_LETTERS[field]}
          value={value[field]}
          onChange={(text) => set(field, text)}
        />
      ))}
    </>
  )
}
