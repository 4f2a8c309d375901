import type { TFunction } from 'i18next'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseState } from '#shared/domain/case/case-state.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { touchesCase, useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { ErrorState, Skeleton } from '../../design-system/states.tsx'
import { type Tab, Tabs } from '../../design-system/tabs.tsx'
import { useKeys } from '../../view-state/keymap.ts'
import { goBack, goTo, useNavigation } from '../../view-state/navigation.ts'
import { ApplicationTab } from './application-tab.tsx'
import './case.css'
import { CaseHead } from './case-head.tsx'
import { usualNext } from './case-steps.ts'
import { ConflictsBanner } from './conflicts-banner.tsx'
import { ConsentsTab } from './consents/consents-tab.tsx'
import type { CorrectionBlock, UnfinishedCorrection } from './correction-body.ts'
import { useUnfinishedCorrection } from './correction-draft.ts'
import { DocumentsTab } from './documents/documents-tab.tsx'
import { FamilyTab } from './family-tab.tsx'
import { HistoryTab } from './history-tab.tsx'
import { MoveCaseDialog } from './move-case-dialog.tsx'
import { RetentionTab } from './retention/retention-tab.tsx'

/** 사례: one case with everything that may be done to it. */
export function CaseScreen() {
  const caseId = useNavigation(({ place }) => (place.screen === 'case' ? place.caseId : null))
  return caseId === null ? null : <CaseById key={caseId} caseId={caseId} />
}

function CaseById({ caseId }: { caseId: string }) {
  const { t } = useTranslation(['case', 'common'])
  const { failureText } = useFailureText()
  const { value, failure, reload } = useAsked('case.open', { caseId }, { again: touchesCase(caseId) })
  if (value) return <OpenCase view={value} />
  if (!failure || failure.type === 'Locked') return <Skeleton lines={8} label={t('common:loading')} />
  const action =
    failure.type === 'CaseNotFound' ? (
      <Button onClick={() => goTo({ screen: 'caseList' })}>{t('case:toList')}</Button>
    ) : (
      <Button onClick={reload}>{t('common:retry')}</Button>
    )
  return (
    <ErrorState title={t('case:failed')} action={action}>
      {failureText(failure)}
    </ErrorState>
  )
}

type CaseTab = 'application' | 'family' | 'consents' | 'documents' | 'retention' | 'history'

const TAB_OF: Readonly<Record<CorrectionBlock, CaseTab>> = {
  applicant: 'application',
  application: 'application',
  children: 'family',
  helpers: 'family',
  household: 'family',
  move: 'application'
}

function OpenCase({ view }: { view: CaseView }) {
  const { t } = useTranslation('case')
  const [tab, setTab] = useState<CaseTab>('application')
  const [editing, setEditing] = useState<CorrectionBlock | null>(null)
  const [unfinished, setUnfinished] = useState<UnfinishedCorrection | null>(null)
  const [movingTo, setMovingTo] = useState<CaseState | 'any' | null>(null)
  const subject = view.case
  const next = usualNext(subject.state)

  const { found, lookAgain } = useUnfinishedCorrection(subject.id)
  useEffect(() => {
    if (!found) return
    setUnfinished(found)
    setTab(TAB_OF[found.block])
    if (found.block === 'move') setMovingTo('any')
    else setEditing(found.block)
  }, [found])
  /** One block at a time is corrected; leaving it ends what was taken up again. */
  const finish = (how?: 'later'): void => {
    setUnfinished(null)
    setEditing(null)
    setMovingTo(null)
    if (unfinished !== null && how !== 'later') lookAgain()
  }

  useKeys('here', [
    {
      keys: 'E',
      label: t('keys.edit'),
      hint: true,
      run: () => {
        setTab('application')
        setEditing('applicant')
      }
    },
    ...(next && editing === null
      ? [{ keys: 'Ctrl+Enter', label: t('keys.move'), hint: true, run: () => setMovingTo(next) }]
      : []),
    ...(editing === null ? [{ keys: 'Escape', label: t('keys.back'), hint: true, run: goBack }] : [])
  ])

  const parts = { view, editing, unfinished, onEdit: setEditing, onDone: finish }
  return (
    <div className="screen">
      <CaseHead view={view} onMove={setMovingTo} />
      <ConflictsBanner view={view} />
      <Tabs<CaseTab> label={t('tabs')} selected={tab} onSelect={setTab} tabs={caseTabs(t, view)}>
        {tab === 'application' && (
          <ApplicationTab
            {...parts}
            onShowHistory={() => setTab('history')}
            onShowRetention={() => setTab('retention')}
          />
        )}
        {tab === 'family' && <FamilyTab {...parts} />}
        {tab === 'consents' && <ConsentsTab view={view} />}
        {tab === 'documents' && <DocumentsTab view={view} />}
        {tab === 'retention' && <RetentionTab view={view} />}
        {tab === 'history' && <HistoryTab view={view} />}
      </Tabs>
      {movingTo && (
        <MoveCaseDialog
          view={view}
          preselected={movingTo === 'any' ? null : movingTo}
          unfinished={unfinished?.block === 'move' ? unfinished : null}
          onClose={finish}
        />
      )}
    </div>
  )
}

function caseTabs(t: TFunction<'case'>, { case: subject, timeline }: CaseView): readonly Tab<CaseTab>[] {
  const people = subject.children.length + subject.helpers.length + subject.household.length
  return [
    { id: 'application', label: t('tab.application') },
    { id: 'family', label: `${t('tab.family')} ${people}` },
    { id: 'consents', label: t('tab.consents') },
    { id: 'documents', label: `${t('tab.documents')} ${subject.documents.length}` },
    { id: 'retention', label: t('tab.retention') },
    { id: 'history', label: `${t('tab.history')} ${timeline.length}` }
  ]
}
