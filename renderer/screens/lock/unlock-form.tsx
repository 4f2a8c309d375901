import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalAccount } from '#shared/ipc/views.ts'
import { store } from '../../api/store.ts'
import { Button } from '../../design-system/button.tsx'
import { PasswordField } from '../../design-system/password-field.tsx'
import { Banner } from '../../design-system/states.tsx'
import { showSession } from '../../view-state/desk.ts'
import { usePasswordWords } from './password-words.ts'
import { type EntryFailure, useEntryFailureText } from './sign-in-failure.ts'

interface UnlockFormProps {
  account: LocalAccount
  /** The last attempt was wrong: from now on only the centre can let the account in. */
  onLockedOut: () => void
}

/** The password of an account that has signed in on this PC before. Needs no network. */
export function UnlockForm({ account, onLockedOut }: UnlockFormProps) {
  const { t } = useTranslation('lock')
  const words = usePasswordWords()
  const failureText = useEntryFailureText()
  const field = useRef<HTMLInputElement>(null)
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [tried, setTried] = useState(false)
  const [failure, setFailure] = useState<EntryFailure | null>(null)
  useEffect(() => field.current?.focus(), [])

  const unlock = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (busy) return
    if (password === '') return field.current?.focus()
    setBusy(true)
    const reply = await store.ask('session.unlock', { login: account.login, password })
    setBusy(false)
    if (reply.ok) return showSession(reply.value)
    if (reply.error.type === 'AccountLocked') return onLockedOut()
    setFailure(reply.error)
    setPassword('')
    field.current?.focus()
  }

  return (
    <form className="gate__form" noValidate onSubmit={(event) => void unlock(event)}>
      {failure && (
        <Banner tone="bad" icon="warning">
          {failureText(failure)}
        </Banner>
      )}
      <PasswordField
        ref={field}
        label={t('password.labelOf', { name: account.displayName })}
        error={tried && password === '' && !failure && t('password.missing')}
        value={password}
        onChange={setPassword}
        words={words}
      />
      <Button kind="primary" size="large" type="submit" busy={busy}>
        {busy ? t('unlock.busy') : t('unlock.do')}
      </Button>
    </form>
  )
}
