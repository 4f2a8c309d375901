import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { MOST_DOCUMENT_BYTES } from '#shared/domain/document/case-document.ts'
import { DOCUMENT_TITLES, type DocumentTitle } from '#shared/domain/document/document-titles.ts'
import { store } from '../../../api/store.ts'
import { useFailureText } from '../../../case-display/failure-text.ts'
import { Button } from '../../../design-system/button.tsx'
import { Dialog } from '../../../design-system/dialog.tsx'
import { Field } from '../../../design-system/field.tsx'
import { Select } from '../../../design-system/select.tsx'
import { Banner } from '../../../design-system/states.tsx'
import { toast } from '../../../design-system/toast.tsx'
import { formatBytes } from '../../../i18n/format.ts'
import { isOffline } from '../../../view-state/desk.ts'

interface AttachDialogProps {
  readonly caseId: string
  /** A file that was dropped on the tab; null: the person chooses one here. */
  readonly dropped: File | null
  readonly onClose: () => void
}

const ACCEPTED = '.pdf,.jpg,.jpeg,.png,.hwp,.hwpx'

/** 문서 붙이기: a file, and which paper it is. The file's own name is not kept. */
export function AttachDialog({ caseId, dropped, onClose }: AttachDialogProps) {
  const { t } = useTranslation(['case', 'domain', 'common'])
  const [file, setFile] = useState<File | null>(dropped)
  const [title, setTitle] = useState<DocumentTitle | ''>('')
  const [tried, setTried] = useState(false)
  const { attach, busy, failure } = useAttach(caseId)
  const noteId = useId()

  const submit = async (): Promise<void> => {
    setTried(true)
    if (busy || file === null || title === '') return
    if (!(await attach(file, title))) return
    toast(t(isOffline() ? 'case:documents.attachedOffline' : 'case:documents.attached'))
    onClose()
  }
  return (
    <Dialog
      title={t('case:documents.dialog.title')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('case:documents.dialog.submit')}
          </Button>
        </>
      }
    >
      <Field
        label={t('case:documents.dialog.file')}
        hint={
          file ? `${formatBytes(file.size)} · ${t('case:documents.dialog.fileHint')}` : t('case:documents.dropHere')
        }
        error={tried && file === null ? t('case:documents.dialog.fileMissing') : null}
        required
        requiredText={t('common:required')}
      >
        {(ids) =>
          dropped ? (
            <output {...ids} className="documents__dropped">
              {formatBytes(dropped.size)}
            </output>
          ) : (
            <input
              {...ids}
              type="file"
              className="documents__file"
              accept={ACCEPTED}
              onChange={(event) => setFile(event.target.files?.[0] ?? null)}
            />
          )
        }
      </Field>
      <Select<DocumentTitle>
        label={t('case:documents.dialog.paper')}
        choices={DOCUMENT_TITLES.map((value) => ({ value, label: t(`domain:documentTitle.${value}`) }))}
        value={title}
        onChange={setTitle}
        placeholder={t('common:choose')}
        error={tried && title === '' ? t('case:documents.dialog.paperMissing') : null}
        required
        requiredText={t('common:required')}
      />
      <p className="faint" id={noteId}>
        {t('case:documents.dialog.note')}
      </p>
      {failure && <Banner tone="bad">{failure}</Banner>}
    </Dialog>
  )
}

function useAttach(caseId: string) {
  const { t } = useTranslation('case')
  const { failureText, refusalText } = useFailureText()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const attach = async (file: File, title: DocumentTitle): Promise<boolean> => {
    if (file.size > MOST_DOCUMENT_BYTES) {
      setFailure(t('documents.problem.too_large'))
      return false
    }
    setBusy(true)
    const content = new Uint8Array(await file.arrayBuffer())
    const reply = await store.ask('document.attach', { caseId, title, content })
    setBusy(false)
    if (reply.ok) return true
    const { error } = reply
    if (error.type === 'FileNotTaken') setFailure(t(`documents.problem.${error.cause}`))
    else setFailure(error.type === 'Refused' ? refusalText(error.refusal) : failureText(error))
    return false
  }
  return { attach, busy, failure }
}
