import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useAsked } from '../../api/use-asked.ts'
import { Button, TextButton } from '../../design-system/button.tsx'
import { PasswordField } from '../../design-system/password-field.tsx'
import { Banner } from '../../design-system/states.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { EnrolmentCodeField } from './enrolment-code-field.tsx'
import { usePasswordWords } from './password-words.ts'
import { type EntryFailure, useEntryFailureText } from './sign-in-failure.ts'
import { isUrl, useOnlineEntry } from './use-online-entry.ts'

/**
 * Signing in at the centre: the first time of an account on this PC, after it was locked out, or as an administrator. A PC
 * that the centre does not know yet is asked for its enrolment code.
 */
export function OnlineForm({ login = '' }: { login?: string }) {
  const { t } = useTranslation('lock')
  const words = usePasswordWords()
  const server = useServerUrl()
  const entry = useOnlineEntry(login, server)
  const { failure, tried, busy, code } = entry
  return (
    <form className="gate__form" noValidate onSubmit={(event) => void entry.signIn(event)}>
      {failure && <FailureBanner failure={failure} />}
      {code !== null && (
        <EnrolmentCodeField code={code} onChange={entry.setCode} isMissing={tried && code === ''} asked={entry.asked} />
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
        ref={entry.loginField}
        label={t('login.label')}
        error={tried && entry.login.trim() === '' && t('login.missing')}
        name="login"
        maxLength={64}
        value={entry.login}
        onChange={entry.setLogin}
      />
      <PasswordField
        ref={entry.passwordField}
        label={t('password.label')}
        error={tried && entry.password === '' && !failure && t('password.missing')}
        value={entry.password}
        onChange={entry.setPassword}
        words={words}
      />
      <Button kind="primary" size="large" type="submit" busy={busy}>
        {busy ? t('signIn.busy') : t('signIn.do')}
      </Button>
    </form>
  )
}

/** Being asked for a code is no mistake. */
function FailureBanner({ failure }: { failure: EntryFailure }) {
  const { t } = useTranslation('lock')
  const failureText = useEntryFailureText()
  if (failure.type === 'EnrolmentNeeded') {
    return (
      <Banner tone="info" icon="code">
        {t('code.ask')}
      </Banner>
    )
  }
  return (
    <Banner tone="bad" icon="warning">
      {failureText(failure)}
    </Banner>
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

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : '…')
