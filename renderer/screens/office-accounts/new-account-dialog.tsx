import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { accountSchema, ROLES, type Role } from '#shared/domain/account/account.ts'
import type { AccountEntry } from '#shared/ipc/office-views.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { PasswordField } from '../../design-system/password-field.tsx'
import { Select } from '../../design-system/select.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { useOfficeAct } from '../../office/use-office.ts'
import { useToday } from '../../view-state/clock.ts'
import { usePasswordWords } from '../lock/password-words.ts'
import { GroundsFields, TermsFields } from './grant-fields.tsx'
import {
  approversOf,
  type GrantField,
  type GrantForm,
  grantForm,
  groundsOf,
  termsOf,
  wrongGrant
} from './grant-form.ts'
import { isStrongPassword } from './password-rule.ts'

const BLANK = { login: '', displayName: '', department: '', role: '' as Role | '', password: '' }
const { login: loginSchema, displayName: nameSchema } = accountSchema.shape

interface NewAccountDialogProps {
  accounts: readonly AccountEntry[]
  onClose: () => void
  onCreated: () => void
}

/** Somebody new: who she is, what she does, what she may and why, and a first password. */
export function NewAccountDialog({ accounts, onClose, onCreated }: NewAccountDialogProps) {
  const { t } = useTranslation(['office', 'common'])
  const act = useOfficeAct()
  const today = useToday()
  const [form, setForm] = useState(BLANK)
  const [grant, setGrant] = useState(() => grantForm(null, today))
  const [tried, setTried] = useState(false)
  const [busy, setBusy] = useState(false)
  const set =
    <K extends keyof typeof BLANK>(key: K) =>
    (value: (typeof BLANK)[K]): void =>
      setForm((before) => ({ ...before, [key]: value }))
  const wrong = {
    login: !loginSchema.safeParse(form.login).success,
    displayName: !nameSchema.safeParse(form.displayName.trim()).success,
    role: form.role === '',
    password: !isStrongPassword(form.password)
  }
  const wrongHere = wrongGrant(grant)
  const errorOf = (key: keyof typeof wrong) => tried && wrong[key] && t(`office:accounts.wrong.${key}`)
  const grantErrorOf = (field: GrantField) => tried && wrongHere[field] && t(`office:grants.wrong.${field}`)
  const changeGrant = (part: Partial<GrantForm>): void => setGrant({ ...grant, ...part })
  const create = async (): Promise<void> => {
    setTried(true)
    const { role } = form
    if (busy || role === '' || Object.values({ ...wrong, ...wrongHere }).includes(true)) return
    setBusy(true)
    const account = {
      ...{ ...form, role, displayName: form.displayName.trim(), department: form.department.trim() },
      grant: { terms: termsOf(grant, role), grounds: groundsOf(grant) }
    }
    const reply = await act(
      'office.createAccount',
      account,
      t('office:accounts.created', { name: account.displayName })
    )
    setBusy(false)
    if (!reply.ok) return
    onCreated()
    onClose()
  }
  return (
    <Dialog
      title={t('office:accounts.create')}
      onClose={onClose}
      closeLabel={t('common:close')}
      onSubmit={() => void create()}
      actions={
        <>
          <Button onClick={onClose}>{t('common:cancel')}</Button>
          <Button kind="primary" type="submit" busy={busy}>
            {t('office:accounts.createDo')}
          </Button>
        </>
      }
    >
      <AccountFields form={form} set={set} errorOf={errorOf} />
      <TermsFields role={form.role} form={grant} onChange={changeGrant} errorOf={grantErrorOf} />
      <GroundsFields
        form={grant}
        onChange={changeGrant}
        errorOf={grantErrorOf}
        approvers={approversOf(accounts, null)}
      />
    </Dialog>
  )
}

type AccountForm = typeof BLANK

interface AccountFieldsProps {
  form: AccountForm
  set: <K extends keyof AccountForm>(key: K) => (value: AccountForm[K]) => void
  errorOf: (key: 'login' | 'displayName' | 'role' | 'password') => string | false
}

function AccountFields({ form, set, errorOf }: AccountFieldsProps) {
  const { t } = useTranslation(['office', 'domain', 'common'])
  const words = usePasswordWords()
  return (
    <>
      <TextField
        label={t('office:accounts.column.name')}
        error={errorOf('displayName')}
        value={form.displayName}
        onChange={set('displayName')}
        maxLength={40}
      />
      <TextField
        label={t('office:accounts.column.login')}
        hint={!errorOf('login') && t('office:accounts.loginHint')}
        error={errorOf('login')}
        value={form.login}
        onChange={set('login')}
        maxLength={32}
      />
      <div className="field-row">
        <Select
          label={t('office:accounts.column.role')}
          placeholder={t('common:choose')}
          error={errorOf('role')}
          choices={ROLES.map((value) => ({ value, label: t(`domain:role.${value}`) }))}
          value={form.role}
          onChange={set('role')}
        />
        <TextField
          label={t('office:accounts.column.department')}
          value={form.department}
          onChange={set('department')}
          maxLength={60}
        />
      </div>
      <PasswordField
        label={t('office:accounts.firstPassword')}
        hint={!errorOf('password') && t('office:accounts.passwordHint')}
        error={errorOf('password')}
        value={form.password}
        onChange={set('password')}
        words={words}
      />
    </>
  )
}
