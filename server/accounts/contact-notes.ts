import type { TimeDep } from '#shared/foundation/deps.ts'
import { readOutboxReport } from '#shared/sync-protocol/outbox-report.ts'
import { gathered } from '../db/gather.ts'
import type { Pool } from '../db/pool.ts'
import { type Contact, noteContacts } from './devices.ts'

/** The same news of a PC is not written again within this time. */
const QUIET_MS = 60_000
/** PCs that are remembered here at a time; forgetting one costs a write. */
const MOST_REMEMBERED = 20_000

/** Keeps what the list of PCs shows of each one's last contact, without a write for each request. */
export function createContactNotes({ pool, now }: TimeDep & { readonly pool: Pool }) {
  const note = gathered((contacts: readonly Contact[]) => noteContacts(pool, contacts, now()))
  const last = new Map<string, { readonly text: string; readonly at: number }>()
  return {
    /** `header`: what the PC says of its outbox; anything else than one report counts as none. */
    note: async (deviceId: string | null, header: string | string[] | undefined): Promise<void> => {
      if (deviceId === null) return
      const text = typeof header === 'string' ? header : ''
      const instant = now()
      const before = last.get(deviceId)
      if (before?.text === text && Date.parse(instant) - before.at < QUIET_MS) return
      if (last.size >= MOST_REMEMBERED) last.clear()
      last.set(deviceId, { text, at: Date.parse(instant) })
      if (!(await note({ deviceId, report: readOutboxReport(text) }))) last.delete(deviceId)
    }
  }
}
