import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { Tabs } from '../../design-system/tabs.tsx'
import { formatCount } from '../../i18n/format.ts'
import { OfficeScreen } from '../../office/office-screen.tsx'
import { type Column, RecordTable } from '../../office/record-table.tsx'
import { nextOrder, type SortOrder, sortedBy } from '../../office/sort-records.ts'
import { useOffice } from '../../office/use-office.ts'
import { useKeys } from '../../view-state/keymap.ts'
import { AccountPane } from './account-pane.tsx'
import { ACCOUNT_TONES, accountStanding } from './account-standing.ts'
import { GrantsTab } from './grants-tab.tsx'
import { NewAccountDialog } from './new-account-dialog.tsx'
import './grants.css'

/** 사용자·권한: who may sign in in this district, what she may, and what helps somebody who cannot. */
export function AccountsScreen() {
  const { t } = useTranslation('office')
  const view = useOffice('office.accounts')
  const [creating, setCreating] = useState(false)
  const [tab, setTab] = useState<'accounts' | 'grants'>('accounts')
  const create = (): void => setCreating(true)
  useKeys('here', [{ keys: 'F2', label: t('accounts.create'), run: create, hint: true }])
  return (
    <OfficeScreen
      title={t('accounts.title')}
      note={view.value && t('accounts.count', { n: formatCount(view.value.length) })}
      view={view}
      actions={
        <Button kind="primary" icon="plus" kbd="F2" onClick={create}>
          {t('accounts.create')}
        </Button>
      }
    >
      {(accounts) => (
        <>
          <Tabs
            label={t('accounts.title')}
            tabs={[
              { id: 'accounts', label: t('accounts.tab') },
              { id: 'grants', label: t('grants.register') }
            ]}
            selected={tab}
            onSelect={setTab}
          >
            <div className="screen office-tab">
              {tab === 'accounts' ? (
                <AccountList accounts={accounts} onChanged={view.reload} />
              ) : (
                <GrantsTab accounts={accounts} />
              )}
            </div>
          </Tabs>
          {creating && (
            <NewAccountDialog accounts={accounts} onClose={() => setCreating(false)} onCreated={view.reload} />
          )}
        </>
      )}
    </OfficeScreen>
  )
}

function AccountList({ accounts, onChanged }: { accounts: readonly AccountEntry[]; onChanged: () => void }) {
  const { t } = useTranslation('office')
  const columns = useAccountColumns()
  const [order, setOrder] = useState<SortOrder>({ column: 'name', descending: false })
  const [chosenId, setChosenId] = useState<string | null>(null)
  const column = columns.find(({ key }) => key === order.column)
  const shown = sortedBy(accounts, (account) => column?.sortBy?.(account) ?? null, order)
  const selected = shown.find(({ id }) => id === chosenId) ?? shown[0]
  return (
    <div className="office-columns">
      <div className="card office-card">
        <RecordTable
          label={t('accounts.title')}
          columns={columns}
          rows={shown}
          idOf={({ id }) => id}
          order={order}
          onSort={(key) => setOrder(nextOrder(order, key))}
          selectedId={selected?.id ?? null}
          onSelect={setChosenId}
        />
      </div>
      {selected && <AccountPane key={selected.id} account={selected} accounts={accounts} onChanged={onChanged} />}
    </div>
  )
}

function useAccountColumns(): readonly Column<AccountEntry>[] {
  const { t } = useTranslation(['office', 'domain'])
  return [
    {
      key: 'name',
      head: t('office:accounts.column.name'),
      cell: ({ displayName }) => <strong title={displayName}>{displayName}</strong>,
      sortBy: ({ displayName }) => displayName
    },
    {
      key: 'login',
      head: t('office:accounts.column.login'),
      width: 170,
      cell: ({ login }) => login,
      sortBy: ({ login }) => login
    },
    {
      key: 'role',
      head: t('office:accounts.column.role'),
      width: 170,
      minor: true,
      cell: ({ role }) => t(`domain:role.${role}`),
      sortBy: ({ role }) => t(`domain:role.${role}`)
    },
    {
      key: 'department',
      head: t('office:accounts.column.department'),
      width: 140,
      minor: true,
      cell: ({ department }) => <span title={department}>{department}</span>,
      sortBy: ({ department }) => department
    },
    {
      key: 'standing',
      head: t('office:accounts.column.standing'),
      width: 120,
      cell: (account) => {
        const standing = accountStanding(account)
        return <Pill tone={ACCOUNT_TONES[standing]}>{t(`office:accounts.standing.${standing}`)}</Pill>
      },
      sortBy: (account) => accountStanding(account)
    }
  ]
}
