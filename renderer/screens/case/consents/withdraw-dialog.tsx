import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { readField } from '#shared/domain/case/case-fields.ts'
import { consentFields } from '#shared/domain/case/case-problems.ts'
import { needsGuardian } from '#shared/domain/consent/guardian.ts'
import type { ConsentRequest } from '#shared/domain/policy/consents-to-ask.ts'
import type { PolicyRegister } from '#shared/domain/policy/policy.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { useFailureText } from '../../../case-display/failure-text.ts'
import { Button } from '../../../design-system/button.tsx'
import { Dialog } from '../../../design-system/dialog.tsx'
import { Banner } from '../../../design-system/states.tsx'
import { TextField } from '../../../design-system/text-field.tsx'
import { toast } from '../../../design-system/toast.tsx'
import { isOffline } from '../../../view-state/desk.ts'
import { useRunCommand } from '../use-run-command.ts'
import { AnswerFields } from './answer-fields.tsx'
import { answerFault, emptyAnswer, representativeOf } from './answer-form.ts'

interface WithdrawDialogProps {
  readonly view: CaseView
  readonly policy: PolicyRegister
  readonly request: ConsentRequest
  readonly onClose: () => void
}

/** 동의 철회: says what ends with it, and asks why and how it was asked for. */
export function WithdrawDialog({ view, policy, request, onClose }: WithdrawDialogProps) {
  const { t } = useTranslation(['case', 'common'])
  const { fieldName } = useFailureText()
  const [openedAt] = useState(() => new Date().toISOString())
  const forChild = needsGuardian(request, view.case, openedAt)
  const [form, setForm] = useState(() => ({ ...emptyAnswer({ needsGuardian: forChild }), isConfirmed: true }))
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const { run, busy, trouble } = useRunCommand(view)
  const closing = consentFields(policy).filter(
    ({ consentId, field }) => consentId === request.id && readField(view.case, field) !== null
  )

  const withdraw = async (): Promise<void> => {
    setTried(true)
    if (busy || form.method === null || answerFault(form) !== null || reason.trim() === '') return
    const representative = representativeOf(form, new Date().toISOString())
    const args = {
      ...{ consentId: request.id, method: form.method, representative },
      ...{ evidence: form.evidence.trim(), reason: reason.trim() }
    }
    if (!(await run({ caseId: view.case.id, intent: { name: 'case.withdraw_consent', args } }))) return
    toast(t(isOffline() ? 'case:consents.withdrawnOffline' : 'case:consents.withdrawnDone'))
    onClose()
  }

  return (
    <Dialog
      title={t('case:consents.withdrawTitle')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void withdraw()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="danger" type="submit" busy={busy}>
            {t('case:consents.withdraw')}
          </Button>
        </>
      }
    >
      <Banner tone="warn" icon="warning">
        {closing.length > 0
          ? t('case:consents.withdrawText', { fields: closing.map(({ field }) => fieldName(field)).join(', ') })
          : t('case:consents.withdrawTextPlain')}
      </Banner>
      <AnswerFields form={form} onChange={setForm} fault={tried ? answerFault(form) : null} needsGuardian={forChild} />
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
