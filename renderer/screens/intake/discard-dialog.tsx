import { useTranslation } from 'react-i18next'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { toast } from '../../design-system/toast.tsx'
import type { IntakeContext } from './intake-state.ts'
import { discardIntake } from './open-intake.ts'

/** Giving up what was typed asks first. */
export function DiscardDialog({ context, onClose }: { context: IntakeContext; onClose: () => void }) {
  const { t } = useTranslation(['intake', 'common'])
  const discard = async (): Promise<void> => {
    onClose()
    const discarded = await discardIntake(context)
    toast(t(discarded ? 'intake:discard.done' : 'intake:discard.failed'), discarded ? 'ok' : 'bad')
  }
  return (
    <Dialog
      title={t('intake:discard.title')}
      size="small"
      onClose={onClose}
      closeLabel={t('common:close')}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="danger" onClick={() => void discard()}>
            {t('intake:discard.confirm')}
          </Button>
        </>
      }
    >
      <p>{t('intake:discard.text')}</p>
    </Dialog>
  )
}
