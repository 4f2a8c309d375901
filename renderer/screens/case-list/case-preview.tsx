import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { daysBetween } from '#shared/domain/calendar/day.ts'
import { maskName } from '#shared/domain/case/masking.ts'
import type { CaseRow, CaseView } from '#shared/ipc/views.ts'
import { touchesCase, useAsked } from '../../api/use-asked.ts'
import { dueUrgency } from '../../case-display/due-left.tsx'
import { useFailureText } from '../../case-display/failure-text.ts'
import { phoneText } from '../../case-display/masked-texts.ts'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { StatePill } from '../../case-display/state-pill.tsx'
import { useChildAge } from '../../case-display/use-child-age.ts'
import { Button } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Banner, EmptyState } from '../../design-system/states.tsx'
import { formatDay, formatInstant } from '../../i18n/format.ts'
import { goTo } from '../../view-state/navigation.ts'

interface CasePreviewProps {
  readonly row: CaseRow | null
  /** The case whose summary may be asked for; null while nobody has chosen one. */
  readonly chosenId: string | null
  readonly today: string
}

/** The chosen case beside the list: what the row knows at once, the masked rest as soon as it is there. */
export function CasePreview({ row, chosenId, today }: CasePreviewProps) {
  const { t } = useTranslation('caseList')
  const { failureText } = useFailureText()
  const preview = useAsked('case.preview', chosenId === null ? null : { caseId: chosenId }, {
    again: touchesCase(chosenId ?? '')
  })
  if (!row) {
    return (
      <aside className="card case-preview" aria-label={t('preview.label')}>
        <EmptyState icon="info" title={t('preview.hint')} />
      </aside>
    )
  }
  return (
    <aside className="card case-preview" aria-label={t('preview.label')}>
      <header className="card__head">
        <h2 className="case-preview__name">{maskName(row.applicantName)}</h2>
        <StatePill state={row.state} />
        <span className="grow" />
        <Button size="small" kbd="Enter" onClick={() => goTo({ screen: 'case', caseId: row.id })}>
          {t('preview.open')}
        </Button>
      </header>
      <div className="case-preview__body">
        <PreviewFacts row={row} view={preview.value ?? null} />
        {preview.failure && preview.failure.type !== 'Locked' && (
          <PreviewNote tone="bad">{failureText(preview.failure)}</PreviewNote>
        )}
        <DueNote row={row} today={today} />
        {row.waiting && <PreviewNote tone="info">{t('preview.waitingNote')}</PreviewNote>}
        {!chosenId && <p className="case-preview__hint">{t('preview.hint')}</p>}
      </div>
    </aside>
  )
}

function PreviewFacts({ row, view }: { row: CaseRow; view: CaseView | null }) {
  const { t } = useTranslation(['caseList', 'domain'])
  const { dongName } = usePlaceNames()
  const last = view?.case.history.at(-1)
  return (
    <Facts>
      <Fact name={t('caseList:column.service')}>{t(`domain:service.${row.service}`)}</Fact>
      <Fact name={t('caseList:column.dongCode')}>{dongName(row.dongCode)}</Fact>
      {view && <FamilyFacts view={view} />}
      <Fact name={t('caseList:preview.appliedOn')}>{formatDay(row.appliedOn)}</Fact>
      {row.dueOn && <Fact name={t('caseList:preview.dueOn')}>{formatDay(row.dueOn)}</Fact>}
      {last?.reason && <Fact name={t('caseList:preview.lastReason')}>{last.reason}</Fact>}
      {last && <Fact name={t('caseList:preview.lastChange')}>{formatInstant(last.at)}</Fact>}
    </Facts>
  )
}

function FamilyFacts({ view }: { view: CaseView }) {
  const { t } = useTranslation(['caseList', 'domain'])
  const { children, helpers, applicant } = view.case
  const age = useChildAge()
  const ages = children.map(({ birthDate }) => age(birthDate)).join(', ')
  return (
    <>
      {children.length > 0 && (
        <Fact name={t('caseList:preview.children')}>
          {t('caseList:preview.childrenValue', { n: children.length, ages })}
        </Fact>
      )}
      {helpers.map((helper) => (
        <Fact key={`${helper.name}-${helper.relation}`} name={t('caseList:preview.helper')}>
          {helper.name} · {t(`domain:helperRelation.${helper.relation}`)}
        </Fact>
      ))}
      <Fact name={t('caseList:preview.phone')}>{phoneText(applicant.phone)}</Fact>
    </>
  )
}

function DueNote({ row, today }: { row: CaseRow; today: string }) {
  const { t } = useTranslation('caseList')
  if (row.dueOn === null) return null
  const left = daysBetween(today, row.dueOn)
  if (left < 0) return <PreviewNote tone="bad">{t('preview.overdueNote', { n: -left })}</PreviewNote>
  if (left === 0) return <PreviewNote tone="warn">{t('preview.dueTodayNote')}</PreviewNote>
  const tone = dueUrgency(row.dueOn, today) === 'near' ? 'warn' : 'info'
  return <PreviewNote tone={tone}>{t('preview.dueNote', { n: left })}</PreviewNote>
}

function PreviewNote({ tone, children }: { tone: 'info' | 'warn' | 'bad'; children: ReactNode }) {
  return (
    <div className="case-preview__note">
      <Banner tone={tone} icon={tone === 'info' ? 'info' : 'clock'}>
        {children}
      </Banner>
    </div>
  )
}
