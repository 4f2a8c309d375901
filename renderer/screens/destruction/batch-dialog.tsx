import { useTranslation } from 'react-i18next'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { BatchView } from '#shared/ipc/destruction-views.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { formatCount } from '../../i18n/format.ts'
import { GivePaperDialog } from '../../papers/give-paper-dialog.tsx'
import { ApproveDialog } from './approve-dialog.tsx'
import type { BatchAct } from './batch-screen.tsx'
import { PaperDialog } from './paper-dialog.tsx'
import { RequestDialog } from './request-dialog.tsx'
import { SelectDialog } from './select-dialog.tsx'
import { SubmitDialog } from './submit-dialog.tsx'
import { useAct } from './use-act.ts'

export interface BatchDialogProps {
  batch: BatchView
  onClose: () => void
}

/** What a button of the batch opens. */
export function BatchDialog({ act, ...props }: BatchDialogProps & { act: BatchAct }) {
  switch (act) {
    case 'select':
      return <SelectDialog {...props} />
    case 'submit':
      return <SubmitDialog {...props} />
    case 'request':
      return <RequestDialog {...props} />
    case 'approve':
      return <ApproveDialog {...props} />
    case 'paper':
      return <PaperDialog {...props} />
    case 'certificate':
      return (
        <GivePaperDialog paper={{ kind: 'destruction_certificate', batchId: props.batch.id }} onClose={props.onClose} />
      )
    case 'finish_review':
      return <FinishReviewDialog {...props} />
    case 'return':
      return <ReturnDialog {...props} />
    case 'abort':
      return <AbortDialog {...props} />
    default:
      return assertNever(act)
  }
}

function FinishReviewDialog({ batch, onClose }: BatchDialogProps) {
  const { t } = useTranslation('destruction')
  const act = useAct(batch.id)
  const finish = async (reason: string): Promise<string | null> => {
    const failed = await act({ name: 'batch.finish_review', args: { reason } }, t('reviewDialog.done'))
    if (failed === null) onClose()
    return failed
  }
  return (
    <ReasonDialog
      title={t('reviewDialog.title')}
      label={t('reviewDialog.label')}
      hint={t('reviewDialog.hint')}
      missing={t('reviewDialog.missing')}
      submit={t('reviewDialog.submit')}
      onReason={finish}
      onClose={onClose}
    >
      {t('reviewDialog.text', { n: formatCount(batch.toDestroy) })}
    </ReasonDialog>
  )
}

function ReturnDialog({ batch, onClose }: BatchDialogProps) {
  const { t } = useTranslation('destruction')
  const act = useAct(batch.id)
  const giveBack = async (reason: string): Promise<string | null> => {
    const failed = await act({ name: 'batch.return', args: { reason } }, t('returnDialog.done'))
    if (failed === null) onClose()
    return failed
  }
  return (
    <ReasonDialog
      title={t('returnDialog.title')}
      hint={t('reasonHint')}
      missing={t('reasonMissing')}
      submit={t('returnDialog.submit')}
      onReason={giveBack}
      onClose={onClose}
    >
      {t('returnDialog.text')}
    </ReasonDialog>
  )
}

function AbortDialog({ batch, onClose }: BatchDialogProps) {
  const { t } = useTranslation('destruction')
  const act = useAct(batch.id)
  const abort = async (reason: string): Promise<string | null> => {
    const failed = await act({ name: 'batch.abort', args: { reason } }, t('abortDialog.done'))
    if (failed === null) onClose()
    return failed
  }
  return (
    <ReasonDialog
      title={t('abortDialog.title')}
      hint={t('reasonHint')}
      missing={t('reasonMissing')}
      submit={t('abortDialog.submit')}
      submitKind="danger"
      onReason={abort}
      onClose={onClose}
    >
      {t('abortDialog.text')}
    </ReasonDialog>
  )
}
