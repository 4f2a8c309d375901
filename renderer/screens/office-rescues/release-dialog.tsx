import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RescueEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { useWorkWords } from '../../i18n/use-work-words.ts'
import { useOfficeAct } from '../../office/use-office.ts'

interface ReleaseDialogProps {
  rescue: RescueEntry
  /** What of the same PC goes in with it. */
  together: readonly RescueEntry[]
  onClose: () => void
  onDone: () => void
}

/**
 * The work of a PC that was shut out goes in only when somebody has looked at where the PC was. Where pieces of documents
 * are still to come, it ends the waiting for them.
 */
export function ReleaseDialog({ rescue, together, onClose, onDone }: ReleaseDialogProps) {
  const { t } = useTranslation(['office', 'common'])
  const workWords = useWorkWords()
  const act = useOfficeAct()
  const [busy, setBusy] = useState(false)
  const { parkedFor } = rescue
  const isGivenUp = parkedFor === 'chunks'
  const release = async (): Promise<void> => {
    setBusy(true)
    const done = t(isGivenUp ? 'office:rescues.givenUp' : 'office:rescues.released')
    const reply = await act('office.releaseRescue', { rescueId: rescue.id }, done)
    setBusy(false)
    if (!reply.ok) return
    onDone()
    onClose()
  }
  const work = workWords({ commands: sumOf(together, 'commands'), documents: sumOf(together, 'documents') })
  return (
    <Dialog
      title={t(isGivenUp ? 'office:rescues.giveUpTitle' : 'office:rescues.releaseTitle', {
        name: rescue.deviceName,
        work
      })}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void release()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t(isGivenUp ? 'office:rescues.giveUp' : 'office:rescues.release')}
          </Button>
        </>
      }
    >
      <p>
        {isGivenUp || parkedFor === null
          ? t('office:rescues.giveUpText')
          : t(`office:rescues.releaseText.${parkedFor}`)}
      </p>
      <p>{t(isGivenUp ? 'office:rescues.giveUpCheck' : 'office:rescues.releaseCheck')}</p>
    </Dialog>
  )
}

const sumOf = (rescues: readonly RescueEntry[], key: 'commands' | 'documents'): number =>
  rescues.reduce((sum, rescue) => sum + rescue[key], 0)
