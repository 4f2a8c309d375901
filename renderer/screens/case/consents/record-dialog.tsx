import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { needsGuardian } from '#shared/domain/consent/guardian.ts'
import type { ConsentRequest } from '#shared/domain/policy/consents-to-ask.ts'
import type { CaseView } from '#shared/ipc/views.ts'
import { Button } from '../../../design-system/button.tsx'
import { Dialog } from '../../../design-system/dialog.tsx'
import { RadioGroup } from '../../../design-system/radio-group.tsx'
import { Banner } from '../../../design-system/states.tsx'
import { toast } from '../../../design-system/toast.tsx'
import { useRunCommand } from '../use-run-command.ts'
import { AnswerFields } from './answer-fields.tsx'
import { answerFault, emptyAnswer, representativeOf } from './answer-form.ts'
import { NoticeText } from './notice-text.tsx'

interface RecordDialogProps {
  readonly view: CaseView
  readonly request: ConsentRequest
  readonly onClose: () => void
}

/** 동의 받기: the notice as it stands, then a plain yes or no with neither chosen. */
export function RecordDialog({ view, request, onClose }: RecordDialogProps) {
  const { t } = useTranslation(['case', 'common'])
  const [openedAt] = useState(() => new Date().toISOString())
  const forChild = needsGuardian(request, view.case, openedAt)
  const [answer, setAnswer] = useState<'yes' | 'no' | null>(null)
  const [form, setForm] = useState(() => emptyAnswer({ needsGuardian: forChild }))
  const [tried, setTried] = useState(false)
  const { run, busy, trouble } = useRunCommand(view)

  const record = async (): Promise<void> => {
    setTried(true)
    if (busy || answer === null || form.method === null || answerFault(form) !== null) return
    const answeredAt = new Date().toISOString()
    const { id: consentId, policyId: policyVersion, noticeHash } = request
    const args = {
      ...{ consentId, policyVersion, noticeHash, answeredAt, method: form.method, given: answer === 'yes' },
      ...{ representative: representativeOf(form, answeredAt), evidence: form.evidence.trim() }
    }
    if (!(await run({ caseId: view.case.id, intent: { name: 'case.record_consent', args } }))) return
    toast(t('case:consents.saved'))
    onClose()
  }

  return (
    <Dialog
      title={t('case:consents.giveTitle')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void record()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('case:consents.record')}
          </Button>
        </>
      }
    >
      <p>{t('case:consents.giveText')}</p>
      <NoticeText request={request} />
      <RadioGroup<'yes' | 'no'>
        label={t('case:consents.answer')}
        choices={[
          { value: 'yes', label: t('case:consents.given') },
          { value: 'no', label: t('case:consents.refused') }
        ]}
        value={answer}
        onChange={setAnswer}
        error={tried && answer === null ? t('case:consents.answerMissing') : null}
      />
      <AnswerFields form={form} onChange={setForm} fault={tried ? answerFault(form) : null} needsGuardian={forChild} />
      {trouble && <Banner tone="bad">{trouble.text}</Banner>}
    </Dialog>
  )
}
