import type { CaseView } from '#shared/ipc/views.ts'
import type { CorrectionBlock, UnfinishedCorrection } from './correction-body.ts'
import { PeopleCard } from './people-card.tsx'
import type { PeopleKind } from './people-form.ts'

interface FamilyTabProps {
  readonly view: CaseView
  readonly editing: CorrectionBlock | null
  readonly unfinished: UnfinishedCorrection | null
  readonly onEdit: (what: CorrectionBlock) => void
  readonly onDone: (how?: 'later') => void
}

const KINDS: readonly PeopleKind[] = ['children', 'helpers', 'household']

/** 가구: the children, who helps, and who lives together. */
export function FamilyTab({ view, editing, unfinished, onEdit, onDone }: FamilyTabProps) {
  return (
    <div className="case-tab scroll stack">
      {KINDS.map((kind) => (
        <PeopleCard
          key={kind}
          kind={kind}
          view={view}
          editing={editing === kind}
          unfinished={unfinished}
          onEdit={() => onEdit(kind)}
          onDone={onDone}
        />
      ))}
    </div>
  )
}
