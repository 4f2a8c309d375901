import type { Cipher } from '#shared/cipher/cipher.ts'
import { KEY_BYTES } from '#shared/cipher/cipher.ts'
import type { SigningKeys } from '#shared/cipher/ed25519.ts'
import type { BoxKeys } from '#shared/cipher/sealed-box.ts'
import type { BurialReason } from '#shared/domain/quarantine/quarantine-entry.ts'
import type { Redacted } from '#shared/foundation/redacted.ts'
import type { Pool } from '../db/pool.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { buriedInKeys, destroyAgain } from '../destruction/buried-keys.ts'
import { createEpochs, type Epochs, makeFirstEpoch, only } from './epochs.ts'
import { CASE_KEYS, DEVICE_SHARES, idType, type KeyTable, NAMED_KEYS, QUARANTINE_KEYS } from './key-tables.ts'
import { createLeaseShares, type LeaseShares } from './lease-shares.ts'
import { ed25519, sealedBoxes } from './sodium.ts'

/**
 * The keys database: every key in it is wrapped by an epoch key, every epoch key by the master key. Rows are bound to
 * their owner by the wrapping's context, so that a swapped row does not open.
 */
export interface KeyRing {
  /** The keys of those cases that have one. */
  caseKeys(caseIds: readonly string[]): Promise<Map<string, Uint8Array>>
  /** Those of the cases whose burial has begun, also where the cases database does not say so yet. */
  buriedAmong(caseIds: readonly string[]): Promise<Map<string, BurialReason>>
  /** The keys of all these cases but those that are destroyed; makes the missing ones. Asking twice gives the same keys. */
  ensureCaseKeys(caseIds: readonly string[]): Promise<Map<string, Uint8Array>>
  /** The centre's share of a PC's store key; made at the first asking. */
  deviceShare(deviceId: string): Promise<Uint8Array>
  /** Destroys the share: no account can open that PC's store through the centre any more. */
  destroyDeviceShare(deviceId: string): Promise<void>
  /** The keys of those commands that lie in quarantine; makes the missing ones. */
  ensureQuarantineKeys(commandIds: readonly string[]): Promise<Map<string, Uint8Array>>
  /** What lay sealed under it cannot be read any more, in no backup of the cases either. */
  destroyQuarantineKey(commandId: string): Promise<void>
  /** The same for good: what a PC gives back of it after a restore stays destroyed. */
  destroyQuarantineForGood(commandId: string, now: string): Promise<void>
  /** Which of these were destroyed for good, with when. */
  destroyedQuarantine(commandIds: readonly string[]): Promise<Map<string, string>>
  /** The key of one copy of a district (snapshot); made at the first asking. */
  snapshotKey(snapshotId: string): Promise<Uint8Array>
  destroySnapshotKeys(snapshotIds: readonly string[]): Promise<void>
  /** The key of the markers of a destruction batch; made at the first asking. */
  markerKey(batchId: string): Promise<Uint8Array>
  destroyMarkerKey(batchId: string): Promise<void>
  readonly leaseShares: LeaseShares
  /** For the HMAC of registration numbers and phones. */
  readonly blindIndexKey: Uint8Array
  /** For the HMAC of enrolment codes: a copy of the cases database alone cannot be searched for them. */
  readonly enrolmentKey: Uint8Array
  /** What unsent work of the PCs is sealed to. */
  readonly rescueBox: BoxKeys
  /** For the tickets that show which PC sealed a capsule. */
  readonly rescueTicketKey: Uint8Array
  /** Signs the receipts that PCs keep of their pulls. */
  readonly receiptKey: Uint8Array
  /** Signs the anchors of the access logs, and their exports. */
  readonly anchorKeys: SigningKeys
}

export interface KeyRingDeps {
  readonly keysPool: Pool
  readonly cipher: Cipher
  readonly masterKey: Redacted<Uint8Array>
  /** The cases database that these keys belong to. */
  readonly centreId: string
}

/** The keys database belongs to another cases database: the two must never be mixed. */
export class KeysOfAnotherCentreError extends Error {
  override readonly name = 'KeysOfAnotherCentreError'
}

const BLIND_INDEX_KEY = 'blind-index'
const ENROLMENT_KEY = 'enrolment'
const RESCUE_BOX_KEY = 'rescue-box'
const RESCUE_TICKET_KEY = 'rescue-ticket'
const RECEIPT_KEY = 'receipt'
const ANCHOR_KEY = 'access-anchor'
const snapshotKeyName = (snapshotId: string): string => `snapshot:${snapshotId}`
const markerKeyName = (batchId: string): string => `markers:${batchId}`

/** @throws MasterKeyWrongError, KeysOfAnotherCentreError */
export async function openKeyRing(deps: KeyRingDeps): Promise<KeyRing> {
  await runTx(deps.keysPool, (tx) => claimKeys(tx, deps))
  const epochs = createEpochs(deps)
  const caseTable = createKeyTable(deps, epochs, CASE_KEYS)
  const shareTable = createKeyTable(deps, epochs, DEVICE_SHARES)
  const namedTable = createKeyTable(deps, epochs, NAMED_KEYS)
  const quarantineTable = createKeyTable(deps, epochs, QUARANTINE_KEYS)
  const named = await namedTable.ensure([
    ANCHOR_KEY,
    BLIND_INDEX_KEY,
    ENROLMENT_KEY,
    RECEIPT_KEY,
    RESCUE_BOX_KEY,
    RESCUE_TICKET_KEY
  ])
  return {
    caseKeys: caseTable.read,
    buriedAmong: (caseIds) => buriedInKeys(deps.keysPool, caseIds),
    ensureCaseKeys: async (caseIds) => {
      const keys = await caseTable.ensure(caseIds)
      // After they are made: a burial that begins meanwhile destroys them itself, at its second step at the latest.
      for (const caseId of await destroyAgain(deps.keysPool, caseIds)) keys.delete(caseId)
      return keys
    },
    deviceShare: async (deviceId) => only(await shareTable.ensure([deviceId]), deviceId),
    destroyDeviceShare: async (deviceId) => {
      await deps.keysPool.query('DELETE FROM device_shares WHERE device_id = $1', [deviceId])
    },
    ensureQuarantineKeys: quarantineTable.ensure,
    destroyQuarantineKey: async (commandId) => {
      await deps.keysPool.query('DELETE FROM quarantine_keys WHERE command_id = $1', [commandId])
    },
    destroyQuarantineForGood: (commandId, now) =>
      runTx(deps.keysPool, async (tx) => {
        await tx.query('INSERT INTO destroyed_quarantine (command_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
          ...[commandId, now]
        ])
        await tx.query('DELETE FROM quarantine_keys WHERE command_id = $1', [commandId])
      }),
    destroyedQuarantine: async (commandIds) => {
      if (commandIds.length === 0) return new Map()
      const { rows } = await deps.keysPool.query<{ command_id: string; at: string }>(
        'SELECT command_id, at FROM destroyed_quarantine WHERE command_id = ANY($1::uuid[])',
        [commandIds]
      )
      return new Map(rows.map((row) => [row.command_id, row.at]))
    },
    snapshotKey: async (id) => only(await namedTable.ensure([snapshotKeyName(id)]), snapshotKeyName(id)),
    destroySnapshotKeys: (ids) => destroyNamed(deps, ids.map(snapshotKeyName)),
    markerKey: async (id) => only(await namedTable.ensure([markerKeyName(id)]), markerKeyName(id)),
    destroyMarkerKey: (id) => destroyNamed(deps, [markerKeyName(id)]),
    leaseShares: createLeaseShares(deps, epochs),
    blindIndexKey: only(named, BLIND_INDEX_KEY),
    enrolmentKey: only(named, ENROLMENT_KEY),
    receiptKey: only(named, RECEIPT_KEY),
    anchorKeys: ed25519.keysOf(only(named, ANCHOR_KEY)),
    rescueBox: sealedBoxes.keysOf(only(named, RESCUE_BOX_KEY)),
    rescueTicketKey: only(named, RESCUE_TICKET_KEY)
  }
}

async function destroyNamed({ keysPool }: KeyRingDeps, names: readonly string[]): Promise<void> {
  await keysPool.query('DELETE FROM named_keys WHERE name = ANY($1::text[])', [names])
}

/** Binds the keys database to its centre and makes the first epoch, once. */
async function claimKeys(tx: Tx, deps: KeyRingDeps): Promise<void> {
  await tx.query('INSERT INTO key_owner (centre_id) VALUES ($1) ON CONFLICT DO NOTHING', [deps.centreId])
  const { rows } = await tx.query<{ centre_id: string }>('SELECT centre_id FROM key_owner')
  if (rows[0]?.centre_id !== deps.centreId) {
    throw new KeysOfAnotherCentreError('the keys database belongs to another cases database')
  }
  await makeFirstEpoch(tx, deps)
}

interface WrappedRow {
  id: string
  epoch: number
  wrapped: Buffer
}

function createKeyTable({ keysPool, cipher }: KeyRingDeps, epochs: Epochs, keyTable: KeyTable) {
  const { table, id, kind } = keyTable
  const type = idType(keyTable)
  const selectKeys = `SELECT ${id} AS id, epoch, wrapped FROM ${table} WHERE ${id} = ANY($1::${type}[])`
  const insertKeys = `INSERT INTO ${table} (${id}, epoch, wrapped)
    SELECT id, $2, wrapped FROM unnest($1::${type}[], $3::bytea[]) AS made (id, wrapped) ON CONFLICT DO NOTHING`

  const read = async (owners: readonly string[]) => {
    if (owners.length === 0) return new Map<string, Uint8Array>()
    const { rows } = await keysPool.query<WrappedRow>({ name: `read-${kind}`, text: selectKeys, values: [owners] })
    const epochKeys = new Map<number, Uint8Array>()
    for (const epoch of new Set(rows.map((row) => row.epoch))) epochKeys.set(epoch, await epochs.key(epoch))
    return new Map(
      rows.map(({ id: owner, epoch, wrapped }) => {
        const key = cipher.open(only(epochKeys, epoch), wrapped, `${kind}:${owner}`)
        if (key === null) throw new Error(`a ${kind} does not open under its epoch key`)
        return [owner, key]
      })
    )
  }
  const ensure = async (owners: readonly string[]) => {
    const found = await read(owners)
    const missing = [...new Set(owners)].filter((owner) => !found.has(owner))
    if (missing.length === 0) return found
    const { epoch, key } = await epochs.newest()
    const wrapped = missing.map((owner) => cipher.seal(key, cipher.randomBytes(KEY_BYTES), `${kind}:${owner}`))
    await keysPool.query(insertKeys, [missing, epoch, wrapped])
    // Read again: another app server may have made one of them first, and its key is the one that counts.
    return new Map([...found, ...(await read(missing))])
  }
  return { read, ensure }
}
