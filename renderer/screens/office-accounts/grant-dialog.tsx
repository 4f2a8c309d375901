import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { useOfficeAct } from '../../office/use-office.ts'
import { useToday } from '../../view-state/clock.ts'
import { GroundsFields, TermsFields } from './grant-fields.tsx'
import { approversOf, type GrantField, grantForm, groundsOf, termsOf, wrongGrant } from './grant-form.ts'

interface GrantDialogProps {
  account: AccountEntry
  accounts: readonly AccountEntry[]
  onClose: () => void
  onDone: () => void
}

/** 권한 바꾸기, or 다시 주기 to somebody whose rights were revoked. */
export function GrantDialog({ account, accounts, onClose, onDone }: GrantDialogProps) {
  const { t } = useTranslation(['office', 'common'])
  const act = useOfficeAct()
  const today = useToday()
  const isRevoked = account.disabledAt !== null
  const [form, setForm] = useState(() => grantForm(isRevoked ? null : account.grant, today))
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const wrong = wrongGrant(form)
  const errorOf = (field: GrantField) => tried && wrong[field] && t(`office:grants.wrong.${field}`)
  const change = (part: Partial<typeof form>): void => setForm({ ...form, ...part })
  const submit = async (): Promise<void> => {
    setTried(true)
    if (busy || Object.values(wrong).includes(true)) return
    setBusy(true)
    const reply = await act(
      'office.changeGrant',
      { accountId: account.id, terms: termsOf(form, account.role), grounds: groundsOf(form) },
      t('office:grants.done.changed', { name: account.displayName })
    )
    setBusy(false)
    if (!reply.ok) return
    onDone()
    onClose()
  }
  const words = isRevoked ? 'again' : 'change'
  return (
    <Dialog
      title={t(`office:grants.${words}Title`, { name: account.displayName })}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void submit()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t(`office:grants.${words}`)}
          </Button>
        </>
      }
    >
      <p>{t('office:grants.changeText')}</p>
      <TermsFields role={account.role} form={form} onChange={change} errorOf={errorOf} />
      <GroundsFields form={form} onChange={change} errorOf={errorOf} approvers={approversOf(accounts, account.id)} />
    </Dialog>
  )
}
