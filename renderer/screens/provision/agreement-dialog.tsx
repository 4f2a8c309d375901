import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { koreanDayOf } from '#shared/domain/calendar/day.ts'
import type { ProvisionSummary } from '#shared/ipc/provision-views.ts'
import { Button } from '../../design-system/button.tsx'
import { DateField } from '../../design-system/date-field.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { useSubmission } from '../../design-system/use-submission.ts'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { useRunAct } from './use-run-act.ts'

/** 협약 종료일: it was prolonged, or ended before its time; the recipient's clock follows. */
export function AgreementDialog({ run, onClose }: { run: ProvisionSummary; onClose: () => void }) {
  const { t } = useTranslation(['provision', 'common'])
  const act = useRunAct(run.id)
  const today = useToday()
  const [on, setOn] = useState(run.agreementEndsOn ?? '')
  const [tried, setTried] = useState(false)
  const { busy, failed, submit } = useSubmission(onClose)
  const isDayWrong = on === '' || on < koreanDayOf(run.givenAt)
  const send = async (): Promise<void> => {
    setTried(true)
    if (isDayWrong) return
    await submit(() => act({ name: 'provision.end_agreement', args: { on } }, t('provision:agreementDialog.done')))
  }
  return (
    <Dialog
      title={t('provision:agreementDialog.title')}
      size="small"
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void send()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('provision:record')}
          </Button>
        </>
      }
    >
      <p>{t('provision:agreementDialog.text')}</p>
      <DateField
        required
        requiredText={t('common:required')}
        label={t('provision:agreement')}
        error={tried && isDayWrong ? t('provision:agreementDialog.wrong') : null}
        value={on}
        onChange={setOn}
        format={formatDay}
        today={today}
        unreadable={t('common:dayUnreadable')}
      />
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}
