import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { HOLD_KINDS, type HoldKind } from '#shared/domain/retention/hold.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { Button } from '../../../design-system/button.tsx'
import { DateField } from '../../../design-system/date-field.tsx'
import { Dialog } from '../../../design-system/dialog.tsx'
import { RadioGroup } from '../../../design-system/radio-group.tsx'
import { Banner } from '../../../design-system/states.tsx'
import { TextAreaField, TextField } from '../../../design-system/text-field.tsx'
import { toast } from '../../../design-system/toast.tsx'
import { formatDay } from '../../../i18n/format.ts'
import { useToday } from '../../../view-state/clock.ts'
import { isOffline } from '../../../view-state/desk.ts'
import { useRunCommand } from '../use-run-command.ts'

/** 보존 보류 걸기: what kind, on which law or order, why, and until when if that is known. */
export function HoldDialog({ view, onClose }: { view: CaseView; onClose: () => void }) {
  const { t } = useTranslation(['case', 'domain', 'common'])
  const today = useToday()
  const [kind, setKind] = useState<HoldKind | null>(null)
  const [basis, setBasis] = useState('')
  const [reason, setReason] = useState('')
  const [endsOn, setEndsOn] = useState('')
  const [tried, setTried] = useState(false)
  const { run, busy, trouble } = useRunCommand(view)

  const place = async (): Promise<void> => {
    setTried(true)
    if (busy || kind === null || basis.trim() === '' || reason.trim() === '') return
    const args = { kind, basis: basis.trim(), reason: reason.trim(), endsOn: endsOn === '' ? null : endsOn }
    if (!(await run({ caseId: view.case.id, intent: { name: 'case.hold', args } }))) return
    toast(t(isOffline() ? 'case:retention.holds.donePlacedOffline' : 'case:retention.holds.donePlaced'))
    onClose()
  }
  const missing = (text: string, words: string): string | null => (tried && text.trim() === '' ? words : null)
  const required = { required: true, requiredText: t('common:required') }
  return (
    <Dialog
      title={t('case:retention.holds.place')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void place()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('case:retention.holds.place')}
          </Button>
        </>
      }
    >
      <p>{t('case:retention.holds.placeText')}</p>
      <RadioGroup<HoldKind>
        label={t('case:retention.holds.kind')}
        choices={HOLD_KINDS.map((value) => ({ value, label: t(`domain:holdKind.${value}`) }))}
        value={kind}
        onChange={setKind}
        error={tried && kind === null ? t('case:retention.holds.kindMissing') : null}
      />
      <TextField
        {...required}
        label={t('case:retention.holds.basis')}
        hint={t('case:retention.holds.basisHint')}
        error={missing(basis, t('case:retention.holds.basisMissing'))}
        maxLength={200}
        value={basis}
        onChange={setBasis}
      />
      <TextAreaField
        {...required}
        label={t('case:move.reason')}
        hint={t('case:move.reasonHint')}
        error={missing(reason, t('case:move.reasonMissing'))}
        maxLength={400}
        value={reason}
        onChange={setReason}
      />
      <DateField
        label={t('case:retention.holds.endsOn')}
        hint={t('case:retention.holds.endsOnHint')}
        value={endsOn}
        onChange={setEndsOn}
        format={formatDay}
        today={today}
        unreadable={t('common:dayUnreadable')}
      />
      {trouble && <Banner tone="bad">{trouble.text}</Banner>}
    </Dialog>
  )
}
