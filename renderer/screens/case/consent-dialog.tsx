import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FieldChange } from '#shared/commands/correct-case.ts'
import { CONSENT_METHODS, type ConsentAnswer } from '#shared/domain/case/case.ts'
import { readField } from '#shared/domain/case/case-fields.ts'
import { consentFields } from '#shared/domain/case/case-problems.ts'
import type { ConsentRequest } from '#shared/domain/policy/consents-to-ask.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { RadioGroup } from '../../design-system/radio-group.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { toast } from '../../design-system/toast.tsx'
import type { UnfinishedCorrection } from './correction-body.ts'
import { RefusedBanner } from './refused-banner.tsx'
import { useRefusedDraft } from './use-refused-draft.ts'
import { useRunCommand } from './use-run-command.ts'

interface ConsentDialogProps {
  readonly view: CaseView
  readonly policy: PolicyRegister
  readonly request: ConsentRequest
  /** Whether it stands now: then it is withdrawn, else it is taken. */
  readonly isGiven: boolean
  /** An answer that was refused and is taken up again, and the draft it lies in. */
  readonly refused: ConsentAnswer | null
  readonly unfinished: UnfinishedCorrection | null
  /** `later`: the refused answer stays to be taken up. */
  readonly onClose: (how?: 'later') => void
}

/** Takes or withdraws one consent. What rests on a withdrawn one is deleted with the same command. */
export function ConsentDialog(props: ConsentDialogProps) {
  const { view, request, isGiven, refused, unfinished, onClose } = props
  const { t } = useTranslation(['case', 'domain', 'common'])
  const { fieldName } = useFailureText()
  const [method, setMethod] = useState<ConsentAnswer['method'] | null>(refused?.method ?? null)
  const [reason, setReason] = useState(unfinished?.reason ?? '')
  const [tried, setTried] = useState(false)
  const { run, busy, trouble } = useRunCommand(view)
  const { finish, leave } = useRefusedDraft(unfinished, onClose)
  const resting = isGiven ? restingOn(props) : []
  const words = isGiven ? 'withdraw' : 'give'

  const answer = async (): Promise<void> => {
    setTried(true)
    if (busy || method === null || reason.trim() === '') return
    const given: ConsentAnswer = {
      consentId: request.id,
      policyVersion: request.policyId,
      given: !isGiven,
      method,
      answeredAt: new Date().toISOString()
    }
    const changes: FieldChange[] = [
      { field: 'consents', value: [...view.case.consents, given] },
      ...resting.map(({ field }) => ({ field, value: null }))
    ]
    const done = await run({
      caseId: view.case.id,
      intent: { name: 'case.correct', args: { changes, reason: reason.trim() } }
    })
    if (!done) return
    toast(t('case:consents.saved'))
    finish()
  }

  return (
    <Dialog
      title={t(`case:consents.${words}Title`)}
      onClose={leave}
      closeLabel={t('common:close')}
      onSubmit={() => void answer()}
      actions={
        <>
          <Button onClick={leave}>{t('common:cancel')}</Button>
          <Button kind={isGiven ? 'danger' : 'primary'} type="submit" busy={busy}>
            {t(`case:consents.${words}`)}
          </Button>
        </>
      }
    >
      {unfinished?.refusal && <RefusedBanner refusal={unfinished.refusal} onDrop={finish} />}
      {!isGiven && <NoticeText request={request} />}
      {isGiven && (
        <Banner tone="warn" icon="warning">
          {resting.length > 0
            ? t('case:consents.withdrawText', { fields: resting.map(({ field }) => fieldName(field)).join(', ') })
            : t('case:consents.withdrawTextPlain')}
        </Banner>
      )}
      <RadioGroup<ConsentAnswer['method']>
        label={t('case:consents.method')}
        choices={CONSENT_METHODS.map((value) => ({ value, label: t(`domain:consentMethod.${value}`) }))}
        value={method}
        onChange={setMethod}
        error={tried && method === null ? t('case:consents.methodMissing') : null}
      />
      <TextField
        label={t('common:reason')}
        hint={t('common:reasonHint')}
        error={tried && reason.trim() === '' ? t('case:formError.reasonMissing') : null}
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

/** The fields that are held only while the consent stands. */
const restingOn = ({ view, policy, request }: Pick<ConsentDialogProps, 'view' | 'policy' | 'request'>) =>
  consentFields(policy).filter(
    ({ consentId, field }) => consentId === request.id && readField(view.case, field) !== null
  )

/** What must be told before the answer, retention and recipient set off (개인정보 보호법 시행령 17조 3항). */
function NoticeText({ request: { notice } }: { request: ConsentRequest }) {
  const { t } = useTranslation('case')
  return (
    <div className="consent-notice">
      <p>{t('consents.giveText')}</p>
      <ul>
        {notice.recipient && (
          <li>
            {t('consents.recipient')}: <b>{notice.recipient.name}</b>
          </li>
        )}
        <li>
          {t('consents.purpose')}: {notice.recipient ? <b>{notice.purpose}</b> : notice.purpose}
        </li>
        <li>
          {t('consents.items')}: {notice.items.map(({ name }) => name).join(', ')}
        </li>
        <li>
          {t('consents.retention')}: <b>{notice.retention}</b>
        </li>
        <li>
          {t('consents.refusal')}: {notice.refusal.right} {notice.refusal.consequence}
        </li>
      </ul>
    </div>
  )
}
