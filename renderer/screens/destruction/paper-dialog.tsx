import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { GivePaperDialog } from '../../papers/give-paper-dialog.tsx'
import type { BatchDialogProps } from './batch-dialog.tsx'
import { Paper } from './paper.tsx'

/** 파기 요청서, as it was made, and the way to have it as a file. */
export function PaperDialog({ batch, onClose }: BatchDialogProps) {
  const { t } = useTranslation(['destruction', 'papers', 'common'])
  const [giving, setGiving] = useState(false)
  if (giving) return <GivePaperDialog paper={{ kind: 'destruction_request', batchId: batch.id }} onClose={onClose} />
  return (
    <Dialog
      title={t('destruction:paper.title')}
      size="large"
      onClose={onClose}
      closeLabel={t('common:close')}
      actions={
        <>
          <Button onClick={onClose}>{t('common:close')}</Button>
          <Button kind="primary" onClick={() => setGiving(true)}>
            {t('papers:give.submit')}
          </Button>
        </>
      }
    >
      <Paper batchId={batch.id} request={null} />
    </Dialog>
  )
}
