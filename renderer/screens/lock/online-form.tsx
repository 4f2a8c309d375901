import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { store } from '../../api/store.ts'
import { useAsked } from '../../api/use-asked.ts'
import { Button, TextButton } from '../../design-system/button.tsx'
import { PasswordField } from '../../design-system/password-field.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { showSession } from '../../view-state/desk.ts'
import { usePasswordWords } from './password-words.ts'
import { type EntryFailure, useEntryFailureText } from './sign-in-failure.ts'

/** Signing in at the centre: the first time of an account on this PC, or after it was locked out. */
export function OnlineForm({ login: givenLogin = '' }: { login?: string }) {
  const { t } = useTranslation('lock')
  const words = usePasswordWords()
  const failureText = useEntryFailureText()
  const server = useServerUrl()
  const [login, setLogin] = useState(givenLogin)
  const [password, setPassword] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<EntryFailure | null>(null)
  const [tried, setTried] = useState(false)
  const [firstField, passwordField] = [useRef<HTMLInputElement>(null), useRef<HTMLInputElement>(null)]
  useEffect(() => (givenLogin ? passwordField : firstField).current?.focus(), [givenLogin, firstField, passwordField])

  const signIn = async (event: FormEvent): Promise<void> => {
    event.preventDefault()
    setTried(true)
    if (busy || !isUrl(server.url)) return
    if (login.trim() === '') return firstField.current?.focus()
    if (password === '') return passwordField.current?.focus()
    setBusy(true)
    const reply = await store.ask('session.signIn', { serverUrl: server.url.trim(), login: login.trim(), password })
    setBusy(false)
    if (reply.ok) return showSession(reply.value)
    setFailure(reply.error)
    if (reply.error.type === 'CentreNotTrusted') server.show()
    if (reply.error.type === 'WrongPassword') setPassword('')
    passwordField.current?.focus()
  }

  return (
    <form className="gate__form" noValidate onSubmit={(event) => void signIn(event)}>
      {failure && (
        <Banner tone="bad" icon="warning">
          {failureText(failure)}
        </Banner>
      )}
      {server.shown ? (
        <TextField
          label={t('server.label')}
          hint={t('server.hint')}
          error={tried && !isUrl(server.url) && t('server.unreadable')}
          value={server.url}
          onChange={server.change}
          type="url"
          placeholder="https://"
        />
      ) : (
        <p className="faint">
          {t('server.goesTo', { host: hostOf(server.url) })}{' '}
          <TextButton onClick={server.show}>{t('server.label')}</TextButton>
        </p>
      )}
      <TextField
        ref={firstField}
        label={t('login.label')}
        error={tried && login.trim() === '' && t('login.missing')}
        name="login"
        maxLength={64}
        value={login}
        onChange={setLogin}
      />
      <PasswordField
        ref={passwordField}
        label={t('password.label')}
        error={tried && password === '' && !failure && t('password.missing')}
        value={password}
        onChange={setPassword}
        words={words}
      />
      <Button kind="primary" size="large" type="submit" busy={busy}>
        {busy ? t('signIn.busy') : t('signIn.do')}
      </Button>
    </form>
  )
}

/** The centre's address: known from the installation, or typed once. */
function useServerUrl() {
  const info = useAsked('app.info', {}).value
  const [typed, setTyped] = useState<string | null>(null)
  const [opened, setOpened] = useState(false)
  const known = info?.serverUrl ?? ''
  return {
    url: typed ?? known,
    shown: opened || (info !== undefined && known === ''),
    show: () => setOpened(true),
    change: setTyped
  }
}

const isUrl = (text: string): boolean => /^https?:\/\//.test(text.trim()) && URL.canParse(text.trim())
const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '…')
