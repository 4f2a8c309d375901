import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { IssuedCode } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { toast } from '../../design-system/toast.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { useOfficeAct } from '../../office/use-office.ts'
import './issue-code.css'

interface IssueCodeDialogProps {
  onClose: () => void
  onIssued?: () => void
}

/** An enrolment code for one PC: asked for, then shown once. */
export function IssueCodeDialog({ onClose, onIssued }: IssueCodeDialogProps) {
  const { t } = useTranslation(['office', 'common'])
  const act = useOfficeAct()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const [issued, setIssued] = useState<IssuedCode | null>(null)
  const issue = async (): Promise<void> => {
    if (busy) return
    setBusy(true)
    const reply = await act('office.issueCode', { note: note.trim() })
    setBusy(false)
    if (!reply.ok) return
    setIssued(reply.value)
    onIssued?.()
  }
  if (issued) return <IssuedCodeDialog issued={issued} onClose={onClose} />
  return (
    <Dialog
      title={t('office:codes.issue')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void issue()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('office:codes.issueNow')}
          </Button>
        </>
      }
    >
      <p>{t('office:codes.about')}</p>
      <TextField
        label={t('office:codes.note')}
        hint={t('office:codes.noteHint')}
        value={note}
        onChange={setNote}
        maxLength={60}
      />
    </Dialog>
  )
}

function IssuedCodeDialog({ issued, onClose }: { issued: IssuedCode; onClose: () => void }) {
  const { t } = useTranslation(['office', 'common'])
  const copy = (): void => {
    window.desk.copyText(issued.code)
    toast(t('office:codes.copied'))
  }
  return (
    <Dialog
      title={issued.note ? t('office:codes.issuedFor', { note: issued.note }) : t('office:codes.issuedTitle')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={onClose}
      actions={
        <>
          <Button icon="copy" onClick={copy}>
            {t('office:codes.copy')}
          </Button>
          <Button kind="primary" type="submit">
            {t('office:codes.noted')}
          </Button>
        </>
      }
    >
      <p className="issued-code" data-code={issued.code}>
        {issued.code}
      </p>
      <Banner tone="warn" icon="clock">
        {t('office:codes.once', { until: formatInstant(issued.expiresAt) })}
      </Banner>
      <p className="faint">{t('office:codes.how')}</p>
    </Dialog>
  )
}
