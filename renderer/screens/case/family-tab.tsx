import type { CaseView } from '#shared/ipc/views.ts'
import type { Editing } from './case-screen.tsx'
import { PeopleCard } from './people-card.tsx'
import type { PeopleKind } from './people-form.ts'

interface FamilyTabProps {
  readonly view: CaseView
  readonly editing: Editing
  readonly onEdit: (what: Editing) => void
}

const KINDS: readonly PeopleKind[] = ['children', 'helpers', 'household']

/** 가구: the children, who helps, and who lives together. */
export function FamilyTab({ view, editing, onEdit }: FamilyTabProps) {
  return (
    <div className="case-tab scroll stack">
      {KINDS.map((kind) => (
        <PeopleCard
          key={kind}
          kind={kind}
          view={view}
          editing={editing === kind}
          onEdit={() => onEdit(kind)}
          onDone={() => onEdit(null)}
        />
      ))}
    </div>
  )
}
