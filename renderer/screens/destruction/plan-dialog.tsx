import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { store } from '../../api/store.ts'
import { Button } from '../../design-system/button.tsx'
import { DateField } from '../../design-system/date-field.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { NumberField } from '../../design-system/number-field.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { toast } from '../../design-system/toast.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { goTo } from '../../view-state/navigation.ts'
import { useDestructionFailureText } from './destruction-failure.ts'

/** The file that the cases of a desk belong to (처리방침 제1조 ④). */
const CASE_FILE = 'application'
const USUAL_COOLING = '7'
const MOST_COOLING = 90

/** 파기 계획: what is due by which day, how long it cools off, and why. */
export function PlanDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['destruction', 'common'])
  const failureText = useDestructionFailureText()
  const today = useToday()
  const [dueUpTo, setDueUpTo] = useState(today)
  const [coolingDays, setCoolingDays] = useState(USUAL_COOLING)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const days = Number(coolingDays)
  const isCoolingWrong = !(days >= 1 && days <= MOST_COOLING)

  const plan = async (): Promise<void> => {
    setTried(true)
    if (busy || dueUpTo === '' || isCoolingWrong) return
    setBusy(true)
    const args = { fileId: CASE_FILE, dueUpTo, coolingDays: days, note: note.trim() }
    const reply = await store.ask('destruction.act', { batchId: null, act: { name: 'batch.plan', args } })
    setBusy(false)
    if (!reply.ok) return setFailed(failureText(reply.error))
    toast(t('destruction:planDialog.done'))
    onClose()
    goTo({ screen: 'destruction', batchId: reply.value.batchId })
  }
  const required = { required: true, requiredText: t('common:required') }
  return (
    <Dialog
      title={t('destruction:planDialog.title')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void plan()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('destruction:planDialog.submit')}
          </Button>
        </>
      }
    >
      <p>{t('destruction:planDialog.text')}</p>
      <DateField
        {...required}
        label={t('destruction:planDialog.dueUpTo')}
        error={tried && dueUpTo === '' ? t('destruction:planDialog.dueUpToMissing') : null}
        value={dueUpTo}
        onChange={setDueUpTo}
        format={formatDay}
        today={today}
        unreadable={t('common:dayUnreadable')}
      />
      <NumberField
        {...required}
        label={t('destruction:planDialog.coolingDays')}
        hint={t('destruction:planDialog.coolingHint')}
        error={tried && isCoolingWrong ? t('destruction:planDialog.coolingWrong') : null}
        unit={t('destruction:planDialog.days')}
        maxDigits={2}
        value={coolingDays}
        onChange={setCoolingDays}
      />
      <TextField
        label={t('destruction:planDialog.note')}
        hint={t('destruction:planDialog.noteHint')}
        maxLength={400}
        value={note}
        onChange={setNote}
      />
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}
