import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { monthAfter } from '#shared/domain/access-log/log-review.ts'
import { addDays } from '#shared/domain/calendar/day.ts'
import type { MonthReview } from '#shared/ipc/access-log-views.ts'
import { store } from '../../api/store.ts'
import { ReasonDialog } from '../../case-display/reason-dialog.tsx'
import { useCentreFailureText } from '../../centre/centre-failure.ts'
import { CentreAnswer } from '../../centre/centre-frame.tsx'
import { useSilence } from '../../centre/centre-screen.tsx'
import { useCentreAsked } from '../../centre/use-centre-asked.ts'
import { Button } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { Banner, EmptyState } from '../../design-system/states.tsx'
import { toast } from '../../design-system/toast.tsx'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { type Column, RecordTable } from '../../office/record-table.tsx'
import { useAccount, useDesk } from '../../view-state/desk.ts'

interface ReviewsTabProps {
  /** Shows the lines of a period. */
  onShow: (period: { from: string; to: string }) => void
}

/** 월별 점검: the months that are over, who has looked through each and what she says of it. */
export function ReviewsTab({ onShow }: ReviewsTabProps) {
  const { t } = useTranslation('accessLog')
  const view = useCentreAsked('accessLog.reviews', {})
  const silence = useSilence(view)
  return (
    <>
      <Banner icon="info">{t('review.about')}</Banner>
      <CentreAnswer value={view.value} silence={silence}>
        {(months) =>
          months.length === 0 ? (
            <EmptyState icon="check" title={t('review.empty.title')}>
              {t('review.empty.text')}
            </EmptyState>
          ) : (
            <Months months={months} onShow={onShow} onSigned={view.reload} />
          )
        }
      </CentreAnswer>
    </>
  )
}

function useMonthText(): (month: string) => string {
  const { t } = useTranslation('accessLog')
  return (month) => t('review.month', { year: month.slice(0, 4), month: Number(month.slice(5)) })
}

type MonthsProps = ReviewsTabProps & { months: readonly MonthReview[]; onSigned: () => void }

function Months({ months, onShow, onSigned }: MonthsProps) {
  const { t } = useTranslation('accessLog')
  const columns = useMonthColumns()
  const [chosenMonth, setChosenMonth] = useState<string | null>(null)
  const chosen = months.find(({ month }) => month === chosenMonth) ?? months[0]
  return (
    <div className="office-columns">
      <div className="card office-card">
        <RecordTable
          label={t('tab.reviews')}
          columns={columns}
          rows={months}
          idOf={({ month }) => month}
          selectedId={chosen?.month ?? null}
          onSelect={setChosenMonth}
        />
      </div>
      {chosen && <MonthPane key={chosen.month} review={chosen} onShow={onShow} onSigned={onSigned} />}
    </div>
  )
}

function useMonthColumns(): readonly Column<MonthReview>[] {
  const { t } = useTranslation('accessLog')
  const monthText = useMonthText()
  const staff = useDesk((desk) => desk.staff)
  return [
    {
      key: 'month',
      head: t('review.column.month'),
      width: 120,
      cell: ({ month }) => <strong>{monthText(month)}</strong>
    },
    {
      key: 'state',
      head: t('review.column.state'),
      width: 104,
      cell: ({ signed }) => (
        <Pill tone={signed === null ? 'warn' : 'ok'}>{t(`review.state.${signed === null ? 'owed' : 'signed'}`)}</Pill>
      )
    },
    { key: 'lines', head: t('review.column.lines'), width: 96, align: 'end', cell: ({ lines }) => formatCount(lines) },
    {
      key: 'marked',
      head: t('review.column.marked'),
      width: 96,
      align: 'end',
      cell: ({ marked }) => formatCount(marked)
    },
    { key: 'remark', head: t('review.column.remark'), cell: ({ signed }) => signed?.remark ?? '—' },
    { key: 'by', head: t('review.column.by'), width: 104, cell: ({ signed }) => (signed && staff[signed.by]) ?? '—' }
  ]
}

interface MonthPaneProps extends ReviewsTabProps {
  review: MonthReview
  onSigned: () => void
}

function MonthPane({ review, onShow, onSigned }: MonthPaneProps) {
  const { t } = useTranslation('accessLog')
  const monthText = useMonthText()
  const staff = useDesk((desk) => desk.staff)
  const isLead = useAccount()?.role === 'supervisor'
  const [signing, setSigning] = useState(false)
  const { month, lines, marked, signed } = review
  const show = (): void => onShow({ from: `${month}-01`, to: addDays(`${monthAfter(month)}-01`, -1) })
  return (
    <aside className="card office-pane" aria-label={t('review.pane')}>
      <header className="card__head">
        <h2 className="office-pane__name">{monthText(month)}</h2>
      </header>
      <Facts>
        <Fact name={t('review.column.lines')}>{t('review.n', { n: formatCount(lines) })}</Fact>
        <Fact name={t('review.column.marked')}>{t('review.n', { n: formatCount(marked) })}</Fact>
        {signed && (
          <>
            <Fact name={t('review.column.by')}>{staff[signed.by] ?? '—'}</Fact>
            <Fact name={t('review.at')}>{formatInstant(signed.at)}</Fact>
            <Fact name={t('review.column.remark')}>{signed.remark}</Fact>
          </>
        )}
      </Facts>
      <div className="review-ways">
        <Button onClick={show}>{t('review.show')}</Button>
        {signed === null && isLead && (
          <Button kind="primary" onClick={() => setSigning(true)}>
            {t('review.sign')}
          </Button>
        )}
        {signed === null && !isLead && <span className="faint">{t('review.onlyLead')}</span>}
      </div>
      {signing && <SignDialog review={review} onClose={() => setSigning(false)} onSigned={onSigned} />}
    </aside>
  )
}

/** As long as the centre asks for. */
const SHORTEST_REMARK = 5

function SignDialog({ review, onClose, onSigned }: { review: MonthReview; onClose: () => void; onSigned: () => void }) {
  const { t } = useTranslation('accessLog')
  const monthText = useMonthText()
  const failureText = useCentreFailureText()
  const { month, lines, marked } = review
  const sign = async (remark: string): Promise<string | null> => {
    const reply = await store.ask('accessLog.signReview', { month, remark })
    if (!reply.ok) return failureText(reply.error)
    toast(t('review.dialog.done'))
    onSigned()
    onClose()
    return null
  }
  return (
    <ReasonDialog
      title={t('review.dialog.title', { month: monthText(month) })}
      label={t('review.dialog.remark')}
      hint={t('review.dialog.hint')}
      missing={t('review.dialog.missing')}
      submit={t('review.dialog.submit')}
      shortest={SHORTEST_REMARK}
      onReason={sign}
      onClose={onClose}
    >
      {t('review.dialog.text', { lines: formatCount(lines), marked: formatCount(marked) })}
    </ReasonDialog>
  )
}
