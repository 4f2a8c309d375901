import type { CaseView } from '#shared/ipc/views.ts'
import { ApplicantCard } from './applicant-card.tsx'
import { ApplicantEditor } from './applicant-editor.tsx'
import { ApplicationCard } from './application-card.tsx'
import { ApplicationEditor } from './application-editor.tsx'
import type { CorrectionBlock, UnfinishedCorrection } from './correction-body.ts'
import { DeadlineCard } from './deadline-card.tsx'
import { HoldingsCard } from './holdings-card.tsx'
import { RecentCard } from './recent-card.tsx'

interface ApplicationTabProps {
  readonly view: CaseView
  readonly editing: CorrectionBlock | null
  readonly unfinished: UnfinishedCorrection | null
  readonly onEdit: (what: CorrectionBlock) => void
  readonly onDone: (how?: 'later') => void
  readonly onShowHistory: () => void
  readonly onShowRetention: () => void
}

/** 신청정보: who applied for what, how long there is, and why all this is still here. */
export function ApplicationTab({ view, editing, unfinished, onEdit, onDone, ...on }: ApplicationTabProps) {
  return (
    <div className="case-columns scroll">
      <div className="stack">
        {editing === 'applicant' ? (
          <ApplicantEditor view={view} unfinished={unfinished} onDone={onDone} />
        ) : (
          <ApplicantCard view={view} onEdit={() => onEdit('applicant')} />
        )}
        {editing === 'application' ? (
          <ApplicationEditor view={view} unfinished={unfinished} onDone={onDone} />
        ) : (
          <ApplicationCard view={view} onEdit={() => onEdit('application')} />
        )}
      </div>
      <div className="stack">
        <DeadlineCard view={view} />
        <HoldingsCard view={view} onShowAll={on.onShowRetention} />
        <RecentCard view={view} onShowHistory={on.onShowHistory} />
      </div>
    </div>
  )
}
