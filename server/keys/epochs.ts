import { type Cipher, KEY_BYTES } from '#shared/cipher/cipher.ts'
import { type Redacted, revealSecret } from '#shared/foundation/redacted.ts'
import type { Pool } from '../db/pool.ts'
import type { Tx } from '../db/run-tx.ts'

/** The keys that wrap all others; each is itself wrapped by the master key, which is in neither database. */
export interface Epochs {
  newest(): Promise<{ epoch: number; key: Uint8Array }>
  key(epoch: number): Promise<Uint8Array>
}

/** The master key does not open what the keys database holds. */
export class MasterKeyWrongError extends Error {
  override readonly name = 'MasterKeyWrongError'
}

export interface EpochDeps {
  readonly keysPool: Pool
  readonly cipher: Cipher
  readonly masterKey: Redacted<Uint8Array>
}

export async function makeFirstEpoch(tx: Tx, { cipher, masterKey }: EpochDeps): Promise<void> {
  const wrapped = cipher.seal(revealSecret(masterKey), cipher.randomBytes(KEY_BYTES), epochContext(1))
  const first = 'SELECT 1, $1::bytea WHERE NOT EXISTS (SELECT 1 FROM epochs)' // a rotated database has others
  await tx.query(`INSERT INTO epochs (epoch, wrapped) ${first} ON CONFLICT DO NOTHING`, [wrapped])
}

/** Whether the keys database stands under this master key; false too when there is nothing in it yet. */
export async function opensNewestEpoch({ keysPool, cipher, masterKey }: EpochDeps): Promise<boolean> {
  const made = await keysPool.query<{ made: boolean }>("SELECT to_regclass('epochs') IS NOT NULL AS made")
  if (made.rows[0]?.made !== true) return false
  const { rows } = await keysPool.query<{ epoch: number; wrapped: Buffer }>(
    'SELECT epoch, wrapped FROM epochs ORDER BY epoch DESC LIMIT 1'
  )
  const [newest] = rows
  return (
    newest !== undefined && cipher.open(revealSecret(masterKey), newest.wrapped, epochContext(newest.epoch)) !== null
  )
}

/** The epoch keys in memory, opened once each. A number that is not there yet was added by another app server. */
export function createEpochs({ keysPool, cipher, masterKey }: EpochDeps): Epochs {
  const opened = new Map<number, Uint8Array>()
  const load = async () => {
    const { rows } = await keysPool.query<{ epoch: number; wrapped: Buffer }>(
      'SELECT epoch, wrapped FROM epochs ORDER BY epoch'
    )
    for (const { epoch, wrapped } of rows) {
      const key = cipher.open(revealSecret(masterKey), wrapped, epochContext(epoch))
      if (key === null) throw new MasterKeyWrongError('the master key does not open the keys database')
      opened.set(epoch, key)
    }
  }
  const key = async (epoch: number) => {
    if (!opened.has(epoch)) await load()
    return only(opened, epoch)
  }
  return {
    key,
    newest: async () => {
      if (opened.size === 0) await load()
      const epoch = Math.max(...opened.keys())
      return { epoch, key: await key(epoch) }
    }
  }
}

export const epochContext = (epoch: number): string => `epoch:${epoch}`

export function only<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const value = map.get(key)
  if (value === undefined) throw new Error('a key that must be there is missing')
  return value
}
