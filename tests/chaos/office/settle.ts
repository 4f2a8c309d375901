import { setTimeout as sleep } from 'node:timers/promises'
import type { SyncStatus } from '#shared/ipc/views.ts'
import type { Office } from './office.ts'
import type { OfficeDesk } from './office-desk.ts'

const MOST_TRIES = 40
const PAUSE_MS = 150

/**
 * Lets everything that waits reach the centre and everything there reach every desk, over sound lines. The answer says
 * which desks did not come to rest, and how they stand.
 */
export async function settle(office: Office): Promise<string[]> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const first = await Promise.all(office.everyDesk().map(exchange))
    // The second time everybody receives what the first time brought to the centre.
    const second = first.every(isAtRest) ? await Promise.all(office.everyDesk().map(exchange)) : first
    if (second.every(isAtRest)) return []
    await sleep(PAUSE_MS)
  }
  const last = await Promise.all(office.everyDesk().map(exchange))
  return office.everyDesk().flatMap((desk, index) => {
    const status = last[index]
    return isAtRest(status) ? [] : [`${desk.name}: ${status === null ? 'nobody can sign in' : JSON.stringify(status)}`]
  })
}

/** null: the desk could not be opened, or was locked meanwhile. */
async function exchange(desk: OfficeDesk): Promise<SyncStatus | null> {
  if (!(await desk.ready())) return null
  const synced = await desk.ask('sync.now', {})
  return synced?.ok ? synced.value : null
}

const isAtRest = (status: SyncStatus | null | undefined): boolean =>
  status?.waiting === 0 && (status.state === 'current' || (status.state === 'needs_you' && status.cause === 'refused'))
