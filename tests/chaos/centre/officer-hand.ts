import { expectOk } from '#shared/foundation/result.ts'
import { accountByLogin, createAccount } from '../../../server/accounts/accounts.ts'
import { orderWipe, revokeDevice } from '../../../server/accounts/devices.ts'
import { moveCaseToDistrict } from '../../../server/cases/move-case-to-district.ts'
import type { Centre } from '../../../server/centre.ts'
import { buryCases } from '../../../server/destruction/bury-cases.ts'
import { bringFromDisk } from '../../../server/rescue/bring-folder.ts'
import { listRescues } from '../../../server/rescue/rescue-register.ts'
import { releaseRescue } from '../../../server/rescue/rescues.ts'
import { openGate } from '../../../server/restore/open-gate.ts'
import { restoreProgress } from '../../../server/restore/progress.ts'

import { DISTRICTS } from '../plan/plan.ts'

export type BurialReason = 'destroyed' | 'withdrawn'

/** What is done at the centre beside the people's work, and what is looked for afterwards. */
export interface OfficerHand {
  bury(caseId: string, reason: BurialReason): Promise<void>
  moveAway(caseId: string, dongCode: string): Promise<void>
  shutOut(how: 'revoked' | 'wiped', device: { deviceId: string; districtCode: string }): Promise<void>
  /** The PC has said that nothing lies on it any more. */
  isWiped(deviceId: string): Promise<boolean>
  /** The administrator lets in what came sealed from PCs that were shut out. */
  releaseRescues(districtCode: string): Promise<void>
  /** She lets in commands behind a gap, or of people whom the centre does not know at their PC. True: there were some. */
  releaseCommands(districtCode: string): Promise<boolean>
  /** A capsule is brought in as a file. */
  bringFolder(dir: string): Promise<void>
  /** Gates that are shut, and the PCs that have not reported there. */
  shutGates(): Promise<ReadonlyArray<{ districtCode: string; awaited: readonly string[] }>>
  /** An administrator opens it although not all have reported. */
  openGate(districtCode: string): Promise<void>
  /** Tables in which something of a case still lies. */
  tracesOf(caseId: string): Promise<string[]>
  /** Commands that lie beside the cases: for the privacy officer, or for another district. */
  keptOut(): Promise<Set<string>>
  /** How many pieces of each attached document the centre has. */
  documentPieces(): Promise<Map<string, number>>
}

/** What commands of a PC in use wait for until an administrator has looked at them. */
const HELD: ReadonlySet<string | null> = new Set(['gap', 'author'])

export const PASSWORD = 'Correct-horse-1'
const ADMINISTRATOR = 'office.admin'

/** Where a case lies at the centre, and how a row of it is known. */
const TRACES = [
  ['cases', 'id = $1'],
  ['withdrawn_cases', 'id = $1'],
  ['blind_indexes', 'case_id = $1'],
  ['commands', 'case_id = $1 AND body IS NOT NULL'],
  ['handed_over', 'case_id = $1 AND sealed IS NOT NULL'],
  ['document_chunks', 'case_id = $1']
] as const

export function createOfficerHand(centre: Centre): OfficerHand {
  const { pool, keysPool } = centre
  return {
    bury: async (caseId, reason) => {
      await buryCases(centre, { caseIds: [caseId], reason })
    },
    moveAway: async (caseId, dongCode) => {
      expectOk(await moveCaseToDistrict(centre, { caseId, dongCode }))
    },
    shutOut: async (how, device) => {
      const order = { ...device, by: await administratorId(centre), now: centre.now() }
      await (how === 'revoked' ? revokeDevice : orderWipe)(centre, order)
    },
    isWiped: async (deviceId) => {
      const { rows } = await pool.query('SELECT id FROM devices WHERE id = $1 AND wiped_at IS NOT NULL', [deviceId])
      return rows.length > 0
    },
    releaseRescues: async (districtCode) => {
      const by = await administratorId(centre)
      for (const { id, state } of await listRescues(pool, districtCode)) {
        if (state === 'parked') await releaseRescue(centre, { rescueId: id, districtCode, by })
      }
    },
    releaseCommands: async (districtCode) => {
      const rescues = await listRescues(pool, districtCode)
      const held = rescues.filter(
        ({ state, parkedFor, commands }) => state === 'parked' && commands > 0 && HELD.has(parkedFor)
      )
      if (held.length === 0) return false
      const by = await administratorId(centre)
      for (const { id } of held) await releaseRescue(centre, { rescueId: id, districtCode, by })
      return true
    },
    bringFolder: async (dir) => {
      await bringFromDisk(centre, dir) // one that is empty or was handed over already changes nothing
    },
    shutGates: async () => {
      const gates: Array<{ districtCode: string; awaited: readonly string[] }> = []
      for (const districtCode of DISTRICTS) {
        const { state, devices } = await restoreProgress(pool, districtCode)
        const awaited = devices.filter(({ reportedAt }) => reportedAt === null).map(({ id }) => id)
        if (state === 'closed') gates.push({ districtCode, awaited })
      }
      return gates
    },
    openGate: async (districtCode) => {
      const by = await administratorId(centre)
      await openGate(centre, { districtCode, by, reason: '나머지 PC는 돌아오지 않음' })
    },
    tracesOf: async (caseId) => {
      const found: string[] = []
      for (const [table, where] of TRACES) {
        if ((await pool.query(`SELECT 1 FROM ${table} WHERE ${where}`, [caseId])).rowCount !== 0) found.push(table)
      }
      const keys = await keysPool.query('SELECT 1 FROM case_keys WHERE case_id = $1', [caseId])
      return keys.rowCount === 0 ? found : [...found, 'case_keys']
    },
    keptOut: async () => {
      const { rows } = await pool.query<{ id: string }>(
        'SELECT command_id AS id FROM quarantine UNION SELECT command_id FROM handed_over'
      )
      return new Set(rows.map(({ id }) => id))
    },
    documentPieces: async () => {
      const { rows } = await pool.query<{ id: string; pieces: number }>(
        'SELECT document_id AS id, count(*) AS pieces FROM document_chunks WHERE document_id IS NOT NULL GROUP BY document_id'
      )
      return new Map(rows.map(({ id, pieces }) => [id, pieces]))
    }
  }
}

async function administratorId(centre: Centre): Promise<string> {
  const known = await accountByLogin(centre.pool, ADMINISTRATOR)
  if (known !== null) return known.id
  const account = {
    login: ADMINISTRATOR,
    displayName: '관리자',
    department: '정보화',
    role: 'administrator',
    districtCode: '11680'
  } as const
  return expectOk(await createAccount(centre, { ...account, password: PASSWORD })).id
}
