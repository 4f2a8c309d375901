import type { Cipher } from '#shared/cipher/cipher.ts'
import { type ChainHead, EMPTY_CHAIN, nextLine } from '#shared/domain/access-log/access-chain.ts'
import type { AccessEvent } from '#shared/domain/access-log/access-event.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import type { Pool } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { type LogSender, noteChain, noteWhole, storeLines } from './store-lines.ts'

/**
 * What is done at the centre itself, by administrators: a chain for each district beside those of its PCs, under the
 * centre's own id, so that it is found, anchored and exported like theirs.
 */

export interface CentreActDeps extends TimeDep {
  readonly pool: Pool
  readonly cipher: Cipher
  readonly centreId: string
}

export type CentreAct = Pick<AccessEvent, 'accountId' | 'act' | 'address' | 'detail' | 'reason'> & {
  readonly districtCode: string
}

/** Written before the act is done: nothing is done without a line, and what was tried in vain has one too. */
export async function recordCentreAct(deps: CentreActDeps, { districtCode, ...act }: CentreAct): Promise<void> {
  const sender: LogSender = { deviceId: deps.centreId, districtCode }
  await runTx(deps.pool, async (tx) => {
    await tx.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`centre-acts:${districtCode}`])
    const newest = await newestLine(tx, sender)
    const event: AccessEvent = { ...act, at: deps.now(), deviceId: deps.centreId, caseIds: [] }
    const line = nextLine(deps.cipher, newest?.head ?? EMPTY_CHAIN, event)
    const chain = { ...sender, chain: newest?.chain ?? line.hash }
    await noteChain(tx, chain, { newest: line.no, now: deps.now() })
    await storeLines(tx, deps, chain, [line])
    await noteWhole(tx, chain, deps.now())
  })
}

/** null: nothing was done here yet. */
async function newestLine(
  tx: Tx,
  { deviceId, districtCode }: LogSender
): Promise<{ chain: Uint8Array; head: ChainHead } | null> {
  const { rows } = await tx.query<{ chain: Uint8Array; no: number; hash: Uint8Array }>(
    `SELECT l.chain, l.no, l.hash FROM access_chains c JOIN access_lines l ON l.device_id = c.device_id AND l.chain = c.chain
     WHERE c.device_id = $1 AND c.district_code = $2 ORDER BY c.begun_at DESC, l.place DESC LIMIT 1`,
    [deviceId, districtCode]
  )
  const [row] = rows
  return row === undefined ? null : { chain: row.chain, head: { no: row.no, hash: row.hash } }
}
