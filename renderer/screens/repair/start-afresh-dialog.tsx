import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { store } from '../../api/store.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatCount } from '../../i18n/format.ts'
import { showSession } from '../../view-state/desk.ts'
import './repair-screen.css'

interface StartAfreshProps {
  readonly rescuable: number
  /**
   * `copied`: the file opens, but was set back or copied. `shut_out`: its use was stopped. Both PCs come in again as new
   * ones.
   */
  readonly why?: 'broken' | 'copied' | 'shut_out'
  /** What was not sent is at the centre already. */
  readonly isHandedOver?: boolean
  readonly onClose: () => void
}

/** Says what happens before it happens. */
export function StartAfreshDialog(props: StartAfreshProps) {
  const { rescuable, why = 'broken', isHandedOver = false, onClose } = props
  const { t } = useTranslation(['repair', 'common'])
  const { failureText } = useFailureText()
  const rescue = rescuable === 0 ? 'noRescue' : isHandedOver ? 'isRescued' : 'rescue'
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const startAfresh = async (): Promise<void> => {
    setBusy(true)
    setFailure(null)
    const reply = await store.ask('store.startAfresh', {})
    setBusy(false)
    if (!reply.ok) return setFailure(failureText(reply.error))
    onClose()
    showSession(reply.value)
  }
  return (
    <Dialog
      title={t('repair:startAfresh.title')}
      closeLabel={t('common:close')}
      onClose={onClose}
      onSubmit={() => void startAfresh()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('repair:startAfresh.confirm')}
          </Button>
        </>
      }
    >
      {failure && (
        <Banner tone="bad" icon="warning">
          {failure}
        </Banner>
      )}
      <ol className="repair__steps">
        <li>{t(why === 'copied' ? 'repair:startAfresh.setAsideCopied' : 'repair:startAfresh.setAside')}</li>
        <li>{t(`repair:startAfresh.${rescue}`, { n: formatCount(rescuable) })}</li>
        <li>{t(why === 'broken' ? 'repair:startAfresh.signIn' : 'repair:startAfresh.signInAsNew')}</li>
        <li>{t('repair:startAfresh.receive')}</li>
      </ol>
      <p className="faint">{t('repair:startAfresh.drafts')}</p>
    </Dialog>
  )
}
