import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DeviceEntry } from '#shared/ipc/office-views.ts'
import { usePlaceNames } from '../../case-display/place-names.ts'
import { Button } from '../../design-system/button.tsx'
import { Fact, Facts } from '../../design-system/card.tsx'
import { Pill } from '../../design-system/pill.tsx'
import { Banner } from '../../design-system/states.tsx'
import { useElapsed } from '../../i18n/elapsed.ts'
import { formatCount, formatInstant } from '../../i18n/format.ts'
import { useClock } from '../../view-state/clock.ts'
import { STANDING_TONES, standingOf } from './device-standing.ts'
import { RevokeDialog } from './revoke-dialog.tsx'
import { WipeDialog } from './wipe-dialog.tsx'
import { WipeProgress } from './wipe-progress.tsx'

interface DevicePaneProps {
  device: DeviceEntry
  onChanged: () => void
}

/** One PC, and the two acts for one that is lost: they are told apart in words, colour and consequence. */
export function DevicePane({ device, onChanged }: DevicePaneProps) {
  const { t } = useTranslation('office')
  const now = useClock((clock) => clock.now)
  const standing = standingOf(device, now)
  const [asking, setAsking] = useState<'revoke' | 'wipe' | null>(null)
  const dialog = { device, onClose: () => setAsking(null), onDone: onChanged }
  return (
    <aside className="card office-pane" aria-label={t('devices.pane', { name: device.name })}>
      <header className="card__head">
        <h2 className="office-pane__name">{device.name}</h2>
        <Pill tone={STANDING_TONES[standing]}>{t(`standing.${standing}`)}</Pill>
      </header>
      <DeviceFacts device={device} />
      {(device.state === 'wipe_ordered' || device.state === 'wiped') && <WipeProgress device={device} />}
      {device.state === 'revoked' && (
        <div className="card__body">
          <Banner tone="warn" icon="lock">
            {t('devices.revokedNote')}
          </Banner>
        </div>
      )}
      {(device.state === 'active' || device.state === 'revoked') && (
        <div className="office-pane__acts">
          {device.state === 'active' && (
            <>
              <Button kind="warn" icon="lock" onClick={() => setAsking('revoke')}>
                {t('revoke.do')}
              </Button>
              <p>{t('revoke.short')}</p>
            </>
          )}
          <Button kind="danger" icon="erase" onClick={() => setAsking('wipe')}>
            {t('wipe.do')}
          </Button>
          <p>{t('wipe.short')}</p>
        </div>
      )}
      {asking === 'revoke' && <RevokeDialog {...dialog} />}
      {asking === 'wipe' && <WipeDialog {...dialog} />}
    </aside>
  )
}

function DeviceFacts({ device }: { device: DeviceEntry }) {
  const { t } = useTranslation(['office', 'common'])
  const { districtName } = usePlaceNames()
  const elapsed = useElapsed()
  const { waiting, oldestWaitingAt, accounts } = device
  const { leaseEndsAt, graceEndsAt } = device.state === 'wiped' ? { leaseEndsAt: null, graceEndsAt: null } : device
  return (
    <Facts>
      <Fact name={t('office:devices.fact.scope')}>
        {t('office:devices.scope', { district: districtName(device.districtCode) })}
      </Fact>
      <Fact name={t('office:devices.fact.lastContact')}>
        {formatInstant(device.lastContactAt)} <span className="faint">{elapsed(device.lastContactAt)}</span>
      </Fact>
      <Fact name={t('office:devices.fact.waiting')}>
        {waiting === null ? t('office:devices.waitingUnknown') : t('common:cases', { n: formatCount(waiting) })}
        {oldestWaitingAt !== null && (
          <span className="faint"> {t('office:devices.oldest', { since: formatInstant(oldestWaitingAt) })}</span>
        )}
      </Fact>
      {leaseEndsAt !== null && (
        <Fact name={t('office:devices.fact.lease')}>
          {formatInstant(leaseEndsAt)} <span className="faint">{elapsed(leaseEndsAt)}</span>
        </Fact>
      )}
      {graceEndsAt !== null && <Fact name={t('office:devices.fact.grace')}>{formatInstant(graceEndsAt)}</Fact>}
      <Fact name={t('office:devices.fact.accounts')}>
        {accounts.length === 0
          ? t('common:none')
          : accounts.map(({ displayName, login }) => `${displayName} (${login})`).join(', ')}
      </Fact>
      <Fact name={t('office:devices.fact.enrolled')}>{formatInstant(device.enrolledAt)}</Fact>
      <Fact name={t('office:devices.fact.version')}>{device.appVersion}</Fact>
      {device.revokedAt !== null && (
        <Fact name={t('office:devices.fact.revoked')}>{formatInstant(device.revokedAt)}</Fact>
      )}
    </Facts>
  )
}
