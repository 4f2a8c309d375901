import { useTranslation } from 'react-i18next'
import { assertNever } from '#shared/foundation/assert-never.ts'
import type { DocumentItem } from '#shared/ipc/document-views.ts'
import { useFailureText } from '../../../case-display/failure-text.ts'
import { Pill } from '../../../design-system/pill.tsx'
import { formatBytes } from '../../../i18n/format.ts'
import { useDesk } from '../../../view-state/desk.ts'

/** Where a document is, with how much of it is there. */
export function DocumentStatePill({ item, isComing }: { item: DocumentItem; isComing: boolean }) {
  const { t } = useTranslation('case')
  const { refusalText } = useFailureText()
  const isOffline = useDesk(({ sync }) => sync?.state === 'offline')
  const sizes = { done: formatBytes(item.doneBytes), of: formatBytes(item.bytes) }
  switch (item.state) {
    case 'waiting':
      return <Pill tone="warn">{t(isOffline ? 'documents.waitingOffline' : 'documents.state.waiting', sizes)}</Pill>
    case 'sent':
      return <Pill tone="warn">{t('documents.state.sent')}</Pill>
    case 'refused':
      return (
        <>
          <Pill tone="bad">{t('documents.state.refused')}</Pill>
          {item.refusal && <span className="documents__cause">{refusalText(item.refusal)}</span>}
        </>
      )
    case 'here':
      return <Pill tone="ok">{t('documents.state.here')}</Pill>
    case 'away':
      return <Pill>{t(isComing ? 'documents.state.coming' : 'documents.state.away', sizes)}</Pill>
    default:
      return assertNever(item.state)
  }
}
