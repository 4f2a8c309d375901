import { useTranslation } from 'react-i18next'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import type { BatchDialogProps } from './batch-dialog.tsx'
import { Paper } from './paper.tsx'

/** 파기 요청서, as it was made. */
export function PaperDialog({ batch, onClose }: BatchDialogProps) {
  const { t } = useTranslation(['destruction', 'common'])
  return (
    <Dialog
      title={t('destruction:paper.title')}
      size="large"
      onClose={onClose}
      closeLabel={t('common:close')}
      actions={<Button onClick={onClose}>{t('common:close')}</Button>}
    >
      <Paper batchId={batch.id} request={null} />
    </Dialog>
  )
}
