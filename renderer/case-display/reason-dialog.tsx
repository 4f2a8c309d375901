import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, type ButtonKind } from '../design-system/button.tsx'
import { Dialog } from '../design-system/dialog.tsx'
import { Banner } from '../design-system/states.tsx'
import { TextField } from '../design-system/text-field.tsx'

interface ReasonDialogProps {
  readonly title: string
  /** What is asked for; `사유` when nothing else is said. */
  readonly label?: string
  readonly children: ReactNode
  readonly hint: string
  readonly missing: string
  readonly submit: string
  readonly submitKind?: ButtonKind
  /** The fewest letters that count as a reason. */
  readonly shortest?: number
  /** Does it; null when done, else what went wrong. The dialog stays then, with the reason as typed. */
  readonly onReason: (reason: string) => Promise<string | null>
  readonly onClose: () => void
}

/** Asks why, before something is done that the access log records with its reason. */
export function ReasonDialog(props: ReasonDialogProps) {
  const {
    title,
    label,
    children,
    hint,
    missing,
    submit,
    submitKind = 'primary',
    shortest = 2,
    onReason,
    onClose
  } = props
  const { t } = useTranslation('common')
  const [reason, setReason] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const send = async (): Promise<void> => {
    if (busy) return
    if (reason.trim().length < shortest) return setProblem(missing)
    setBusy(true)
    setFailed(await onReason(reason.trim()))
    setBusy(false)
  }

  return (
    <Dialog
      title={title}
      size="small"
      onClose={onClose}
      closeLabel={t('close')}
      onSubmit={() => void send()}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind={submitKind} type="submit" busy={busy}>
            {submit}
          </Button>
        </>
      }
    >
      <p>{children}</p>
      <TextField
        label={label ?? t('reason')}
        hint={hint}
        error={problem}
        required
        requiredText={t('required')}
        maxLength={400}
        value={reason}
        onChange={(typed) => {
          setReason(typed)
          setProblem(null)
        }}
      />
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}
