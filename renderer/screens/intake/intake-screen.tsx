import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsked } from '../../api/use-asked.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { EmptyState, ErrorState, Skeleton } from '../../design-system/states.tsx'
import { toast } from '../../design-system/toast.tsx'
import { useToday } from '../../view-state/clock.ts'
import { useAccount } from '../../view-state/desk.ts'
import { useNavigation } from '../../view-state/navigation.ts'
import { keepDraft, saveDraft } from './draft-keeper.ts'
import './intake-screen.css'
import { IntakePage } from './intake-page.tsx'
import { beginIntake, type IntakeContext, useIntake } from './intake-state.ts'
import { openIntake } from './open-intake.ts'
import { ResultPanel } from './result-panel.tsx'

/** 신청 접수. */
export function IntakeScreen() {
  const { t } = useTranslation(['intake', 'common'])
  const { failureText } = useFailureText()
  const account = useAccount()
  const today = useToday()
  const policies = useAsked('policy.versions', {})
  const held = policies.value
  const context = useMemo(
    () => account && held && { accountId: account.id, districtCode: account.districtCode, today, policies: held },
    [account, held, today]
  )
  if (account === null) return null
  if (account.role !== 'caseworker') {
    return (
      <div className="screen">
        <header className="screen__head">
          <h1>{t('intake:title')}</h1>
        </header>
        <EmptyState icon="intake" title={t('intake:notYours.title')}>
          {t('intake:notYours.text')}
        </EmptyState>
      </div>
    )
  }
  if (context) return <IntakeDesk context={context} />
  if (policies.failure) return <ErrorState title={failureText(policies.failure)} />
  return <Skeleton lines={8} label={t('common:loading')} />
}

/** Opens the form, keeps its draft while it is on screen and writes the last of it when the screen goes. */
function IntakeDesk({ context }: { context: IntakeContext }) {
  const { t } = useTranslation('common')
  const registered = useIntake((intake) => intake.registered)
  const ready = useOpenedForm(context)
  useEffect(keepDraft, [])
  useEffect(() => () => void saveDraft(), [])
  if (registered) return <ResultPanel registered={registered} onNext={() => beginIntake(context)} />
  return ready ? <IntakePage context={context} /> : <Skeleton lines={8} label={t('loading')} />
}

function useOpenedForm(context: IntakeContext): boolean {
  const { t } = useTranslation('intake')
  const [opened, setOpened] = useState(false)
  const hasForm = useIntake((intake) => intake.form !== null)
  const draftId = useNavigation(({ place }) => (place.screen === 'intake' ? place.draftId : null))
  useEffect(() => {
    let left = false
    void openIntake(context, draftId).then((failure) => {
      if (left) return
      setOpened(true)
      fulfilWish()
      if (failure !== null) toast(t(`openFailure.${failure}`), 'bad')
    })
    return () => {
      left = true
    }
  }, [context, draftId, t])
  return opened && hasForm
}

/** The wished draft is open: from now on the place means the intake in hand. */
const fulfilWish = (): void =>
  useNavigation.setState(({ place }) => (place.screen === 'intake' ? { place: { ...place, draftId: null } } : {}))
