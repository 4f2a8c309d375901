import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeviceEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import type { IconName } from '../../design-system/icons.tsx'

export interface DeviceDialogProps {
  device: DeviceEntry
  onClose: () => void
  onDone: () => void
}

interface DeviceActDialogProps extends Omit<DeviceDialogProps, 'device'> {
  title: string
  button: { kind: 'warn' | 'destroy'; icon: IconName; words: string }
  /** Null: something has to be put right first. */
  act: () => Promise<{ ok: boolean }> | null
  children: ReactNode
}

/** Something that is done to a PC is asked first; the dialog stays until the centre has taken it. */
export function DeviceActDialog({ title, button, act, onClose, onDone, children }: DeviceActDialogProps) {
  const { t } = useTranslation('common')
  const [busy, setBusy] = useState(false)
  const submit = async (): Promise<void> => {
    const acting = busy ? null : act()
    if (acting === null) return
    setBusy(true)
    const reply = await acting
    setBusy(false)
    if (!reply.ok) return
    onDone()
    onClose()
  }
  return (
    <Dialog
      title={title}
      size="large"
      onClose={onClose}
      closeLabel={t('close')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button kind={button.kind} type="submit" icon={button.icon} busy={busy}>
            {button.words}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
