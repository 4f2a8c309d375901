import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type CaseState, caseStateSchema, nextStates } from '#shared/domain/case/case-state.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { StatePill } from '../../case-display/state-pill.tsx'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { RadioGroup } from '../../design-system/radio-group.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextAreaField } from '../../design-system/text-field.tsx'
import { toast } from '../../design-system/toast.tsx'
import { isOffline } from '../../view-state/desk.ts'
import { refusedValue, type UnfinishedCorrection } from './correction-body.ts'
import { RefusedBanner } from './refused-banner.tsx'
import { useRefusedDraft } from './use-refused-draft.ts'
import { useRunCommand } from './use-run-command.ts'

interface MoveCaseDialogProps {
  readonly view: CaseView
  readonly preselected: CaseState | null
  /** A move that was refused and is taken up again. */
  readonly unfinished: UnfinishedCorrection | null
  /** `later`: the refused move stays to be taken up. */
  readonly onClose: (how?: 'later') => void
}

/** 상태 변경: where to, and why. The reason stays in the history. */
export function MoveCaseDialog({ view, preselected, unfinished, onClose }: MoveCaseDialogProps) {
  const { t } = useTranslation(['case', 'domain', 'common'])
  const { state, id } = view.case
  const [to, setTo] = useState<CaseState | null>(() => reachable(state, unfinished) ?? preselected)
  const [reason, setReason] = useState(unfinished?.reason ?? '')
  const [tried, setTried] = useState(false)
  const { run, busy, trouble } = useRunCommand(view)
  const { finish, leave } = useRefusedDraft(unfinished, onClose)

  const move = async (): Promise<void> => {
    setTried(true)
    if (busy || to === null || reason.trim() === '') return
    const done = await run({
      caseId: id,
      intent: { name: 'case.move', args: { to, reason: reason.trim() } }
    })
    if (!done) return
    toast(t(isOffline() ? 'case:move.doneOffline' : 'case:move.done', { state: t(`domain:caseState.${to}`) }))
    finish()
  }

  return (
    <Dialog
      title={t('case:move.title')}
      onClose={leave}
      closeLabel={t('common:close')}
      onSubmit={() => void move()}
      actions={
        <>
          <Button onClick={leave}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('case:move.submit')}
          </Button>
        </>
      }
    >
      {unfinished?.refusal && <RefusedBanner refusal={unfinished.refusal} onDrop={finish} />}
      <div className="bar">
        <span className="faint">{t('case:move.from')}</span>
        <StatePill state={state} />
      </div>
      <RadioGroup<CaseState>
        label={t('case:move.next')}
        choices={nextStates(state).map((value) => ({ value, label: t(`domain:caseState.${value}`) }))}
        value={to}
        onChange={setTo}
        error={tried && to === null ? t('case:move.nextMissing') : null}
      />
      <TextAreaField
        label={t('case:move.reason')}
        hint={t('case:move.reasonHint')}
        error={tried && reason.trim() === '' ? t('case:move.reasonMissing') : null}
        required
        requiredText={t('common:required')}
        maxLength={400}
        value={reason}
        onChange={setReason}
      />
      {trouble && <Banner tone="bad">{trouble.text}</Banner>}
    </Dialog>
  )
}

/** The state that a refused move was to, if the case can still go there. */
function reachable(from: CaseState, unfinished: UnfinishedCorrection | null): CaseState | null {
  const wanted = caseStateSchema.safeParse(refusedValue(unfinished?.changes ?? [], 'state')).data ?? null
  return wanted !== null && nextStates(from).includes(wanted) ? wanted : null
}
