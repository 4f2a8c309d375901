import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { formatAddress } from '#shared/domain/case/address.ts'
import { BANKS, bankName } from '#shared/domain/case/bank.ts'
import type { Address, Applicant, BankAccount } from '#shared/domain/case/case.ts'
import { parseRrn } from '#shared/domain/case/rrn.ts'
import { registrationNoText } from '../../case-display/masked-texts.ts'
import { TextButton } from '../../design-system/button.tsx'
import { FieldGroup } from '../../design-system/field.tsx'
import { Select } from '../../design-system/select.tsx'
import { TextField } from '../../design-system/text-field.tsx'
import { type ApplicantForm, type ApplicantPlace, EMPTY_ACCOUNT, EMPTY_ADDRESS } from './applicant-form.ts'

interface ReplacementProps {
  readonly applicant: Applicant
  readonly form: ApplicantForm
  readonly set: (part: Partial<ApplicantForm>) => void
  readonly errorAt: (place: ApplicantPlace) => string | null
}

/** A masked value that stays unless somebody replaces it. */
function Kept({
  name,
  value,
  onReplace,
  children
}: {
  name: string
  value: string
  onReplace: () => void
  children?: ReactNode
}) {
  const { t } = useTranslation('case')
  return (
    <p className="editor__kept">
      <span className="field__label">{name}</span> <span>{value}</span>{' '}
      <TextButton onClick={onReplace}>{t('applicant.replace')}</TextButton> {children}
    </p>
  )
}

function KeepButton({ onKeep }: { onKeep: () => void }) {
  const { t } = useTranslation('case')
  return (
    <div>
      <TextButton onClick={onKeep}>{t('applicant.keep')}</TextButton>
    </div>
  )
}

export function RegistrationNoReplacement({ applicant, form, set, errorAt }: ReplacementProps) {
  const { t } = useTranslation(['case', 'domain'])
  const { registrationNo } = form
  if (registrationNo === null) {
    return (
      <Kept
        name={t('domain:field.applicant.registrationNo')}
        value={registrationNoText(applicant.registrationNo)}
        onReplace={() => set({ registrationNo: '' })}
      />
    )
  }
  const parsed = parseRrn(registrationNo)
  return (
    <div className="editor__new">
      <TextField
        label={t('case:applicant.newRegistrationNo')}
        value={registrationNo}
        onChange={(typed) => set({ registrationNo: typed })}
        maxLength={14}
        inputMode="numeric"
        error={errorAt('registrationNo')}
        warning={parsed.ok && parsed.value.checkDigit === 'misfits' ? t('case:applicant.checkDigit') : null}
      />
      <TextButton onClick={() => set({ registrationNo: null })}>{t('case:applicant.keep')}</TextButton>
    </div>
  )
}

export function AddressReplacement({ applicant, form, set, errorAt }: ReplacementProps) {
  const { t } = useTranslation(['case', 'domain'])
  const { address } = form
  if (address === null) {
    return (
      <Kept
        name={t('domain:field.applicant.address')}
        value={formatAddress(applicant.address)}
        onReplace={() => set({ address: EMPTY_ADDRESS })}
      />
    )
  }
  const part = (name: keyof Address, maxLength: number) => ({
    label: t(`case:applicant.${name}`),
    value: address[name],
    onChange: (typed: string) => set({ address: { ...address, [name]: typed } }),
    maxLength
  })
  return (
    <FieldGroup legend={t('case:applicant.newAddress')}>
      <div className="field-row">
        <TextField {...part('postcode', 5)} inputMode="numeric" error={errorAt('postcode')} />
        <TextField {...part('road', 80)} error={errorAt('road')} />
        <TextField {...part('building', 20)} />
      </div>
      <div className="field-row">
        <TextField {...part('detail', 80)} />
        <TextField {...part('extra', 80)} />
      </div>
      <KeepButton onKeep={() => set({ address: null })} />
    </FieldGroup>
  )
}

export function AccountReplacement({ applicant, form, set, errorAt }: ReplacementProps) {
  const { t } = useTranslation(['case', 'domain'])
  const { account } = form
  if (account === null || account === 'remove') {
    return (
      <Kept
        name={t('domain:field.applicant.account')}
        value={account === 'remove' ? t('case:applicant.willRemove') : accountText(applicant.account, t('case:unset'))}
        onReplace={() => set({ account: EMPTY_ACCOUNT })}
      >
        {applicant.account && account === null && (
          <TextButton onClick={() => set({ account: 'remove' })}>{t('case:applicant.removeAccount')}</TextButton>
        )}
        {account === 'remove' && (
          <TextButton onClick={() => set({ account: null })}>{t('case:applicant.keep')}</TextButton>
        )}
      </Kept>
    )
  }
  return <NewAccount account={account} set={set} errorAt={errorAt} />
}

function NewAccount({ account, set, errorAt }: { account: BankAccount } & Pick<ReplacementProps, 'set' | 'errorAt'>) {
  const { t } = useTranslation(['case', 'common'])
  const change = (part: Partial<BankAccount>): void => set({ account: { ...account, ...part } })
  return (
    <FieldGroup legend={t('case:applicant.newAccount')}>
      <div className="field-row">
        <Select<string>
          label={t('case:applicant.bank')}
          choices={BANKS.map(({ code, name }) => ({ value: code, label: name }))}
          value={account.bankCode}
          onChange={(bankCode) => change({ bankCode })}
          placeholder={t('common:choose')}
          error={errorAt('bankCode')}
        />
        <TextField
          label={t('case:applicant.accountNumber')}
          value={account.number}
          onChange={(number) => change({ number })}
          inputMode="numeric"
          maxLength={24}
          error={errorAt('accountNumber')}
        />
        <TextField
          label={t('case:applicant.holder')}
          value={account.holder}
          onChange={(holder) => change({ holder })}
          maxLength={60}
          error={errorAt('holder')}
        />
      </div>
      <KeepButton onKeep={() => set({ account: null })} />
    </FieldGroup>
  )
}

const accountText = (account: BankAccount | null, unset: string): string =>
  account === null ? unset : `${bankName(account.bankCode)} ${account.number} ${account.holder}`
