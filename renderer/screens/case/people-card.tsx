import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { CaseView } from '#shared/ipc/views.ts'
import { store } from '../../api/store.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { Button } from '../../design-system/button.tsx'
import { Card } from '../../design-system/card.tsx'
import { ConflictPill, WaitingPill } from './case-fact.tsx'
import type { UnfinishedCorrection } from './correction-body.ts'
import { PeopleEditor } from './people-editor.tsx'
import { hiddenValues, type PeopleKind, type PersonForm, peopleForm } from './people-form.ts'
import { PeopleTable } from './people-table.tsx'

interface PeopleCardProps {
  readonly kind: PeopleKind
  readonly view: CaseView
  readonly editing: boolean
  readonly unfinished: UnfinishedCorrection | null
  readonly onEdit: () => void
  readonly onDone: (how?: 'later') => void
}

/** One list of people. Correcting it needs the hidden numbers in clear, which takes a reason. */
export function PeopleCard({ kind, view, editing, unfinished, onEdit, onDone }: PeopleCardProps) {
  const { t } = useTranslation('case')
  const { failureText } = useFailureText()
  const [asking, setAsking] = useState(false)
  const [opened, setOpened] = useState<PersonForm[]>([])
  const subject = view.case
  const hidden = hiddenValues(kind, subject)

  const openWith = (clear: ReadonlyMap<string, string>): void => {
    setOpened(peopleForm(kind, subject, (field, index) => clear.get(`${field}-${index}`) ?? ''))
    setAsking(false)
    onEdit()
  }
  const unmaskAll = async (reason: string): Promise<string | null> => {
    const clear = new Map<string, string>()
    for (const { field, index } of hidden) {
      const reply = await store.ask('case.unmask', { caseId: subject.id, field, index, reason })
      if (!reply.ok) return failureText(reply.error)
      clear.set(`${field}-${index}`, reply.value.text)
    }
    openWith(clear)
    return null
  }

  if (editing) return <PeopleEditor {...{ kind, view, opened, unfinished, onDone }} />
  return (
    <Card
      title={
        <>
          {t(`family.${kind}`)} {view.waitingFields.includes(kind) && <WaitingPill />}
          <ConflictPill view={view} field={kind} />
        </>
      }
      actions={
        <Button size="small" onClick={() => (hidden.length > 0 ? setAsking(true) : openWith(new Map()))}>
          {t('edit')}
        </Button>
      }
    >
      <PeopleTable kind={kind} view={view} />
      {asking && (
        <ReasonDialog
          title={t('family.unmaskTitle')}
          hint={t('unmask.reasonHint')}
          missing={t('unmask.reasonMissing')}
          submit={t('edit')}
          onReason={unmaskAll}
          onClose={() => setAsking(false)}
        >
          {t('family.unmaskText')}
        </ReasonDialog>
      )}
    </Card>
  )
}
