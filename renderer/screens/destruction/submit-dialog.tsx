import { useTranslation } from 'react-i18next'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { useSubmission } from '../../design-system/use-submission.ts'
import { formatCount } from '../../i18n/format.ts'
import type { BatchDialogProps } from './batch-dialog.tsx'
import { Causes, Extent } from './batch-facts.tsx'
import { useAct } from './use-act.ts'

/** 검토 올림: shows once more what it is about. */
export function SubmitDialog({ batch, onClose }: BatchDialogProps) {
  const { t } = useTranslation(['destruction', 'common'])
  const act = useAct(batch.id)
  const { busy, failed, submit } = useSubmission(onClose)
  const send = (): Promise<void> =>
    submit(() => act({ name: 'batch.submit', args: {} }, t('destruction:submitDialog.done')))
  return (
    <Dialog
      title={t('destruction:submitDialog.title')}
      size="small"
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void send()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('destruction:submitDialog.submit')}
          </Button>
        </>
      }
    >
      <p>{t('destruction:submitDialog.text', { n: formatCount(batch.toDestroy) })}</p>
      <p>
        <Extent batch={batch} /> · <Causes batch={batch} />
      </p>
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}
