import { useTranslation } from 'react-i18next'
import type { Settings } from '#shared/ipc/contract.ts'
import { store } from '../../api/store.ts'
import { useFailureText } from '../../case-display/failure-text.ts'
import { Card } from '../../design-system/card.tsx'
import { RadioGroup } from '../../design-system/radio-group.tsx'
import { Skeleton } from '../../design-system/states.tsx'
import { toast } from '../../design-system/toast.tsx'
import { showSettings, useDesk } from '../../view-state/desk.ts'
import { AboutCard } from './about-card.tsx'
import { LockMinutes } from './lock-minutes.tsx'
import { ZoomSetting } from './zoom-setting.tsx'
import './settings-screen.css'

/** 설정: how the window looks and when it locks. Each choice holds at once. */
export function SettingsScreen() {
  const { t } = useTranslation(['settings', 'common'])
  const { failureText } = useFailureText()
  const settings = useDesk((desk) => desk.settings)
  const change = async ({ locale, contrast, locksAfterMinutes }: Partial<Settings>): Promise<void> => {
    if (!settings) return
    const part = {
      ...(locale && { locale }),
      ...(contrast && { contrast }),
      ...(locksAfterMinutes && { locksAfterMinutes })
    }
    showSettings({ ...settings, ...part })
    const reply = await store.ask('settings.set', part)
    showSettings(reply.ok ? reply.value : settings)
    if (!reply.ok) toast(failureText(reply.error), 'bad')
  }
  return (
    <div className="screen">
      <header className="screen__head">
        <h1>{t('settings:title')}</h1>
        <span className="faint">{t('settings:atOnce')}</span>
      </header>
      {settings ? (
        <div className="settings">
          <div className="stack">
            <LookCard settings={settings} onChange={(part) => void change(part)} />
            <Card title={t('settings:lock.title')}>
              <div className="card__body stack">
                <LockMinutes
                  minutes={settings.locksAfterMinutes}
                  onChange={(locksAfterMinutes) => void change({ locksAfterMinutes })}
                />
              </div>
            </Card>
          </div>
          <AboutCard />
        </div>
      ) : (
        <Skeleton lines={6} label={t('common:loading')} />
      )}
    </div>
  )
}

interface LookCardProps {
  settings: Settings
  onChange: (part: Partial<Settings>) => void
}

function LookCard({ settings, onChange }: LookCardProps) {
  const { t } = useTranslation('settings')
  return (
    <Card title={t('look.title')}>
      <div className="card__body stack settings__choices">
        <RadioGroup
          label={t('look.locale')}
          choices={(['ko', 'en'] as const).map((value) => ({ value, label: t(`look.locales.${value}`) }))}
          value={settings.locale}
          onChange={(locale) => onChange({ locale })}
          hint={t('look.localeHint')}
        />
        <RadioGroup
          label={t('look.contrast')}
          choices={(['light', 'high'] as const).map((value) => ({ value, label: t(`look.contrasts.${value}`) }))}
          value={settings.contrast}
          onChange={(contrast) => onChange({ contrast })}
        />
        <ZoomSetting />
      </div>
    </Card>
  )
}
