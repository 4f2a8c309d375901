import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { SessionView } from '#shared/ipc/views.ts'
import { store } from '../../api/store.ts'
import { useAsked } from '../../api/use-asked.ts'
import { TextButton } from '../../design-system/button.tsx'
import { BrandMark, Icon, type IconName } from '../../design-system/icons.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { showSettings, useDesk } from '../../view-state/desk.ts'
import './gate-frame.css'

const PROMISES: readonly { icon: IconName; name: 'kept' | 'offline' | 'typed' }[] = [
  { icon: 'lock', name: 'kept' },
  { icon: 'offline', name: 'offline' },
  { icon: 'edit', name: 'typed' }
]

interface GateFrameProps {
  state: SessionView['state']
  /** What the product promises; left out where something else has just happened. */
  promises?: boolean
  children: ReactNode
}

/** The page before the desk: what the product promises at the left, what to do now at the right. */
export function GateFrame({ state, promises = true, children }: GateFrameProps) {
  const { t } = useTranslation(['lock', 'common'])
  return (
    <div className="gate" data-session={state}>
      <aside className="gate__side" aria-label={t('common:productName')}>
        <p className="gate__brand">
          <BrandMark size={40} />
          <span>{t('common:productName')}</span>
        </p>
        <p className="gate__lead">{t('lock:lead')}</p>
        {promises && <Promises />}
      </aside>
      <main className="gate__main">
        <div className="gate__panel">{children}</div>
        <GateFoot />
      </main>
    </div>
  )
}

function Promises() {
  const { t } = useTranslation('lock')
  return (
    <ul className="gate__promises">
      {PROMISES.map(({ icon, name }) => (
        <li key={name}>
          <Icon name={icon} size={20} />
          <span>{t(`promise.${name}`)}</span>
        </li>
      ))}
    </ul>
  )
}

function GateFoot() {
  const { t } = useTranslation(['lock', 'common'])
  const info = useAsked('app.info', {}).value
  return (
    <footer className="gate__foot">
      {info && <span>{t('lock:version', { version: info.version })}</span>}
      {info?.demo && <Pill tone="warn">{t('lock:demo')}</Pill>}
      <span className="grow" />
      <LanguageSwitch />
    </footer>
  )
}

/** Named in the language that it switches to. */
function LanguageSwitch() {
  const { t } = useTranslation('lock')
  const other = useDesk(({ settings }) => (settings?.locale === 'en' ? 'ko' : 'en'))
  const change = async (): Promise<void> => {
    const reply = await store.ask('settings.set', { locale: other })
    if (reply.ok) showSettings(reply.value)
  }
  return (
    <TextButton onClick={() => void change()} lang={other}>
      {t(`otherLanguage.${other}`)}
    </TextButton>
  )
}
