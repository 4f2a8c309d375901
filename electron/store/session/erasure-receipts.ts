import { z } from 'zod'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { ok } from '#shared/foundation/result.ts'
import { namesGone } from '#shared/store-format/postings/posting-sweep.ts'
import type { ErasureReceipt } from '#shared/sync-protocol/erasure-receipt.ts'
import type { StoreDb } from '../db/database.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'
import { createUnusedPlaces, type Looked } from '../db/unused-places.ts'
import { withDiskFull } from '../db/with-disk-full.ts'
import { batchesToProve, noteReceipt, standOfErasure } from '../destruction/erasure.ts'
import { bondOf } from '../keys/lease-layer.ts'
import { callCentre } from './centre-call.ts'
import { deviceProof } from './hand-over.ts'
import type { OpenStore } from './open-store.ts'

export interface ReceiptDeps extends TimeDep {
  readonly fetch: typeof globalThis.fetch
}

export interface Proving {
  readonly open: Pick<OpenStore, 'db' | 'keyring'>
  readonly deviceSecret: Uint8Array
  /** False as soon as the store was closed. */
  readonly isStillOpen: () => boolean
}

/**
 * The receipt of each executed batch: its cases went with the lines of the stream, nothing of them waits, the write-ahead
 * log in which they lay is cut to nothing, and in the whole file nothing stands outside of rows. What cannot be said yet
 * is said after another exchange. The note comes after the centre's answer: a receipt that is sent twice counts once, and
 * one that tells of residues does not count.
 */
export async function sendErasureReceipts(
  deps: ReceiptDeps,
  { open, deviceSecret, isStillOpen }: Proving
): Promise<void> {
  const { db, keyring } = open
  const serverUrl = bondOf(keyring, deviceSecret)?.serverUrl
  if (serverUrl === undefined) return
  const erased = batchesToProve(db).filter((batchId) => standOfErasure(db, batchId).left === 0)
  if (erased.length === 0 || !isReceived(db)) return
  const looked = await lookEverywhere(db, isStillOpen)
  for (const batchId of looked === null ? [] : erased) {
    const { cases, left } = standOfErasure(db, batchId)
    if (looked === null || left > 0) continue
    const receipt = { batchId, cursor: readMetaNumber(db, META_KEYS.batchCursor), at: deps.now(), cases, looked }
    const told = await callCentre(deps, {
      ...{ serverUrl, path: 'device/erased', body: receipt satisfies ErasureReceipt, answer: z.null() },
      authorization: deviceProof(deviceSecret, keyring.deviceId)
    })
    if (!isStillOpen()) return
    // Of a PC that came in after the execution the centre expects none.
    if (looked.residues === 0 && (told.ok || told.error.type === 'NotFound')) note(db, batchId, receipt.at)
  }
}

/** Everything up to the batches has come, and the search index has given up what went with it. */
const isReceived = (db: StoreDb): boolean =>
  readMetaNumber(db, META_KEYS.cursor) === readMetaNumber(db, META_KEYS.batchCursor) && !namesGone(db)

/** null: it cannot be said now; it is tried again after the next exchange. */
async function lookEverywhere(db: StoreDb, isStillOpen: () => boolean): Promise<Looked | null> {
  const places = createUnusedPlaces(db)
  for (let stand = places.step(); ; stand = places.step()) {
    if (stand !== 'more') return stand === 'done' ? places.looked : null
    await new Promise((resolve) => setImmediate(resolve)) // whoever waits comes first
    if (!isStillOpen()) return null
  }
}

function note(db: StoreDb, batchId: string, at: string): void {
  withDiskFull<null, never>(() =>
    db.write((tx) => {
      noteReceipt(tx, batchId, at)
      return ok(null)
    })
  )
}
