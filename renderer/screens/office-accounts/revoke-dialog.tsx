import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { useOfficeAct } from '../../office/use-office.ts'
import { GroundsFields } from './grant-fields.tsx'
import { approversOf, type GroundsField, groundsOf, NO_GROUNDS, wrongGrounds } from './grant-form.ts'

interface RevokeDialogProps {
  account: AccountEntry
  accounts: readonly AccountEntry[]
  onClose: () => void
  onDone: () => void
}

/** 권한 회수: she is out at every PC at once. */
export function RevokeDialog({ account, accounts, onClose, onDone }: RevokeDialogProps) {
  const { t } = useTranslation(['office', 'common'])
  const act = useOfficeAct()
  const [form, setForm] = useState(NO_GROUNDS)
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const wrong = wrongGrounds(form)
  const errorOf = (field: GroundsField) => tried && wrong[field] && t(`office:grants.wrong.${field}`)
  const revoke = async (): Promise<void> => {
    setTried(true)
    if (busy || Object.values(wrong).includes(true)) return
    setBusy(true)
    const reply = await act(
      'office.revokeGrant',
      { accountId: account.id, grounds: groundsOf(form) },
      t('office:grants.done.revoked', { name: account.displayName })
    )
    setBusy(false)
    if (!reply.ok) return
    onDone()
    onClose()
  }
  return (
    <Dialog
      title={t('office:grants.revokeTitle', { name: account.displayName })}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void revoke()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="warn" type="submit" busy={busy}>
            {t('office:grants.revoke')}
          </Button>
        </>
      }
    >
      <p>{t('office:grants.revokeText')}</p>
      <GroundsFields
        form={form}
        onChange={(part) => setForm({ ...form, ...part })}
        errorOf={errorOf}
        approvers={approversOf(accounts, account.id)}
      />
    </Dialog>
  )
}
