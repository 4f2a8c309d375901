import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LocalAccount, SessionView } from '#shared/ipc/views.ts'
import { Button, TextButton } from '../../design-system/button.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { Banner } from '../../design-system/states.tsx'
import { lastLogin } from '../../view-state/hand-over.ts'
import { useReentry } from '../../view-state/lock.ts'
import { ErasedNote } from './erased-note.tsx'
import { GateFrame } from './gate-frame.tsx'
import { OnlineForm } from './online-form.tsx'
import { UnlockForm } from './unlock-form.tsx'

type LockedSession = Extract<SessionView, { state: 'locked' }>

/** The desk is locked: everything stays on this PC until one of its accounts opens it again. */
export function LockScreen({ session }: { session: LockedSession }) {
  const { t } = useTranslation('lock')
  const { accounts, cause } = session
  const [login, setLogin] = useState(() => likelyLogin(accounts))
  const [online, setOnline] = useState(() => reentry(accounts))
  useEffect(() => useReentry.setState({ login: null }), [])
  const [lockedOutHere, setLockedOutHere] = useState<ReadonlySet<string>>(new Set())
  const chosen = accounts.find((account) => account.login === login)
  const closure = (account: LocalAccount): Closure | null => {
    if (account.lockedOut || lockedOutHere.has(account.login)) return 'lockedOut'
    return account.leaseOver ? 'leaseOver' : null
  }
  const closed = chosen ? closure(chosen) : null

  if (online) {
    return (
      <GateFrame state="locked">
        <header className="gate__head">
          <h1>{t('online.title')}</h1>
          <p>{t(online.login ? 'online.textAgain' : 'online.text')}</p>
        </header>
        <OnlineForm key={online.login} login={online.login} />
        <div className="gate__ways">
          <TextButton onClick={() => setOnline(null)}>{t('online.back')}</TextButton>
        </div>
      </GateFrame>
    )
  }
  return (
    <GateFrame state="locked" promises={session.erased === null}>
      <header className="gate__head">
        <h1>{t(`locked.title.${cause}`)}</h1>
        <p>{t(`locked.text.${cause}`)}</p>
      </header>
      {session.erased && <ErasedNote erased={session.erased} />}
      <ul className="accounts" aria-label={t('locked.accounts')}>
        {accounts.map((account) => (
          <li key={account.login}>
            <AccountButton
              account={account}
              closure={closure(account)}
              chosen={account.login === login}
              onChoose={() => setLogin(account.login)}
            />
          </li>
        ))}
      </ul>
      {chosen && closed === null && (
        <UnlockForm
          key={chosen.login}
          account={chosen}
          onLockedOut={() => setLockedOutHere((before) => new Set([...before, chosen.login]))}
        />
      )}
      {chosen && closed !== null && (
        <OnlyOnline
          closure={closed}
          isTold={cause === 'lease' && closed === 'leaseOver'}
          onOnline={() => setOnline({ login: chosen.login })}
        />
      )}
      <div className="gate__ways">
        <TextButton onClick={() => setOnline({ login: '' })}>{t('locked.otherAccount')}</TextButton>
      </div>
    </GateFrame>
  )
}

/** Why an account opens only online: too many wrong passwords here, or the PC's time of use is over. */
type Closure = 'lockedOut' | 'leaseOver'

/** Who locked the desk to sign in at the centre again is led there at once. */
function reentry(accounts: readonly LocalAccount[]): { login: string } | null {
  const { login } = useReentry.getState()
  return login !== null && accounts.some((account) => account.login === login) ? { login } : null
}

/** The only account, else the one that worked here before the lock. */
function likelyLogin(accounts: readonly LocalAccount[]): string | null {
  const known = accounts.length === 1 ? accounts[0] : accounts.find(({ login }) => login === lastLogin())
  return known?.login ?? null
}

interface AccountButtonProps {
  account: LocalAccount
  closure: Closure | null
  chosen: boolean
  onChoose: () => void
}

function AccountButton({ account, closure, chosen, onChoose }: AccountButtonProps) {
  const { t } = useTranslation('lock')
  return (
    <button type="button" className="account" data-login={account.login} aria-pressed={chosen} onClick={onChoose}>
      <span className="account__avatar" aria-hidden="true">
        {[...account.displayName][0]}
      </span>
      <span className="account__who">
        <span className="account__name">{account.displayName}</span>
        <span className="account__login">{account.login}</span>
      </span>
      {closure && <Pill tone={closure === 'lockedOut' ? 'bad' : 'warn'}>{t(`locked.${closure}`)}</Pill>}
    </button>
  )
}

interface OnlyOnlineProps {
  closure: Closure
  /** The heading has said why. */
  isTold: boolean
  onOnline: () => void
}

function OnlyOnline({ closure, isTold, onOnline }: OnlyOnlineProps) {
  const { t } = useTranslation(['lock', 'domain'])
  return (
    <div className="gate__form">
      {!isTold && (
        <Banner tone={closure === 'lockedOut' ? 'bad' : 'warn'} icon={closure === 'lockedOut' ? 'lock' : 'clock'}>
          {t(closure === 'lockedOut' ? 'domain:signInFailure.AccountLocked' : 'domain:signInFailure.LeaseOver')}
        </Banner>
      )}
      <Button kind="primary" size="large" onClick={onOnline}>
        {t('lock:locked.onlineNow')}
      </Button>
    </div>
  )
}
