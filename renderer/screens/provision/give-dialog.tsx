import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProvisionFile } from '#shared/ipc/provision-views.ts'
import { store } from '../../api/store.ts'
import { useAsked } from '../../api/use-asked.ts'
import { Button } from '../../design-system/button.tsx'
import { DateField } from '../../design-system/date-field.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Select } from '../../design-system/select.tsx'
import { Banner, Skeleton } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { FileDialog } from './file-dialog.tsx'
import { isReady, requestOf } from './give-form.ts'
import { PreviewFacts } from './preview-facts.tsx'
import { useProvisionFailureText } from './provision-failure.ts'
import { type GiveForm, useGiveForm } from './use-give-form.ts'

/** 제공: to whom, who is in it and who is left out, why and on which paper; then the file. */
export function GiveDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['provision', 'common'])
  const failureText = useProvisionFailureText()
  const today = useToday()
  const form = useGiveForm()
  const [runId] = useState(() => crypto.randomUUID()) // pressed twice it is one run
  const [file, setFile] = useState<ProvisionFile | null>(null)
  const [tried, setTried] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const { recipient } = form
  const preview = useAsked('provision.preview', recipient && { recipientId: recipient.recipientId })
  const shown = preview.value?.recipientId === recipient?.recipientId ? preview.value : undefined
  const give = async (): Promise<void> => {
    setTried(true)
    const request = requestOf(form, today)
    if (busy || request === null || shown === undefined || shown.selected === 0) return
    setBusy(true)
    const reply = await store.ask('provision.give', { runId, request, digest: shown.digest })
    setBusy(false)
    if (reply.ok) return setFile(reply.value)
    setFailed(failureText(reply.error))
    preview.reload()
  }
  if (file !== null) return <FileDialog file={file} onClose={onClose} />
  return (
    <Dialog
      title={t('provision:giveDialog.title')}
      size="large"
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void give()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy} disabled={shown?.selected === 0}>
            {t('provision:giveDialog.submit')}
          </Button>
        </>
      }
    >
      <Select
        required
        requiredText={t('common:required')}
        label={t('provision:column.recipient')}
        placeholder={t('provision:giveDialog.choose')}
        error={tried && recipient === null ? t('provision:giveDialog.recipientMissing') : null}
        choices={form.recipients.map(({ recipientId, name }) => ({ value: recipientId, label: name }))}
        value={recipient?.recipientId ?? ''}
        onChange={form.choose}
      />
      {recipient && shown && <PreviewFacts preview={shown} recipient={recipient} />}
      {recipient && !shown && !preview.failure && <Skeleton lines={3} label={t('provision:giveDialog.selecting')} />}
      {recipient && preview.failure && <Banner tone="bad">{failureText(preview.failure)}</Banner>}
      {shown && shown.selected > 0 && <GiveFields form={form} tried={tried} />}
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}

function GiveFields({ form, tried }: { form: GiveForm; tried: boolean }) {
  const { t } = useTranslation(['provision', 'common'])
  const today = useToday()
  const required = { required: true, requiredText: t('common:required') }
  const ready = isReady(form, today)
  return (
    <>
      <TextField
        {...required}
        label={t('provision:fact.purpose')}
        hint={t('provision:reasonHint')}
        error={tried && !ready.purpose ? t('provision:giveDialog.purposeMissing') : null}
        maxLength={400}
        value={form.purpose}
        onChange={form.setPurpose}
      />
      <TextField
        {...required}
        label={t('provision:fact.document')}
        hint={t('provision:documentHint')}
        error={tried && !ready.document ? t('provision:documentMissing') : null}
        maxLength={120}
        value={form.document}
        onChange={form.setDocument}
      />
      {form.recipient?.endsWithAgreement && (
        <DateField
          {...required}
          label={t('provision:agreement')}
          error={tried && !ready.agreement ? t('provision:giveDialog.agreementMissing') : null}
          value={form.agreementEndsOn}
          onChange={form.setAgreementEndsOn}
          format={formatDay}
          today={today}
          unreadable={t('common:dayUnreadable')}
        />
      )}
    </>
  )
}
