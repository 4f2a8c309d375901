import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReportEntry } from '#shared/ipc/report-views.ts'
import { store } from '../../api/store.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { Button } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { toast } from '../../design-system/toast.tsx'
import { formatBytes, formatCount, formatDay, formatInstant } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { useDesk } from '../../view-state/desk.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { useReportFailureText } from './report-failure.ts'
import { STATE_TONES, stateOf } from './report-state.ts'

/** One report of the register, how its file is checked, and the way to record that it is deleted. */
export function ReportPane({ report, onChanged }: { report: ReportEntry; onChanged: () => void }) {
  const { t } = useTranslation('reports')
  const today = useToday()
  const staff = useDesk((desk) => desk.staff)
  const [deleting, setDeleting] = useState(false)
  const { no, kind, from, to, scope, purpose, authorId, orderedAt, deleteBy, deleted, end, format } = report
  const state = stateOf(report, today)
  const isThere = state === 'finished' || state === 'due'
  useKeys('here', [{ keys: 'Delete', label: t('delete.open'), run: () => isThere && setDeleting(true), hint: isThere }])
  return (
    <aside className="card office-pane report-pane" aria-label={t('pane')}>
      <header className="card__head">
        <h2 className="office-pane__name">
          {t('no', { no: formatCount(no) })} {t(`kind.${kind}`)}
        </h2>
        <Pill tone={STATE_TONES[state]}>{t(`state.${state}`)}</Pill>
      </header>
      {end.type === 'open' && <p className="centre-pane__text faint">{t('fact.openText')}</p>}
      <Facts>
        <Fact name={t('column.period')}>{`${formatDay(from)} ~ ${formatDay(to)}`}</Fact>
        <Fact name={t('fact.scope')}>
          {scope.type === 'account'
            ? t('scope.account', { name: staff[scope.accountId] ?? '—' })
            : t(`scope.${scope.type}`)}
        </Fact>
        <Fact name={t('column.purpose')}>{purpose}</Fact>
        <Fact name={t('column.author')}>{staff[authorId] ?? '—'}</Fact>
        <Fact name={t('column.orderedAt')}>{formatInstant(orderedAt)}</Fact>
        <Fact name={t('fact.format')}>{t(`form.${format}`)}</Fact>
        <Fact name={t('column.deleteBy')}>{formatDay(deleteBy)}</Fact>
        {deleted && (
          <Fact name={t('fact.deleted')}>
            {formatInstant(deleted.at)} {staff[deleted.by] ?? '—'}
            <br />
            {deleted.how}
          </Fact>
        )}
        {end.type === 'finished' && (
          <>
            <Fact name={t('fact.rows')}>{formatCount(end.rows)}</Fact>
            <Fact name={t('fact.size')}>{formatBytes(end.fileBytes)}</Fact>
            <Fact name={t('fact.rowsDigest')}>
              <code className="digest">{end.rowsDigest}</code>
            </Fact>
            <Fact name={t('fact.fileDigest')}>
              <code className="digest">{end.fileDigest}</code>
            </Fact>
          </>
        )}
      </Facts>
      {isThere && (
        <div className="report-pane__foot">
          <p className="faint">
            {t('verifyText')} <code>{t('verify')}</code>
          </p>
          <Button onClick={() => setDeleting(true)}>{t('delete.open')}</Button>
        </div>
      )}
      {deleting && <DeleteDialog report={report} onClose={() => setDeleting(false)} onChanged={onChanged} />}
    </aside>
  )
}

interface DeleteDialogProps {
  report: ReportEntry
  onClose: () => void
  onChanged: () => void
}

function DeleteDialog({ report, onClose, onChanged }: DeleteDialogProps) {
  const { t } = useTranslation('reports')
  const failureText = useReportFailureText()
  const record = async (how: string): Promise<string | null> => {
    const reply = await store.ask('report.noteDeleted', { reportId: report.id, how })
    if (!reply.ok) return failureText(reply.error)
    toast(t('delete.done'))
    onChanged()
    onClose()
    return null
  }
  return (
    <ReasonDialog
      title={t('delete.title', { no: formatCount(report.no) })}
      label={t('delete.how')}
      hint={t('delete.hint')}
      missing={t('delete.missing')}
      submit={t('delete.submit')}
      onReason={record}
      onClose={onClose}
    >
      {t('delete.text')}
    </ReasonDialog>
  )
}
