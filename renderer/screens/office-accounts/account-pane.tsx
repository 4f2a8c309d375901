import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { useOfficeAct } from '../../office/use-office.ts'
import { useAccount } from '../../view-state/desk.ts'
import { ACCOUNT_TONES, accountStanding } from './account-standing.ts'
import { GrantDialog } from './grant-dialog.tsx'
import { NewPasswordDialog } from './new-password-dialog.tsx'
import { RevokeDialog } from './revoke-dialog.tsx'
import { useTermsText } from './terms-text.ts'

interface AccountPaneProps {
  account: AccountEntry
  accounts: readonly AccountEntry[]
  onChanged: () => void
}

/** One account, and what an administrator can do for it; not to herself what would shut the office out. */
export function AccountPane({ account, accounts, onChanged }: AccountPaneProps) {
  const { t } = useTranslation(['office', 'domain', 'common'])
  const act = useOfficeAct()
  const isHerself = useAccount()?.id === account.id
  const standing = accountStanding(account)
  const termsText = useTermsText()
  const [asking, setAsking] = useState<'password' | 'grant' | 'revoke' | null>(null)
  const done = (): void => setAsking(null)
  const unlock = async (): Promise<void> => {
    const words = t('office:accounts.unlocked', { name: account.displayName })
    await act('office.unlockAccount', { accountId: account.id }, words)
    onChanged()
  }
  return (
    <aside className="card office-pane" aria-label={t('office:accounts.pane', { name: account.displayName })}>
      <header className="card__head">
        <h2 className="office-pane__name">{account.displayName}</h2>
        <Pill tone={ACCOUNT_TONES[standing]}>{t(`office:accounts.standing.${standing}`)}</Pill>
      </header>
      <Facts>
        <Fact name={t('office:accounts.column.login')}>{account.login}</Fact>
        <Fact name={t('office:accounts.column.role')}>{t(`domain:role.${account.role}`)}</Fact>
        <Fact name={t('office:accounts.column.department')}>{account.department || t('common:none')}</Fact>
        {account.lockedAt !== null && (
          <Fact name={t('office:accounts.lockedAt')}>{formatInstant(account.lockedAt)}</Fact>
        )}
        {account.disabledAt !== null && (
          <Fact name={t('office:accounts.disabledAt')}>{formatInstant(account.disabledAt)}</Fact>
        )}
        {account.disabledAt === null &&
          termsText(account.grant, account.role).map(({ what, text }) => (
            <Fact key={what} name={what}>
              {text}
            </Fact>
          ))}
      </Facts>
      <div className="office-pane__acts">
        {standing === 'locked' && (
          <Button kind="primary" onClick={() => void unlock()}>
            {t('office:accounts.unlock')}
          </Button>
        )}
        <Button icon="edit" onClick={() => setAsking('password')}>
          {t('office:accounts.newPassword')}
        </Button>
        {!isHerself && (
          <Button kind={standing === 'disabled' ? 'primary' : 'outlined'} onClick={() => setAsking('grant')}>
            {t(standing === 'disabled' ? 'office:grants.again' : 'office:grants.change')}
          </Button>
        )}
        {standing !== 'disabled' && !isHerself && (
          <Button kind="warn" onClick={() => setAsking('revoke')}>
            {t('office:grants.revoke')}
          </Button>
        )}
        {isHerself && <p>{t('office:accounts.herself')}</p>}
      </div>
      {asking === 'password' && <NewPasswordDialog account={account} onClose={done} onDone={onChanged} />}
      {asking === 'grant' && <GrantDialog account={account} accounts={accounts} onClose={done} onDone={onChanged} />}
      {asking === 'revoke' && <RevokeDialog account={account} accounts={accounts} onClose={done} onDone={onChanged} />}
    </aside>
  )
}
