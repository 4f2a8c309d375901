import { type DragEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DocumentItem } from '#shared/ipc/document-views.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { touchesCase, useAsked } from '../../../api/use-asked.ts'
import { useFailureText } from '../../../case-display/failure-text.ts'
import { ReasonDialog } from '../../../case-display/reason-dialog.tsx'
import { Button } from '../../../design-system/button.tsx'
import { Card } from '../../../design-system/card.tsx'
import { Banner, EmptyState, Skeleton } from '../../../design-system/states.tsx'
import { useAccount } from '../../../view-state/desk.ts'
import { useKeys } from '../../../view-state/keymap.ts'
import { AttachDialog } from './attach-dialog.tsx'
import './documents.css'
import { DocumentsTable } from './documents-table.tsx'
import { useDocumentWays } from './use-document-ways.ts'

/** What is asked before something is done with a document. */
export type Asking = { readonly what: 'save' | 'detach'; readonly item: DocumentItem }

/** 문서: the papers of a case, those on their way included. Files are attached by the button, by its key, or dropped. */
export function DocumentsTab({ view }: { view: CaseView }) {
  const { t } = useTranslation(['case', 'common'])
  const { failureText } = useFailureText()
  const caseId = view.case.id
  const { value: items, failure } = useAsked('document.list', { caseId }, { again: touchesCase(caseId) })
  const mayChange = useAccount()?.role === 'caseworker'
  const [attaching, setAttaching] = useState<{ readonly file: File | null } | null>(null)
  const [asking, setAsking] = useState<Asking | null>(null)
  const ways = useDocumentWays(view)
  const { isOver, ...dropping } = useDropping((file) => setAttaching({ file }), mayChange)
  const attach = (): void => setAttaching({ file: null })
  useKeys('here', mayChange ? [{ keys: 'D', label: t('case:keys.attach'), hint: true, run: attach }] : [])

  return (
    <div className={isOver ? 'case-tab scroll documents documents--over' : 'case-tab scroll documents'} {...dropping}>
      <Card
        title={t('case:documents.title')}
        note={mayChange && t('case:documents.dropHere')}
        actions={
          mayChange && (
            <Button size="small" icon="plus" kbd="D" onClick={attach}>
              {t('case:documents.attach')}
            </Button>
          )
        }
      >
        {failure && failure.type !== 'Locked' && <Banner tone="bad">{failureText(failure)}</Banner>}
        {!items && !failure && <Skeleton lines={3} label={t('common:loading')} />}
        {items?.length === 0 && <EmptyState icon="list" title={t('case:documents.empty')} />}
        {items && items.length > 0 && <DocumentsTable {...{ items, ways, mayChange }} onAsk={setAsking} />}
      </Card>
      {attaching && <AttachDialog caseId={caseId} dropped={attaching.file} onClose={() => setAttaching(null)} />}
      {asking && <AskDialog asking={asking} ways={ways} onClose={() => setAsking(null)} />}
    </div>
  )
}

function AskDialog({
  asking: { what, item },
  ways,
  onClose
}: {
  asking: Asking
  ways: ReturnType<typeof useDocumentWays>
  onClose: () => void
}) {
  const { t } = useTranslation(['case', 'domain'])
  const title = t(`domain:documentTitle.${item.title}`)
  const onReason = async (reason: string): Promise<string | null> => {
    const failure = await ways[what](item, reason)
    if (failure === null) onClose()
    return failure
  }
  const isSave = what === 'save'
  return (
    <ReasonDialog
      title={t(isSave ? 'case:documents.saveDialog.title' : 'case:documents.detachDialog.title')}
      {...(isSave && { label: t('case:documents.saveDialog.purpose') })}
      hint={t(isSave ? 'case:documents.saveDialog.hint' : 'case:unmask.reasonHint')}
      missing={t(isSave ? 'case:documents.saveDialog.missing' : 'case:unmask.reasonMissing')}
      submit={t(isSave ? 'case:documents.save' : 'case:documents.detach')}
      onReason={onReason}
      onClose={onClose}
    >
      {t(isSave ? 'case:documents.saveDialog.text' : 'case:documents.detachDialog.text', { title })}
    </ReasonDialog>
  )
}

/** Takes the first of the files that are dropped: each needs its own title. */
function useDropping(onFile: (file: File) => void, isAllowed: boolean) {
  const [isOver, setIsOver] = useState(false)
  const hasFiles = (event: DragEvent): boolean => isAllowed && event.dataTransfer.types.includes('Files')
  return {
    isOver,
    onDragOver: (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setIsOver(true)
    },
    onDragLeave: (): void => setIsOver(false),
    onDrop: (event: DragEvent): void => {
      if (!hasFiles(event)) return
      event.preventDefault()
      setIsOver(false)
      const [file] = event.dataTransfer.files
      if (file) onFile(file)
    }
  }
}
