import { useTranslation } from 'react-i18next'
import { useAsked } from '../../api/use-asked.ts'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { Card, Fact, Facts } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { isAtWork, useAccount, useDesk } from '../../view-state/desk.ts'
import { LICENCES } from './licences.ts'

/** Who and what this desk is: for the person, and for whoever helps her. */
export function AboutCard() {
  const { t } = useTranslation(['settings', 'domain', 'common'])
  const { districtName } = usePlaceNames()
  const info = useAsked('app.info', {}).value
  const account = useAccount()
  const session = useDesk((desk) => desk.session)
  return (
    <Card title={t('settings:about.title')}>
      <Facts>
        {account && (
          <Fact name={t('settings:about.account')}>
            {account.displayName} ({account.login}) · {districtName(account.districtCode)} {account.department} ·{' '}
            {t(`domain:role.${account.role}`)}
          </Fact>
        )}
        {isAtWork(session) && <Fact name={t('settings:about.device')}>{session.deviceName}</Fact>}
        {session?.state === 'unlocked' && (
          <Fact name={t('settings:about.vault')}>
            <Pill tone={session.vault === 'os' ? 'ok' : 'warn'}>{t(`settings:about.vaults.${session.vault}`)}</Pill>
          </Fact>
        )}
        {info && (
          <>
            <Fact name={t('settings:about.server')}>{info.serverUrl ?? t('common:none')}</Fact>
            <Fact name={t('settings:about.version')}>
              {info.version} {info.demo && <Pill tone="warn">{t('settings:about.demo')}</Pill>}
            </Fact>
            <Fact name={t('settings:about.runtime')}>
              Electron {info.electron} · Node {info.node}
            </Fact>
          </>
        )}
        <Fact name={t('settings:about.licence')}>Apache-2.0</Fact>
      </Facts>
      <details className="settings__licences">
        <summary>{t('settings:about.licences')}</summary>
        <ul>
          {LICENCES.map(({ name, licence }) => (
            <li key={name}>
              {name} <span className="faint">{licence}</span>
            </li>
          ))}
        </ul>
      </details>
    </Card>
  )
}
