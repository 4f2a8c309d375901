import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { mayGive } from '#shared/commands/command-roles.ts'
import { type ConsentRequest, consentsToAsk } from '#shared/domain/policy/consents-to-ask.ts'
import { policyInForce } from '#shared/domain/policy/policy-versions.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { useAsked } from '../../../api/use-asked.ts'
import { useFailureText } from '../../../case-display/failure-text.ts'
import { LawItems } from '../../../case-display/law-items.tsx'
import { Banner, Skeleton } from '../../../design-system/states.tsx'
import { formatDay } from '../../../i18n/format.ts'
import { useAccount } from '../../../view-state/desk.ts'
import { ConflictPill, WaitingPill } from '../case-fact.tsx'
import { ConsentCard } from './consent-card.tsx'
import { ProvisionsCard } from './provisions-card.tsx'
import { RecordDialog } from './record-dialog.tsx'
import { WithdrawDialog } from './withdraw-dialog.tsx'

/** 동의: what the register asks for this service, what was answered to which notice, and how it is withdrawn. */
export function ConsentsTab({ view }: { view: CaseView }) {
  const { t } = useTranslation(['case', 'common'])
  const { failureText } = useFailureText()
  const role = useAccount()?.role
  const [recording, setRecording] = useState<ConsentRequest | null>(null)
  const [withdrawing, setWithdrawing] = useState<ConsentRequest | null>(null)
  const policies = useAsked('policy.versions', {})
  const { consents, appliedOn, service } = view.case
  if (!policies.value) {
    return policies.failure ? (
      <Banner tone="bad">{failureText(policies.failure)}</Banner>
    ) : (
      <Skeleton lines={4} label={t('common:loading')} />
    )
  }
  const held = policies.value
  const policy = policyInForce(held, appliedOn)
  if (!policy.ok) return <Banner tone="warn">{t('case:consents.policyMissing')}</Banner>
  const mayRecord = role !== undefined && mayGive(role, 'case.record_consent')
  const mayWithdraw = role !== undefined && mayGive(role, 'case.withdraw_consent')
  return (
    <div className="case-tab scroll stack">
      <p className="faint">
        {t('case:consents.version', { day: formatDay(policy.value.effectiveFrom) })} · {t('case:consents.optional')}{' '}
        {view.waitingFields.includes('consents') && <WaitingPill />}
        <ConflictPill view={view} field="consents" />
      </p>
      {consentsToAsk(policy.value, service).map((request) => (
        <ConsentCard
          key={request.id}
          request={request}
          policies={held}
          records={consents.filter(({ consentId }) => consentId === request.id)}
          onRecord={mayRecord ? () => setRecording(request) : null}
          onWithdraw={mayWithdraw ? () => setWithdrawing(request) : null}
        />
      ))}
      <ProvisionsCard caseId={view.case.id} />
      <LawItems policy={policy.value} />
      {recording && <RecordDialog view={view} request={recording} onClose={() => setRecording(null)} />}
      {withdrawing && (
        <WithdrawDialog view={view} policy={policy.value} request={withdrawing} onClose={() => setWithdrawing(null)} />
      )}
    </div>
  )
}
