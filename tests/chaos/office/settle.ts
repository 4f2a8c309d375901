import { setTimeout as sleep } from 'node:timers/promises'
import type { SyncStatus } from '#shared/ipc/views.ts'
import { DISTRICTS } from '../plan/plan.ts'
import { deviceIdOf } from './desk-files.ts'
import type { Office } from './office.ts'
import type { OfficeDesk } from './office-desk.ts'

const MOST_TRIES = 40
const PAUSE_MS = 150

export interface Rest {
  /** Desks that did not come to rest, and how they stand. */
  readonly restless: readonly string[]
  /** Desks that have stopped on purpose and say so to their person. */
  readonly halted: ReadonlyMap<string, Halt>
}

/** `store_copied`: the centre knows newer commands of this PC than the PC itself. */
export type Halt = 'store_copied'

/** Lets everything that waits reach the centre and everything there reach every desk, over sound lines. */
export async function settle(office: Office, { mostTries = MOST_TRIES } = {}): Promise<Rest> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const first = await exchangeAll(office)
    // The second time everybody receives what the first time brought to the centre.
    const second = first.every(isSettled) ? await exchangeAll(office) : first
    await openWhereOnlyTheDeadAreMissing(office)
    if (second.every(isSettled) && !(await letIn(office))) return { restless: [], halted: haltsOf(second) }
    await sleep(PAUSE_MS)
  }
  const last = await exchangeAll(office)
  const restless = last
    .filter((standing) => !isSettled(standing))
    .map(({ desk, status }) => `${desk}: ${wordsOf(status)}`)
  return { restless, halted: haltsOf(last) }
}

/** An administrator does not wait for PCs that nobody has any more. */
async function openWhereOnlyTheDeadAreMissing(office: Office): Promise<void> {
  const living = new Set(office.everyDesk().map(deviceIdOf))
  for (const { districtCode, awaited } of await office.hand.shutGates()) {
    if (!awaited.some((id) => living.has(id))) await office.hand.openGate(districtCode)
  }
}

/** What PCs handed over because nothing at them opened it any more. True: everybody has to receive it. */
async function letIn({ hand }: Office): Promise<boolean> {
  if ((await hand.shutGates()).length > 0) return false
  let isAny = false
  for (const districtCode of DISTRICTS) isAny = (await hand.releaseCommands(districtCode)) || isAny
  return isAny
}

interface Standing {
  readonly desk: string
  readonly status: SyncStatus | null
}

const exchangeAll = (office: Office): Promise<Standing[]> =>
  Promise.all(office.everyDesk().map(async (desk) => ({ desk: desk.name, status: await exchange(desk) })))

const wordsOf = (status: SyncStatus | null): string => (status === null ? 'nobody can sign in' : JSON.stringify(status))

const haltOf = (status: SyncStatus | null): Halt | null =>
  status?.state === 'needs_you' && status.cause === 'store_copied' ? status.cause : null

const haltsOf = (standings: readonly Standing[]): Map<string, Halt> =>
  new Map(
    standings.flatMap(({ desk, status }) => {
      const halt = haltOf(status)
      return halt === null ? [] : [[desk, halt] as const]
    })
  )

const isSettled = ({ status }: Standing): boolean => isAtRest(status) || haltOf(status) !== null

/** null: the desk could not be opened, or was locked meanwhile. */
async function exchange(desk: OfficeDesk): Promise<SyncStatus | null> {
  if (!(await desk.ready())) return null
  const synced = await desk.ask('sync.now', {})
  if (synced?.ok !== true) return null
  // A centre that was set back has forgotten sessions and PCs that came later.
  if (synced.value.state === 'needs_you' && synced.value.cause === 'session') await desk.signIn()
  return synced.value
}

const isAtRest = (status: SyncStatus | null | undefined): boolean =>
  status?.waiting === 0 && (status.state === 'current' || (status.state === 'needs_you' && status.cause === 'refused'))
