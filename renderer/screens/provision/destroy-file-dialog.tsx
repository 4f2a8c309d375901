import { useTranslation } from 'react-i18next'
import type { ProvisionSummary } from '#shared/ipc/provision-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { useSubmission } from '../../design-system/use-submission.ts'
import { useRunAct } from './use-run-act.ts'

/** The officer says that no copy of the file is left in the office; the program does not know where it was taken. */
export function DestroyFileDialog({ run, onClose }: { run: ProvisionSummary; onClose: () => void }) {
  const { t } = useTranslation(['provision', 'common'])
  const act = useRunAct(run.id)
  const { busy, failed, submit } = useSubmission(onClose)
  const send = (): Promise<void> =>
    submit(() => act({ name: 'provision.destroy_file', args: {} }, t('provision:destroyDialog.done')))
  return (
    <Dialog
      title={t('provision:destroyDialog.title')}
      size="small"
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void send()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="danger" type="submit" busy={busy}>
            {t('provision:destroyDialog.submit')}
          </Button>
        </>
      }
    >
      <p>{t('provision:destroyDialog.text', { number: run.number })}</p>
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}
