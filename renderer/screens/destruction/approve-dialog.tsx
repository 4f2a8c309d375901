import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { dayOfExecution } from '#shared/commands/destruction/approve-batch.ts'
import type { BatchView } from '#shared/ipc/destruction-views.ts'
import { store } from '../../api/store.ts'
import { Button } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { PasswordField } from '../../design-system/password-field.tsx'
import { Banner } from '../../design-system/states.tsx'
import { toast } from '../../design-system/toast.tsx'
import { formatDay } from '../../i18n/format.ts'
import { useToday } from '../../view-state/clock.ts'
import { isOffline } from '../../view-state/desk.ts'
import { usePasswordWords } from '../lock/password-words.ts'
import type { BatchDialogProps } from './batch-dialog.tsx'
import { Causes, Extent, inGroups } from './batch-facts.tsx'
import { useDestructionFailureText } from './destruction-failure.ts'

/** 승인: the officer sees once more what goes and when, and signs the digest of exactly that list with her password. */
export function ApproveDialog({ batch, onClose }: BatchDialogProps) {
  const { t } = useTranslation(['destruction', 'common'])
  const failureText = useDestructionFailureText()
  const words = usePasswordWords()
  const [digest] = useState(batch.digest ?? '') // what she saw, whatever arrives meanwhile
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const [busy, setBusy] = useState(false)
  const approve = async (): Promise<void> => {
    setTried(true)
    if (busy || password === '') return
    setBusy(true)
    const reply = await store.ask('destruction.approve', { batchId: batch.id, digest, password })
    setBusy(false)
    setPassword('')
    setTried(false)
    if (!reply.ok) return setFailed(failureText(reply.error))
    toast(t(isOffline() ? 'destruction:approveDialog.doneOffline' : 'destruction:approveDialog.done'))
    onClose()
  }
  return (
    <Dialog
      title={t('destruction:approveDialog.title')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void approve()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('destruction:approveDialog.submit')}
          </Button>
        </>
      }
    >
      <p>{t('destruction:approveDialog.text')}</p>
      <WhatGoes batch={batch} digest={digest} />
      <PasswordField
        label={t('destruction:approveDialog.password')}
        hint={t('destruction:approveDialog.passwordHint')}
        error={tried && password === '' ? t('destruction:approveDialog.passwordMissing') : null}
        required
        requiredText={t('common:required')}
        value={password}
        onChange={setPassword}
        words={words}
      />
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}

function WhatGoes({ batch, digest }: { batch: BatchView; digest: string }) {
  const { t } = useTranslation('destruction')
  const today = useToday()
  const { plan } = batch
  return (
    <Facts>
      <Fact name={t('facts.extent')}>
        <Extent batch={batch} />
      </Fact>
      <Fact name={t('facts.causes')}>
        <Causes batch={batch} />
      </Fact>
      <Fact name={t('facts.leftOut')}>{t('facts.leftOutValue', batch.leftOut)}</Fact>
      <Fact name={t('approveDialog.when')}>
        {t('approveDialog.whenValue', { n: plan.coolingDays, day: formatDay(dayOfExecution(today, plan)) })}
      </Fact>
      <Fact name={t('facts.digest')}>
        <code className="digest">{inGroups(digest)}</code>
        <span className="faint">{t('approveDialog.digestHint')}</span>
      </Fact>
    </Facts>
  )
}
