import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftSummary } from '#shared/ipc/views.ts'
import { store } from '../../api/store.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { CardLine } from '../../design-system/card.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { EmptyState } from '../../design-system/states.tsx'
import { toast } from '../../design-system/toast.tsx'
import { formatInstant } from '../../i18n/format.ts'

interface DraftsDialogProps {
  drafts: readonly DraftSummary[]
  onOpen: (id: string) => void
  onChanged: () => void
  onClose: () => void
}

/** Intakes begun and put aside. */
export function DraftsDialog({ drafts, onOpen, onChanged, onClose }: DraftsDialogProps) {
  const { t } = useTranslation(['intake', 'common'])
  return (
    <Dialog title={t('intake:drafts.title')} onClose={onClose} closeLabel={t('common:close')}>
      {drafts.length === 0 && <EmptyState icon="intake" title={t('intake:drafts.none')} />}
      {drafts.length > 0 && (
        <ul>
          {drafts.map((draft) => (
            <li key={draft.id}>
              <DraftLine draft={draft} onOpen={() => onOpen(draft.id)} onChanged={onChanged} />
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}

interface DraftLineProps {
  draft: DraftSummary
  onOpen: () => void
  onChanged: () => void
}

/** Giving up asks once more on the spot: the second press does it. */
function DraftLine({ draft, onOpen, onChanged }: DraftLineProps) {
  const { t } = useTranslation('intake')
  const { failureText } = useFailureText()
  const [asking, setAsking] = useState(false)
  const discard = async (): Promise<void> => {
    const reply = await store.ask('draft.discard', { id: draft.id })
    if (!reply.ok) return toast(failureText(reply.error), 'bad')
    onChanged()
  }
  return (
    <CardLine
      aside={
        <span className="bar">
          <Button size="small" kind="danger" onClick={() => (asking ? void discard() : setAsking(true))}>
            {asking ? t('drafts.discardReally') : t('drafts.discard')}
          </Button>
          <Button size="small" kind="primary" onClick={onOpen}>
            {t('drafts.open')}
          </Button>
        </span>
      }
    >
      <strong>{draft.title || t('drafts.unnamed')}</strong>
      <span className="faint">{formatInstant(draft.updatedAt)}</span>
    </CardLine>
  )
}
