import { useTranslation } from 'react-i18next'
import { Banner } from '../../design-system/states.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { useDesk } from '../../view-state/desk.ts'

/** Why things wait, in a sentence: the line is down, or somebody is needed. */
export function LineBanner() {
  const { t } = useTranslation(['outbox', 'domain'])
  const sync = useDesk((desk) => desk.sync)
  if (sync?.state === 'offline') {
    return (
      <Banner tone="warn" icon="offline">
        {t(sync.cause === 'restoring' ? 'outbox:line.restoring' : 'outbox:line.offline', {
          since: formatInstant(sync.since)
        })}
      </Banner>
    )
  }
  if (sync?.state === 'needs_you') {
    return (
      <Banner tone="bad" icon="warning">
        <strong>{t(`domain:syncCause.${sync.cause}`)}.</strong> {t(`outbox:line.${sync.cause}`)}
      </Banner>
    )
  }
  return null
}
