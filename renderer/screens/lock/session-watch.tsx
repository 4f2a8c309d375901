import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { store } from '../../api/store.ts'
import { Button } from '../../design-system/button.tsx'
import { Dialog } from '../../design-system/dialog.tsx'
import { useDesk } from '../../view-state/desk.ts'
import { lockDesk } from '../../view-state/lock.ts'
import './session-watch.css'

const TOUCH_EVERY_MS = 20_000
const ACTIVITY = ['keydown', 'pointerdown', 'pointermove', 'wheel'] as const

/** Tells the store that somebody is here, and warns before the desk locks itself. */
export function SessionWatch() {
  const locksAt = useDesk((desk) => desk.locksAt)
  useActivity(locksAt === null)
  return locksAt === null ? null : <IdleWarning locksAt={locksAt} />
}

/** Keys and pointer restart the idle clock; while the warning is up only its button does. */
function useActivity(listening: boolean): void {
  useEffect(() => {
    if (!listening) return
    let touchedAt = Number.NEGATIVE_INFINITY
    const touch = (event: Event): void => {
      if (event.timeStamp - touchedAt < TOUCH_EVERY_MS) return
      touchedAt = event.timeStamp
      void store.ask('session.touch', {})
    }
    const options = { capture: true, passive: true }
    for (const name of ACTIVITY) window.addEventListener(name, touch, options)
    return () => {
      for (const name of ACTIVITY) window.removeEventListener(name, touch, options)
    }
  }, [listening])
}

function IdleWarning({ locksAt }: { locksAt: string }) {
  const { t } = useTranslation(['lock', 'common'])
  const seconds = useSecondsUntil(locksAt)
  const stay = async (): Promise<void> => {
    const reply = await store.ask('session.touch', {})
    if (reply.ok) useDesk.setState({ locksAt: null })
  }
  const lock = (): void => void lockDesk()
  return (
    <Dialog
      title={t('lock:idle.title')}
      size="small"
      closeLabel={t('lock:idle.stay')}
      onClose={() => void stay()}
      onSubmit={() => void stay()}
      actions={
        <>
          <Button onClick={lock}>{t('lock:idle.lockNow')}</Button>
          <Button kind="primary" type="submit">
            {t('lock:idle.stay')}
          </Button>
        </>
      }
    >
      <p className="idle__seconds" role="timer">
        {t('lock:idle.seconds', { n: seconds })}
      </p>
      <p>{t('lock:idle.text')}</p>
      <span className="visually-hidden" role="status">
        {ANNOUNCED.has(seconds) && t('lock:idle.seconds', { n: seconds })}
      </span>
    </Dialog>
  )
}

/** Read out only now and then: a voice that counts every second is of no use. */
const ANNOUNCED: ReadonlySet<number> = new Set([30, 10])

function useSecondsUntil(instant: string): number {
  const [seconds, setSeconds] = useState(() => secondsUntil(instant))
  useEffect(() => {
    const read = (): void => setSeconds(secondsUntil(instant))
    read()
    const timer = setInterval(read, 500)
    return () => clearInterval(timer)
  }, [instant])
  return seconds
}

const secondsUntil = (instant: string): number => Math.max(0, Math.ceil((Date.parse(instant) - Date.now()) / 1000))
