import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { PasswordField } from '../../design-system/password-field.tsx'
import { useOfficeAct } from '../../office/use-office.ts'
import { usePasswordWords } from '../lock/password-words.ts'
import { isStrongPassword } from './password-rule.ts'

interface NewPasswordDialogProps {
  account: AccountEntry
  onClose: () => void
  onDone: () => void
}

/** A first password that the administrator tells the person; it also ends what is signed in with the old one. */
export function NewPasswordDialog({ account, onClose, onDone }: NewPasswordDialogProps) {
  const { t } = useTranslation(['office', 'common'])
  const words = usePasswordWords()
  const act = useOfficeAct()
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const isStrong = isStrongPassword(password)
  const set = async (): Promise<void> => {
    setTried(true)
    if (!isStrong || busy) return
    setBusy(true)
    const name = { name: account.displayName }
    const reply = await act(
      'office.setPassword',
      { accountId: account.id, password },
      t('office:accounts.passwordSet', name)
    )
    setBusy(false)
    if (!reply.ok) return
    onDone()
    onClose()
  }
  return (
    <Dialog
      title={t('office:accounts.passwordTitle', { name: account.displayName })}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void set()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('office:accounts.passwordDo')}
          </Button>
        </>
      }
    >
      <p>{t('office:accounts.passwordText')}</p>
      <PasswordField
        label={t('office:accounts.newPassword')}
        hint={t('office:accounts.passwordHint')}
        error={tried && !isStrong && t('office:accounts.passwordWeak')}
        value={password}
        onChange={setPassword}
        words={words}
      />
    </Dialog>
  )
}
