import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseListRequest } from '#shared/ipc/contract.ts'
import { store } from '../../api/store.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { toast } from '../../design-system/toast.tsx'
import { formatCount } from '../../i18n/format.ts'

interface CopyListDialogProps {
  readonly request: CaseListRequest
  readonly total: number
  readonly onClose: () => void
}

const SHORTEST_PURPOSE = 2

/** Copies the list for a spreadsheet. Every copy that leaves the desk has a purpose, and is recorded with it. */
export function CopyListDialog({ request, total, onClose }: CopyListDialogProps) {
  const { t } = useTranslation(['caseList', 'common'])
  const { failureText } = useFailureText()
  const [purpose, setPurpose] = useState('')
  const [problem, setProblem] = useState<string | null>(null)
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)

  const copy = async (): Promise<void> => {
    if (busy) return
    if (purpose.trim().length < SHORTEST_PURPOSE) return setProblem(t('caseList:copyDialog.purposeMissing'))
    setBusy(true)
    const { filter, sort } = request
    const reply = await store.ask('case.copyList', { filter, sort, purpose })
    setBusy(false)
    if (!reply.ok) return setFailed(failureText(reply.error))
    window.desk.copyText(reply.value.text)
    toast(t('caseList:copyDialog.done', { n: formatCount(reply.value.rows) }))
    onClose()
  }

  return (
    <Dialog
      title={t('caseList:copyDialog.title')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void copy()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('caseList:copyDialog.submit')}
          </Button>
        </>
      }
    >
      <p>{t('caseList:copyDialog.text', { n: formatCount(total) })}</p>
      <TextField
        label={t('caseList:copyDialog.purpose')}
        hint={t('caseList:copyDialog.purposeHint')}
        error={problem}
        required
        requiredText={t('common:required')}
        maxLength={400}
        autoFocus
        value={purpose}
        onChange={(typed) => {
          setPurpose(typed)
          setProblem(null)
        }}
      />
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}
