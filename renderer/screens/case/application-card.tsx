import { useTranslation } from 'react-i18next'
import type { CaseView } from '#shared/ipc/views.ts'
import { useOfficialName } from '../../case-display/official-name.ts'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { Button } from '../../design-system/button.tsx'
import { Card, Facts } from '../../design-system/card.tsx'
import { formatDay } from '../../i18n/format.ts'
import { CaseFact } from './case-fact.tsx'

/** 신청 내용: what was applied for, when, and who has it in hand. */
export function ApplicationCard({ view, onEdit }: { view: CaseView; onEdit: () => void }) {
  const { t } = useTranslation(['case', 'domain'])
  const { dongName } = usePlaceNames()
  const officialName = useOfficialName()
  const { service, appliedOn, dongCode, assigneeId } = view.case
  return (
    <Card
      title={t('case:application.title')}
      actions={
        <Button size="small" onClick={onEdit}>
          {t('case:edit')}
        </Button>
      }
    >
      <Facts columns={2}>
        <CaseFact view={view} field="service">
          {t(`domain:service.${service}`)}
        </CaseFact>
        <CaseFact view={view} field="appliedOn">
          {formatDay(appliedOn)}
        </CaseFact>
        <CaseFact view={view} field="dongCode">
          {dongName(dongCode)}
        </CaseFact>
        <CaseFact view={view} field="assigneeId">
          {assigneeId && officialName(assigneeId)}
        </CaseFact>
      </Facts>
    </Card>
  )
}
