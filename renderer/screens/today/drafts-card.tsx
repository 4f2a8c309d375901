import { useTranslation } from 'react-i18next'
import type { DraftSummary } from '#shared/ipc/views.ts'
import { Button } from '../../design-system/button.tsx'
import { Card, CardLine } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { goTo } from '../../view-state/navigation.ts'

/** What was begun and not finished, also when the program was cut off. */
export function DraftsCard({ drafts }: { drafts: readonly DraftSummary[] }) {
  const { t } = useTranslation('today')
  return (
    <Card title={t('drafts.title')}>
      {drafts.length === 0 && (
        <CardLine>
          <span className="faint">{t('drafts.empty')}</span>
        </CardLine>
      )}
      {drafts.map((draft) => (
        <CardLine
          key={draft.id}
          aside={
            <Button size="small" onClick={() => openDraft(draft)}>
              {t('drafts.open')}
            </Button>
          }
        >
          <b>{draft.title || t('drafts.untitled')}</b>
          {draft.kind === 'correction' && <Pill>{t('drafts.correction')}</Pill>}
          <span className="faint">{t('drafts.saved', { at: formatInstant(draft.updatedAt) })}</span>
        </CardLine>
      ))}
    </Card>
  )
}

const openDraft = ({ id, caseId }: DraftSummary): void =>
  goTo(caseId === null ? { screen: 'intake', draftId: id } : { screen: 'case', caseId })
