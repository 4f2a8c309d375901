import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../design-system/button.tsx'
import { DateField } from '../../design-system/date-field.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { useSubmission } from '../../design-system/use-submission.ts'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import type { ItemDialogProps } from './exclude-dialog.tsx'
import { useAct } from './use-act.ts'
import { useItemWords } from './use-item-words.ts'

const SHORTEST_REASON = 2

/** 보존 연장: the item is kept until a later day, for a reason. */
export function ExtendDialog({ batchId, item, onClose }: ItemDialogProps) {
  const { t } = useTranslation(['destruction', 'common'])
  const { caseText } = useItemWords()
  const act = useAct(batchId)
  const today = useToday()
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { busy, failed, submit } = useSubmission(onClose)
  const isUntilWrong = until <= today
  const isReasonMissing = reason.trim().length < SHORTEST_REASON
  const extend = async (): Promise<void> => {
    setTried(true)
    if (isUntilWrong || isReasonMissing) return
    const args = { caseId: item.caseId, until, reason: reason.trim() }
    await submit(() => act({ name: 'batch.extend', args }, t('destruction:extendDialog.done')))
  }
  const required = { required: true, requiredText: t('common:required') }
  return (
    <Dialog
      title={t('destruction:extendDialog.title')}
      size="small"
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void extend()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('destruction:extendDialog.submit')}
          </Button>
        </>
      }
    >
      <p>{t('destruction:extendDialog.text', { what: caseText(item) })}</p>
      <DateField
        {...required}
        label={t('destruction:extendDialog.until')}
        error={tried && isUntilWrong ? t('destruction:extendDialog.untilMissing') : null}
        value={until}
        onChange={setUntil}
        format={formatDay}
        today={today}
        unreadable={t('common:dayUnreadable')}
      />
      <TextField
        {...required}
        label={t('common:reason')}
        hint={t('destruction:reasonHint')}
        error={tried && isReasonMissing ? t('destruction:reasonMissing') : null}
        maxLength={400}
        value={reason}
        onChange={setReason}
      />
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}
