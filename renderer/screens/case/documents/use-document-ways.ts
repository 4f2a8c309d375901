import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FILE_ENDINGS } from '#shared/domain/document/media-type.ts'
import type { DocumentItem } from '#shared/ipc/document-views.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { store } from '../../../api/store.ts'
import { useFailureText } from '../../../case-display/failure-text.ts'
import { toast } from '../../../design-system/toast.tsx'

/** What can be done with a document. Each says how it ended. */
export interface DocumentWays {
  /** The document that is being fetched. */
  readonly coming: string | null
  readonly fetch: (item: DocumentItem) => Promise<void>
  /** null: saved, or the person left the dialog. */
  readonly save: (item: DocumentItem, purpose: string) => Promise<string | null>
  /** null: done. */
  readonly detach: (item: DocumentItem, reason: string) => Promise<string | null>
  readonly cancel: (item: DocumentItem) => Promise<void>
  readonly retry: (item: DocumentItem) => Promise<void>
}

export function useDocumentWays({ case: { id: caseId, applicationNo } }: CaseView): DocumentWays {
  const { t } = useTranslation(['case', 'domain'])
  const { failureText, refusalText } = useFailureText()
  const [coming, setComing] = useState<string | null>(null)
  const placeOf = ({ documentId }: DocumentItem) => ({ caseId, documentId })
  return {
    coming,
    fetch: async (item) => {
      setComing(item.documentId)
      const reply = await store.ask('document.fetch', placeOf(item))
      setComing(null)
      if (!reply.ok) toast(failureText(reply.error), 'bad')
    },
    save: async (item, purpose) => {
      const reply = await store.ask('document.content', { ...placeOf(item), purpose })
      if (!reply.ok) return failureText(reply.error)
      const title = t(`domain:documentTitle.${item.title}`)
      const name = `${title} ${applicationNo}.${FILE_ENDINGS[item.mediaType]}`.replaceAll(/[^\p{L}\p{N} ._-]/gu, '')
      const outcome = await window.desk.saveFile({ name, content: reply.value.content })
      if (outcome === 'failed') return t('case:documents.saveFailed')
      if (outcome === 'saved') toast(t('case:documents.saved'))
      return null
    },
    detach: async (item, reason) => {
      const { documentId } = item
      const intent = { name: 'case.detach', args: { documentId, reason } } as const
      const reply = await store.ask('command.run', { caseId, base: {}, intent, draftId: null })
      if (reply.ok) {
        toast(t('case:documents.detached'))
        return null
      }
      return reply.error.type === 'Refused' ? refusalText(reply.error.refusal) : failureText(reply.error)
    },
    cancel: async (item) => {
      const reply = await store.ask('document.cancel', placeOf(item))
      if (reply.ok) toast(t('case:documents.cancelled'))
      else toast(failureText(reply.error), 'bad')
    },
    retry: async (item) => {
      const reply = await store.ask('document.retry', placeOf(item))
      if (!reply.ok) toast(failureText(reply.error), 'bad')
    }
  }
}
