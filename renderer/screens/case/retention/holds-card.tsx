import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayGive } from '#shared/commands/command-roles.ts'
import { type Hold, isOpenHold } from '#shared/domain/retention/hold.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { store } from '../../../api/store.ts'
import { useFailureText } from '../../../case-display/failure-text.ts'
import { useOfficialName } from '../../../case-display/official-name.ts'
import { ReasonDialog } from '../../../case-display/reason-dialog.tsx'
import { Button } from '../../../design-system/button.tsx'
import { Card, CardLine } from '../../../design-system/card.tsx'
import { Pill } from '../../../design-system/pill.tsx'
import { EmptyState } from '../../../design-system/states.tsx'
import { toast } from '../../../design-system/toast.tsx'
import { formatDay, formatInstant } from '../../../i18n/format.ts'
import { useToday } from '../../../view-state/clock.ts'
import { isOffline, useAccount } from '../../../view-state/desk.ts'
import { useKeys } from '../../../view-state/keymap.ts'
import { HoldDialog } from './hold-dialog.tsx'

/** 보존 보류: what keeps the case beyond its terms, open ones first. */
export function HoldsCard({ view }: { view: CaseView }) {
  const { t } = useTranslation('case')
  const today = useToday()
  const role = useAccount()?.role
  const [placing, setPlacing] = useState(false)
  const [releasing, setReleasing] = useState<Hold | null>(null)
  const mayHold = role !== undefined && mayGive(role, 'case.hold')
  const place = (): void => setPlacing(true)
  useKeys('here', mayHold ? [{ keys: 'H', label: t('keys.hold'), hint: true, run: place }] : [])
  const { holds } = view.case
  const isOpen = (hold: Hold): boolean => isOpenHold(hold, today)
  const ordered = [...holds.filter(isOpen), ...holds.filter((hold) => !isOpen(hold))]
  return (
    <Card
      title={t('retention.holds.title')}
      actions={
        mayHold && (
          <Button size="small" icon="plus" kbd="H" onClick={place}>
            {t('retention.holds.place')}
          </Button>
        )
      }
    >
      {ordered.length === 0 && <EmptyState icon="clock" title={t('retention.holds.empty')} />}
      {ordered.map((hold) => (
        <HoldLine key={hold.id} hold={hold} isOpen={isOpen(hold)} onRelease={mayHold ? setReleasing : null} />
      ))}
      {placing && <HoldDialog view={view} onClose={() => setPlacing(false)} />}
      {releasing && <ReleaseDialog view={view} hold={releasing} onClose={() => setReleasing(null)} />}
    </Card>
  )
}

interface HoldLineProps {
  readonly hold: Hold
  readonly isOpen: boolean
  /** null: the account may not release it. */
  readonly onRelease: ((hold: Hold) => void) | null
}

function HoldLine({ hold, isOpen, onRelease }: HoldLineProps) {
  const { t } = useTranslation(['case', 'domain'])
  const officialName = useOfficialName()
  const { kind, basis, reason, placedBy, placedAt, endsOn, release } = hold
  return (
    <CardLine
      aside={
        isOpen &&
        onRelease && (
          <Button size="small" onClick={() => onRelease(hold)}>
            {t('case:retention.holds.release')}
          </Button>
        )
      }
    >
      <div className="hold-line">
        <span className="hold-line__head">
          <Pill tone={isOpen ? 'warn' : 'plain'}>{t(`domain:holdKind.${kind}`)}</Pill>
          <b>{basis}</b>
        </span>
        <span>{reason}</span>
        <span className="faint">
          {t('case:retention.holds.placed', { by: officialName(placedBy), at: formatInstant(placedAt) })} ·{' '}
          {endsOn === null
            ? t('case:retention.holds.untilReleased')
            : t('case:retention.holds.until', { day: formatDay(endsOn) })}
        </span>
        {release && (
          <span className="faint">
            {t('case:retention.holds.released', { by: officialName(release.by), at: formatInstant(release.at) })} ·{' '}
            {release.reason}
          </span>
        )}
      </div>
    </CardLine>
  )
}

function ReleaseDialog({ view, hold, onClose }: { view: CaseView; hold: Hold; onClose: () => void }) {
  const { t } = useTranslation(['case', 'domain'])
  const { failureText, refusalText } = useFailureText()
  const onReason = async (reason: string): Promise<string | null> => {
    const intent = { name: 'case.release_hold', args: { holdId: hold.id, reason } } as const
    const reply = await store.ask('command.run', { caseId: view.case.id, base: {}, intent, draftId: null })
    if (!reply.ok) return reply.error.type === 'Refused' ? refusalText(reply.error.refusal) : failureText(reply.error)
    toast(t(isOffline() ? 'case:retention.holds.doneReleasedOffline' : 'case:retention.holds.doneReleased'))
    onClose()
    return null
  }
  return (
    <ReasonDialog
      title={t('case:retention.holds.releaseTitle')}
      hint={t('case:move.reasonHint')}
      missing={t('case:unmask.reasonMissing')}
      submit={t('case:retention.holds.release')}
      onReason={onReason}
      onClose={onClose}
    >
      {t('case:retention.holds.releaseText', { kind: t(`domain:holdKind.${hold.kind}`), basis: hold.basis })}
    </ReasonDialog>
  )
}
