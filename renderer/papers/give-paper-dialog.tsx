import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signsPapers } from '#shared/domain/account/paper-rights.ts'
import type { GivenPaper, WantedPaper } from '#shared/ipc/paper-methods.ts'
import { store } from '../api/store.ts'
import { Button } from '../design-system/button.tsx'
import { Dialog } from '../design-system/dialog.tsx'
import { PasswordField } from '../design-system/password-field.tsx'
import { Banner } from '../design-system/states.tsx'
import { TextField } from '../design-system/text-field.tsx'
import { toast } from '../design-system/toast.tsx'
import { usePasswordWords } from '../screens/lock/password-words.ts'
import { useAccount } from '../view-state/desk.ts'
import { usePaperFailureText } from './paper-failure.ts'

const SHORTEST_PURPOSE = 2

/** Gives a paper out as PDF: asks what for, and for the password where it is signed, then where to save it. */
export function GivePaperDialog({ paper, onClose }: { paper: WantedPaper; onClose: () => void }) {
  const { t } = useTranslation(['papers', 'destruction', 'common'])
  const words = usePasswordWords()
  const role = useAccount()?.role
  const isSigned = role !== undefined && signsPapers(role)
  const [purpose, setPurpose] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const { give, given, busy, failed } = useGiving(paper, onClose)
  const purposeMissing = purpose.trim().length < SHORTEST_PURPOSE
  const submit = async (): Promise<void> => {
    setTried(true)
    if (busy || (given === null && (purposeMissing || (isSigned && password === '')))) return
    await give({ purpose: purpose.trim(), password: isSigned ? password : null })
    setPassword('')
    setTried(false)
  }
  return (
    <Dialog
      title={t(`papers:${paper.kind}.title`)}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onClick={onClose}>{t(given === null ? 'common:cancel' : 'common:close')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t(given === null ? 'papers:give.submit' : 'papers:give.saveAgain')}
          </Button>
        </>
      }
    >
      <p>
        {t(`papers:${paper.kind}.text`)} {t('papers:give.record')}
      </p>
      {given === null && (
        <TextField
          label={t('papers:give.purpose')}
          hint={t('papers:give.purposeHint')}
          error={tried && purposeMissing ? t('papers:give.purposeMissing') : null}
          required
          requiredText={t('common:required')}
          maxLength={400}
          value={purpose}
          onChange={setPurpose}
        />
      )}
      {given === null && isSigned && (
        <PasswordField
          label={t('destruction:approveDialog.password')}
          hint={t('papers:give.passwordHint')}
          error={tried && password === '' ? t('destruction:approveDialog.passwordMissing') : null}
          required
          requiredText={t('common:required')}
          value={password}
          onChange={setPassword}
          words={words}
        />
      )}
      {failed && <Banner tone="bad">{failed}</Banner>}
    </Dialog>
  )
}

/** A paper that was made is not made again because the disk refused it or the person left the save dialog. */
function useGiving(paper: WantedPaper, onClose: () => void) {
  const { t } = useTranslation('papers')
  const failureText = usePaperFailureText()
  const [given, setGiven] = useState<GivenPaper | null>(null)
  const [busy, setBusy] = useState(false)
  const [failed, setFailed] = useState<string | null>(null)
  const save = async (made: GivenPaper): Promise<void> => {
    const { number, name, content } = made
    const outcome = await window.desk.saveFile({ name, content })
    setFailed(outcome === 'failed' ? t('give.saveFailed') : null)
    if (outcome !== 'saved') return
    toast(t('give.saved', { number }))
    onClose()
  }
  const make = async (terms: { purpose: string; password: string | null }): Promise<void> => {
    const reply = await store.ask('paper.give', { paper, ...terms })
    if (!reply.ok) return setFailed(failureText(reply.error))
    setGiven(reply.value)
    await save(reply.value)
  }
  const give = async (terms: { purpose: string; password: string | null }): Promise<void> => {
    setBusy(true)
    await (given === null ? make(terms) : save(given))
    setBusy(false)
  }
  return { give, given, busy, failed }
}
