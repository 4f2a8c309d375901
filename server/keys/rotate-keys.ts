import { type Cipher, KEY_BYTES } from '#shared/cipher/cipher.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { type Redacted, revealSecret } from '#shared/foundation/redacted.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Pool } from '../db/pool.ts'
import { runTx } from '../db/run-tx.ts'
import { createEpochs, type Epochs, epochContext, only } from './epochs.ts'
import { idType, KEY_TABLES, type KeyTable } from './key-tables.ts'

export interface RotateDeps extends TimeDep {
  readonly keysPool: Pool
  readonly cipher: Cipher
  readonly masterKey: Redacted<Uint8Array>
  readonly onProgress: (keys: number) => void
}

export type RotationRefusal =
  /** A running centre keeps the old keys in memory. */
  { readonly type: 'CentreRunning' }

const KEYS_A_STEP = 20_000

/**
 * Brings every key under another epoch, and that one under another master key. A backup of the keys from before opens with
 * the old master key alone: once that is destroyed, what was destroyed since cannot be read out of any backup. Cut off
 * before its end, everything goes on under the old master key, and the next call goes on where it was.
 */
export async function rotateKeys(
  deps: RotateDeps,
  newMasterKey: Redacted<Uint8Array>
): Promise<Result<{ keys: number }, RotationRefusal>> {
  if (await isCentreRunning(deps.keysPool)) return err({ type: 'CentreRunning' })
  const epoch = await beginRotation(deps)
  const epochs = createEpochs(deps)
  let keys = 0
  let writing: Promise<void> = Promise.resolve()
  for (const table of KEY_TABLES)
    for await (const rows of wrappedKeys(deps.keysPool, table)) {
      const old = rows.filter((row) => row.epoch < epoch)
      const rewrapped = await rewrap({ ...deps, epochs, table }, old, await epochs.key(epoch))
      await writing
      writing = put(deps.keysPool, { table, epoch, rows: old, rewrapped }) // the next keys are sealed meanwhile
      writing.catch(() => undefined) // thrown where it is awaited
      keys += rows.length
      deps.onProgress(keys)
    }
  await writing
  await endRotation(deps, { epoch, key: await epochs.key(epoch), newMasterKey, keys })
  return ok({ keys })
}

/** Opens every key and seals it anew, as a rotation does, and writes nothing. @throws when one does not open. */
export async function rehearseRotation(deps: RotateDeps): Promise<{ keys: number }> {
  const epochs = createEpochs(deps)
  const epochKey = deps.cipher.randomBytes(KEY_BYTES)
  let keys = 0
  for (const table of KEY_TABLES)
    for await (const rows of wrappedKeys(deps.keysPool, table)) {
      await rewrap({ ...deps, epochs, table }, rows, epochKey)
      keys += rows.length
      deps.onProgress(keys)
    }
  return { keys }
}

export const KEYS_APPLICATION = 'mnk-keys'

async function isCentreRunning(keysPool: Pool): Promise<boolean> {
  const { rowCount } = await keysPool.query(
    'SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1 LIMIT 1',
    [KEYS_APPLICATION]
  )
  return rowCount !== 0
}

/** The new epoch stands under the old master key until the end, so that a centre may start in between. */
function beginRotation({ keysPool, cipher, masterKey, now }: RotateDeps): Promise<number> {
  return runTx(keysPool, async (tx) => {
    const begun = await tx.query<{ epoch: number }>('SELECT epoch FROM key_rotations WHERE finished_at IS NULL')
    if (begun.rows[0] !== undefined) return begun.rows[0].epoch
    const { rows } = await tx.query<{ epoch: number }>('SELECT max(epoch) + 1 AS epoch FROM epochs')
    const epoch = rows[0]?.epoch ?? 1
    const wrapped = cipher.seal(revealSecret(masterKey), cipher.randomBytes(KEY_BYTES), epochContext(epoch))
    await tx.query('INSERT INTO epochs (epoch, wrapped) VALUES ($1, $2)', [epoch, wrapped])
    await tx.query('INSERT INTO key_rotations (epoch, begun_at) VALUES ($1, $2)', [epoch, now()])
    return epoch
  })
}

interface End {
  readonly epoch: number
  readonly key: Uint8Array
  readonly newMasterKey: Redacted<Uint8Array>
  readonly keys: number
}

function endRotation({ keysPool, cipher, now }: RotateDeps, { epoch, key, newMasterKey, keys }: End): Promise<void> {
  return runTx(keysPool, async (tx) => {
    const wrapped = cipher.seal(revealSecret(newMasterKey), key, epochContext(epoch))
    await tx.query('UPDATE epochs SET wrapped = $2 WHERE epoch = $1', [epoch, wrapped])
    await tx.query('UPDATE key_rotations SET finished_at = $2, keys = $3 WHERE epoch = $1', [epoch, now(), keys])
    await tx.query('DELETE FROM epochs WHERE epoch < $1', [epoch]) // refused while a key stands under it
  })
}

interface WrappedKey {
  id: string
  owner: string
  epoch: number
  wrapped: Buffer
}

async function* wrappedKeys(keysPool: Pool, table: KeyTable): AsyncGenerator<WrappedKey[]> {
  for (let after: string | null = null; ; ) {
    const { rows }: { rows: WrappedKey[] } = await keysPool.query<WrappedKey>(
      `SELECT ${table.id} AS id, ${table.owner} AS owner, epoch, wrapped FROM ${table.table}
       WHERE $1::${idType(table)} IS NULL OR ${table.id} > $1 ORDER BY ${table.id} LIMIT ${KEYS_A_STEP}`,
      [after]
    )
    const last = rows.at(-1)
    if (last === undefined) return
    yield rows
    after = last.id
  }
}

interface RewrapDeps {
  readonly cipher: Cipher
  readonly epochs: Epochs
  readonly table: KeyTable
}

/** The keys of these rows under another epoch key. */
async function rewrap(
  { cipher, epochs, table }: RewrapDeps,
  rows: readonly WrappedKey[],
  epochKey: Uint8Array
): Promise<Uint8Array[]> {
  const epochKeys = new Map<number, Uint8Array>()
  for (const epoch of new Set(rows.map((row) => row.epoch))) epochKeys.set(epoch, await epochs.key(epoch))
  return rows.map((row) => {
    const context = contextOf(table, row)
    const key = cipher.open(only(epochKeys, row.epoch), row.wrapped, context)
    if (key === null) throw new Error(`a ${table.kind} does not open under its epoch key`)
    return cipher.seal(epochKey, key, context)
  })
}

interface Rewrapped {
  readonly table: KeyTable
  readonly epoch: number
  readonly rows: readonly WrappedKey[]
  readonly rewrapped: readonly Uint8Array[]
}

async function put(keysPool: Pool, { table, epoch, rows, rewrapped }: Rewrapped): Promise<void> {
  if (rows.length === 0) return
  await keysPool.query(
    `UPDATE ${table.table} k SET epoch = $2, wrapped = given.wrapped
     FROM unnest($1::${idType(table)}[], $3::bytea[]) AS given (id, wrapped) WHERE k.${table.id} = given.id`,
    [rows.map(({ id }) => id), epoch, rewrapped]
  )
}

const contextOf = ({ kind }: KeyTable, { owner }: WrappedKey): string => `${kind}:${owner}`
