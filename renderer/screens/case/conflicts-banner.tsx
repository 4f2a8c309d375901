import { useTranslation } from 'react-i18next'
import type { CaseView } from '#shared/ipc/views.ts'
import { TextButton } from '../../design-system/button.tsx'
import { Banner } from '../../design-system/states.tsx'
import { goTo } from '../../view-state/navigation.ts'

/** The fields of the case of which two values wait for a choice, each with the way to it. */
export function ConflictsBanner({ view }: { view: CaseView }) {
  const { t } = useTranslation(['case', 'domain'])
  if (view.conflicts.length === 0) return null
  return (
    <Banner tone="warn" icon="conflict">
      {t('case:conflict.banner')}{' '}
      {view.conflicts.map(({ conflictId, field }) => (
        <span key={conflictId} className="case-conflict">
          <TextButton onClick={() => goTo({ screen: 'conflicts', conflictId })}>
            {t('case:conflict.decide', { field: t(`domain:field.${field}`) })}
          </TextButton>
        </span>
      ))}
    </Banner>
  )
}
