import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { hasConsequences } from '#shared/domain/case/consequences.ts'
import type { ConflictItem, ConflictView } from '#shared/ipc/conflict-views.ts'
import { touchesCase, useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { Button } from '../../design-system/button.tsx'
import { Banner, Skeleton } from '../../design-system/states.tsx'
import { useKeys } from '../../view-state/keymap.ts'
import { goTo } from '../../view-state/navigation.ts'
import { ConflictSide, type Side } from './conflict-side.tsx'
import { useDecision } from './use-decision.ts'

interface ConflictPaneProps {
  readonly item: ConflictItem
  readonly mayDecide: boolean
  readonly onDecided: (item: ConflictItem) => void
}

/** One conflict: both values side by side, and the choice. */
export function ConflictPane({ item, mayDecide, onDecided }: ConflictPaneProps) {
  const { t } = useTranslation(['conflicts', 'domain', 'common'])
  const { failureText } = useFailureText()
  const { caseId, conflictId } = item
  const { value, failure } = useAsked('conflict.open', { caseId, conflictId }, { again: touchesCase(caseId) })
  return (
    <section className="card list-pane__pane conflict" aria-label={t('conflicts:pane')}>
      <header className="card__head">
        <h2>{t(`domain:field.${item.field}`)}</h2>
        <span className="list-pane__whose" title={item.applicantName}>
          {`${item.applicantName} · ${item.applicationNo}`}
        </span>
        <Button size="small" kbd="O" onClick={() => goTo({ screen: 'case', caseId })}>
          {t('conflicts:openCase')}
        </Button>
      </header>
      <div className="list-pane__body">
        {hasConsequences(item.field) && (
          <Banner tone="warn" icon="warning">
            {t('conflicts:consequences')}
          </Banner>
        )}
        {!value && !failure && <Skeleton lines={5} label={t('common:loading')} />}
        {!value && failure && failure.type !== 'Locked' && (
          <Banner>
            {failure.type === 'ConflictNotFound' ? t('domain:refusal.ConflictNotFound') : failureText(failure)}
          </Banner>
        )}
        {value && <BothValues view={value} mayDecide={mayDecide} onDecided={() => onDecided(item)} />}
      </div>
    </section>
  )
}

interface BothValuesProps {
  readonly view: ConflictView
  readonly mayDecide: boolean
  readonly onDecided: () => void
}

function BothValues({ view, mayDecide, onDecided }: BothValuesProps) {
  const { t } = useTranslation(['conflicts', 'domain'])
  const { pick, asking, decide, stopAsking, busy } = useDecision(view, onDecided)
  const buttons = { theirs: useRef<HTMLButtonElement>(null), mine: useRef<HTMLButtonElement>(null) }
  useKeys(
    'here',
    mayDecide
      ? [
          { keys: '1', label: t('conflicts:keys.theirs'), run: () => pick('theirs'), hint: true },
          { keys: '2', label: t('conflicts:keys.mine'), run: () => pick('mine'), hint: true },
          { keys: 'ArrowLeft', label: t('conflicts:keys.side'), run: () => buttons.theirs.current?.focus() },
          { keys: 'ArrowRight', label: t('conflicts:keys.side'), run: () => buttons.mine.current?.focus() }
        ]
      : []
  )
  const side = (which: Side, kbd: string) => (
    <ConflictSide view={view} side={which}>
      {mayDecide && (
        <Button
          kind={which === 'theirs' ? 'outlined' : 'primary'}
          kbd={kbd}
          busy={busy}
          ref={buttons[which]}
          onClick={() => pick(which)}
        >
          {t(view.chosen === null ? `conflicts:choose.${which}` : 'conflicts:choose.this')}
        </Button>
      )}
    </ConflictSide>
  )
  return (
    <>
      <div className="conflict__sides">
        {side('theirs', '1')}
        {side('mine', '2')}
      </div>
      <p className="faint">{t('conflicts:kept')}</p>
      {asking && (
        <ReasonDialog
          title={t('conflicts:reason.title')}
          hint={t('conflicts:reason.hint')}
          missing={t('conflicts:reason.missing')}
          submit={t(view.chosen === null ? `conflicts:choose.${asking}` : 'conflicts:choose.this')}
          onReason={(reason) => decide(asking, reason)}
          onClose={stopAsking}
        >
          {t('conflicts:reason.text', { field: t(`domain:field.${view.field}`) })}
        </ReasonDialog>
      )}
    </>
  )
}
