import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { openReasonSchema } from '#shared/domain/administration/restore-gate.ts'
import type { RestoreGate } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextAreaField } from '../../design-system/text-field.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useOfficeAct } from '../../office/use-office.ts'
import { gateProgress } from './gate-progress.ts'

interface OpenGateDialogProps {
  gate: RestoreGate
  onClose: () => void
  onDone: () => void
}

/** Opening before all PCs have reported is answered for with a reason. */
export function OpenGateDialog({ gate, onClose, onDone }: OpenGateDialogProps) {
  const { t } = useTranslation(['office', 'common'])
  const act = useOfficeAct()
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const { done, of } = gateProgress(gate)
  const isGiven = openReasonSchema.safeParse(reason).success
  const open = async (): Promise<void> => {
    setTried(true)
    if (!isGiven || busy) return
    setBusy(true)
    const reply = await act('office.openGate', { reason }, t('office:gate.opened'))
    setBusy(false)
    if (!reply.ok) return
    onDone()
    onClose()
  }
  return (
    <Dialog
      title={t('office:gate.openTitle')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void open()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="destroy" type="submit" busy={busy}>
            {t('office:gate.openAnyway')}
          </Button>
        </>
      }
    >
      <Banner tone="bad" icon="warning">
        {t('office:gate.openWarning', { n: formatCount(of - done) })}
      </Banner>
      <p>{t('office:gate.openLate')}</p>
      <TextAreaField
        label={t('common:reason')}
        hint={t('common:reasonHint')}
        error={tried && !isGiven && t('office:gate.reasonMissing')}
        required
        requiredText={t('common:required')}
        value={reason}
        onChange={setReason}
        maxLength={400}
      />
    </Dialog>
  )
}
