import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button, TextButton } from '../../design-system/button.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { SEARCH_BOX_ID } from '../../view-state/key-match.ts'
import { type KeyBinding, useKeys } from '../../view-state/keymap.ts'
import { goTo } from '../../view-state/navigation.ts'
import { DiscardDialog } from './discard-dialog.tsx'
import { DraftsDialog } from './drafts-dialog.tsx'
import { type IntakeContext, useIntake } from './intake-state.ts'
import { putAside } from './open-intake.ts'
import { SectionApplicant } from './section-applicant.tsx'
import { SectionChildren } from './section-children.tsx'
import { SectionConsents } from './section-consents.tsx'
import { SectionHelpers } from './section-helpers.tsx'
import { SectionHousehold } from './section-household.tsx'
import { SectionMoney } from './section-money.tsx'
import { SectionReview } from './section-review.tsx'
import { SectionService } from './section-service.tsx'
import { goToField, goToSection, SECTIONS } from './sections.ts'
import { SideRail } from './side-rail.tsx'
import { type SubmitFailure, submitIntake } from './submit-intake.ts'
import { useLeftFields } from './use-left-fields.ts'

/** The whole intake on one page. */
export function IntakePage({ context }: { context: IntakeContext }) {
  const { failure, busy, submit } = useSubmit()
  const form = useRef<HTMLDivElement>(null)
  useIntakeKeys(submit)
  useLeftFields(form)
  useCursorInFirstField()
  return (
    <div className="screen intake">
      <IntakeHead context={context} busy={busy} onSubmit={submit} />
      <div className="intake__columns">
        <div className="intake__form" ref={form}>
          <RestoredNotice context={context} />
          <SectionService districtCode={context.districtCode} />
          <SectionApplicant />
          <SectionChildren />
          <SectionHelpers />
          <SectionHousehold />
          <SectionMoney />
          <SectionConsents />
          <SectionReview failure={failure} busy={busy} onSubmit={submit} />
        </div>
        <SideRail />
      </div>
    </div>
  )
}

/** A form that was just opened is ready to be typed into, unless somebody is searching. */
function useCursorInFirstField(): void {
  const draftId = useIntake((intake) => intake.draftId)
  useEffect(() => {
    if (draftId !== null && document.activeElement?.id !== SEARCH_BOX_ID) goToField('service')
  }, [draftId])
}

function useSubmit() {
  const [failure, setFailure] = useState<SubmitFailure | null>(null)
  const [busy, setBusy] = useState(false)
  const submit = useCallback(async (): Promise<void> => {
    setBusy(true)
    const failed = await submitIntake()
    setBusy(false)
    setFailure(failed === null ? null : { ...failed })
  }, [])
  return { failure, busy, submit: () => void submit() }
}

function useIntakeKeys(submit: () => void): void {
  const { t } = useTranslation('intake')
  useKeys('here', [
    { keys: 'Ctrl+Enter', label: t('submit'), run: submit, hint: true },
    ...SECTIONS.map(
      (section, index): KeyBinding => ({
        keys: `Alt+${index + 1}`,
        label: t('keys.section', { section: t(`section.${section}`) }),
        run: () => goToSection(section)
      })
    )
  ])
}

interface IntakeHeadProps {
  context: IntakeContext
  busy: boolean
  onSubmit: () => void
}

function IntakeHead({ context, busy, onSubmit }: IntakeHeadProps) {
  const { t } = useTranslation('intake')
  const [discarding, setDiscarding] = useState(false)
  const draftId = useIntake((intake) => intake.draftId)
  const pristine = useIntake(({ draft }) => draft === 'pristine')
  return (
    <header className="screen__head">
      <h1>{t('title')}</h1>
      <DraftNote />
      <span className="grow" />
      <OtherDrafts key={draftId} draftId={draftId} />
      <Button disabled={pristine} onClick={() => void putAside(context)}>
        {t('putAside')}
      </Button>
      <Button disabled={pristine} kind="danger" onClick={() => setDiscarding(true)}>
        {t('discard.do')}
      </Button>
      <Button kind="primary" kbd="Ctrl+Enter" busy={busy} onClick={onSubmit}>
        {t('submit')}
      </Button>
      {discarding && <DiscardDialog context={context} onClose={() => setDiscarding(false)} />}
    </header>
  )
}

/** The way to the other drafts, where there are some. */
function OtherDrafts({ draftId }: { draftId: string | null }) {
  const { t } = useTranslation('intake')
  const [open, setOpen] = useState(false)
  const drafts = useAsked('draft.list', {})
  const others = (drafts.value ?? []).filter(({ id, kind }) => kind === 'intake' && id !== draftId)
  const openDraft = (id: string): void => {
    setOpen(false)
    goTo({ screen: 'intake', draftId: id })
  }
  return (
    <>
      {others.length > 0 && <Button onClick={() => setOpen(true)}>{t('drafts.others', { n: others.length })}</Button>}
      {open && (
        <DraftsDialog drafts={others} onOpen={openDraft} onChanged={drafts.reload} onClose={() => setOpen(false)} />
      )}
    </>
  )
}

/** Whether what is typed lies in the store already. */
function DraftNote() {
  const { t } = useTranslation('intake')
  const draft = useIntake((intake) => intake.draft)
  return (
    <span
      className={draft === 'failed' ? 'intake__note intake__note--bad' : 'intake__note'}
      role="status"
      data-draft={draft}
    >
      {t(`draft.${draft}`)}
    </span>
  )
}

function RestoredNotice({ context }: { context: IntakeContext }) {
  const { t } = useTranslation('intake')
  const { refusalText } = useFailureText()
  const restoredFrom = useIntake((intake) => intake.restoredFrom)
  const refusal = useIntake((intake) => intake.form?.refusal ?? null)
  if (refusal !== null) {
    return (
      <Banner tone="warn" icon="warning">
        {t('refusedIntake', { cause: refusalText(refusal) })}
      </Banner>
    )
  }
  if (restoredFrom === null) return null
  return (
    <Banner icon="edit">
      {t('restored', { at: formatInstant(restoredFrom) })}{' '}
      <TextButton onClick={() => void putAside(context)}>{t('restoredNew')}</TextButton>
    </Banner>
  )
}
