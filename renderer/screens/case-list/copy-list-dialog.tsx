import { useTranslation } from 'react-i18next'
import type { CaseListRequest } from '#shared/ipc/contract.ts'
import { store } from '../../api/store.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { toast } from '../../design-system/toast.tsx'
import { formatCount } from '../../i18n/format.ts'

interface CopyListDialogProps {
  readonly request: CaseListRequest
  readonly total: number
  readonly onClose: () => void
}

/** Copies the list for a spreadsheet. Every copy that leaves the desk has a purpose, and is recorded with it. */
export function CopyListDialog({ request, total, onClose }: CopyListDialogProps) {
  const { t } = useTranslation('caseList')
  const { failureText } = useFailureText()

  const copy = async (purpose: string): Promise<string | null> => {
    const { filter, sort } = request
    const reply = await store.ask('case.copyList', { filter, sort, purpose })
    if (!reply.ok) return failureText(reply.error)
    window.desk.copyText(reply.value.text)
    toast(t('copyDialog.done', { n: formatCount(reply.value.rows) }))
    onClose()
    return null
  }

  return (
    <ReasonDialog
      title={t('copyDialog.title')}
      label={t('copyDialog.purpose')}
      hint={t('copyDialog.purposeHint')}
      missing={t('copyDialog.purposeMissing')}
      submit={t('copyDialog.submit')}
      onReason={copy}
      onClose={onClose}
    >
      {t('copyDialog.text', { n: formatCount(total) })}
    </ReasonDialog>
  )
}
