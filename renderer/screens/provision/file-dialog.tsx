import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProvisionFile } from '#shared/ipc/provision-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatCount } from '../../i18n/format.ts'
import { useRunAct } from './use-run-act.ts'

/** The number, the password that is shown this once, and where the file is to go. */
export function FileDialog({ file, onClose }: { file: ProvisionFile; onClose: () => void }) {
  const { t } = useTranslation(['provision', 'common'])
  const act = useRunAct(file.runId)
  const [isSaved, setIsSaved] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { number, persons, name, content, sha256, password } = file
  const save = async (): Promise<void> => {
    if (busy) return
    if (isSaved) return onClose()
    setBusy(true)
    const outcome = await window.desk.saveFile({ name, content })
    if (outcome === 'failed') setFailed(t('provision:fileDialog.saveFailed'))
    if (outcome === 'saved') {
      const args = { sha256, bytes: content.length }
      const text = await act({ name: 'provision.written', args }, t('provision:fileDialog.saved'))
      setFailed(text)
      setIsSaved(text === null)
    }
    setBusy(false)
  }
  return (
    <Dialog
      title={t('provision:fileDialog.title', { number })}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void save()}
      actions={
        <Button kind="primary" type="submit" busy={busy}>
          {t(isSaved ? 'common:close' : 'provision:fileDialog.save')}
        </Button>
      }
    >
      <p>{t('provision:fileDialog.text', { n: formatCount(persons) })}</p>
      <output className="provision-password" aria-label={t('provision:fileDialog.password')}>
        {password}
      </output>
      <Banner tone="warn">{t('provision:fileDialog.once')}</Banner>
      {isSaved && <Banner tone="info">{t('provision:fileDialog.next')}</Banner>}
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}
