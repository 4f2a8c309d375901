import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { useOfficeAct } from '../../office/use-office.ts'
import { useAccount } from '../../view-state/desk.ts'
import { ACCOUNT_TONES, accountStanding } from './account-standing.ts'
import { NewPasswordDialog } from './new-password-dialog.tsx'

interface AccountPaneProps {
  account: AccountEntry
  onChanged: () => void
}

/** One account, and what an administrator can do for it; not to herself what would shut the office out. */
export function AccountPane({ account, onChanged }: AccountPaneProps) {
  const { t } = useTranslation(['office', 'domain', 'common'])
  const act = useOfficeAct()
  const isHerself = useAccount()?.id === account.id
  const standing = accountStanding(account)
  const [asking, setAsking] = useState<'password' | 'disable' | null>(null)
  const done = (): void => setAsking(null)
  const run = async (
    method: 'office.unlockAccount' | 'office.enableAccount' | 'office.disableAccount'
  ): Promise<void> => {
    await act(method, { accountId: account.id }, t(`office:accounts.done.${method}`, { name: account.displayName }))
    done()
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
      </Facts>
      <div className="office-pane__acts">
        {standing === 'locked' && (
          <Button kind="primary" onClick={() => void run('office.unlockAccount')}>
            {t('office:accounts.unlock')}
          </Button>
        )}
        {standing === 'disabled' && (
          <Button kind="primary" onClick={() => void run('office.enableAccount')}>
            {t('office:accounts.enable')}
          </Button>
        )}
        <Button icon="edit" onClick={() => setAsking('password')}>
          {t('office:accounts.newPassword')}
        </Button>
        {standing !== 'disabled' && !isHerself && (
          <Button kind="warn" onClick={() => setAsking('disable')}>
            {t('office:accounts.disable')}
          </Button>
        )}
        {isHerself && <p>{t('office:accounts.herself')}</p>}
      </div>
      {asking === 'password' && <NewPasswordDialog account={account} onClose={done} onDone={onChanged} />}
      {asking === 'disable' && (
        <DisableDialog account={account} onClose={done} onConfirm={() => void run('office.disableAccount')} />
      )}
    </aside>
  )
}

interface DisableDialogProps {
  account: AccountEntry
  onClose: () => void
  onConfirm: () => void
}

function DisableDialog({ account, onClose, onConfirm }: DisableDialogProps) {
  const { t } = useTranslation(['office', 'common'])
  return (
    <Dialog
      title={t('office:accounts.disableTitle', { name: account.displayName })}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={onConfirm}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="warn" type="submit">
            {t('office:accounts.disable')}
          </Button>
        </>
      }
    >
      <p>{t('office:accounts.disableText')}</p>
      <p>{t('office:accounts.disableBack')}</p>
    </Dialog>
  )
}
