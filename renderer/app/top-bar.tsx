import { useTranslation } from 'react-i18next'
import { districtByCode } from '#shared/domain/district/district.ts'
import { IconButton } from '../design-system/button.tsx'
import { BrandMark } from '../design-system/icons.tsx'
import { useAccount, useAdministers } from '../view-state/desk.ts'
import { lockDesk } from '../view-state/lock.ts'
import { SearchBox } from './search-box.tsx'
import { SyncIndicator } from './sync-indicator.tsx'
import './top-bar.css'

export function TopBar() {
  const { t } = useTranslation(['common', 'shell'])
  const administers = useAdministers()
  return (
    <header className="top-bar">
      <div className="top-bar__brand">
        <BrandMark />
        <span>{t('common:productName')}</span>
      </div>
      {administers ? <span className="top-bar__role">{t('shell:administers')}</span> : <SearchBox />}
      <span className="grow" />
      {!administers && <SyncIndicator />}
      <Who />
    </header>
  )
}

function Who() {
  const { t, i18n } = useTranslation('shell')
  const account = useAccount()
  const administers = useAdministers()
  if (!account) return null
  const district = districtByCode(account.districtCode)
  const districtName = (i18n.language === 'en' ? district?.englishName : district?.name) ?? account.districtCode
  return (
    <div className="top-bar__who">
      <span className="top-bar__avatar" aria-hidden="true">
        {[...account.displayName][0]}
      </span>
      <span className="top-bar__name">{account.displayName}</span>
      <span className="top-bar__office">
        {districtName} {account.department}
      </span>
      <IconButton
        icon={administers ? 'signOut' : 'lock'}
        label={`${t(administers ? 'user.signOut' : 'user.lock')} (Ctrl+L)`}
        onClick={() => void lockDesk()}
      />
    </div>
  )
}
