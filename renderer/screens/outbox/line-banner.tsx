import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../design-system/button.tsx'
import { Banner } from '../../design-system/states.tsx'
import { formatInstant } from '../../i18n/format.ts'
import { useAccount, useDesk } from '../../view-state/desk.ts'
import { signInAgain } from '../../view-state/lock.ts'
import { StartAfreshDialog } from '../repair/start-afresh-dialog.tsx'

/** Why things wait, in a sentence: the line is down, or somebody is needed. */
export function LineBanner() {
  const { t } = useTranslation(['outbox', 'domain', 'shell'])
  const sync = useDesk((desk) => desk.sync)
  const { login, role } = useAccount() ?? {}
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
        <strong>{t(`domain:syncCause.${sync.cause}`)}.</strong>{' '}
        {t(
          sync.cause === 'refused' && role !== 'caseworker'
            ? 'outbox:line.refusedToOthers'
            : `outbox:line.${sync.cause}`
        )}
        {sync.cause === 'session' && login !== undefined && (
          <p className="bar banner__ways">
            <Button kind="primary" size="small" onClick={() => void signInAgain(login)}>
              {t('shell:sync.signInAgain')}
            </Button>
          </p>
        )}
        {sync.cause === 'store_copied' && <ReceiveAnew waiting={sync.waiting} />}
      </Banner>
    )
  }
  return null
}

function ReceiveAnew({ waiting }: { waiting: number }) {
  const { t } = useTranslation('outbox')
  const [isAsking, setAsking] = useState(false)
  return (
    <>
      <p className="bar banner__ways">
        <Button kind="primary" size="small" onClick={() => setAsking(true)}>
          {t('receiveAnew')}
        </Button>
      </p>
      {isAsking && <StartAfreshDialog rescuable={waiting} why="copied" onClose={() => setAsking(false)} />}
    </>
  )
}
