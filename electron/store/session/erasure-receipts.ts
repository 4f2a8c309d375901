import { z } from 'zod'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { ok } from '#shared/foundation/result.ts'
import { namesGone } from '#shared/store-format/postings/posting-sweep.ts'
import type { ErasureReceipt } from '#shared/sync-protocol/erasure-receipt.ts'
import type { StoreDb } from '../db/database.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'
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
 * The receipt of each executed batch: its cases went with the lines of the stream, nothing of them waits, and the
 * write-ahead log in which they lay is cut to nothing. What cannot be said yet is said after another exchange. The note
 * comes after the centre's answer: a receipt that is sent twice counts once.
 */
export async function sendErasureReceipts(
  deps: ReceiptDeps,
  { open, deviceSecret, isStillOpen }: Proving
): Promise<void> {
  const { db, keyring } = open
  const serverUrl = bondOf(keyring, deviceSecret)?.serverUrl
  if (serverUrl === undefined) return
  for (const batchId of batchesToProve(db)) {
    const receipt = receiptOf(deps, db, batchId)
    if (receipt === null) continue
    const told = await callCentre(deps, {
      ...{ serverUrl, path: 'device/erased', body: receipt, answer: z.null() },
      authorization: deviceProof(deviceSecret, keyring.deviceId)
    })
    if (!isStillOpen()) return
    // Of a PC that came in after the execution the centre expects none.
    if (told.ok || told.error.type === 'NotFound') note(db, batchId, receipt.at)
  }
}

/** null: something of it is still here. */
function receiptOf({ now }: ReceiptDeps, db: StoreDb, batchId: string): ErasureReceipt | null {
  const { cases, left } = standOfErasure(db, batchId)
  const cursor = readMetaNumber(db, META_KEYS.cursor)
  if (left > 0 || cursor !== readMetaNumber(db, META_KEYS.batchCursor)) return null
  if (namesGone(db) || !isLogEmptied(db)) return null
  return { batchId, cursor, at: now(), cases }
}

/** Another reader keeps old pages in the log: then it is tried again after the next exchange. */
function isLogEmptied({ raw }: StoreDb): boolean {
  if (raw.inTransaction) return false
  const [result] = raw.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
  return result?.busy === 0
}

function note(db: StoreDb, batchId: string, at: string): void {
  withDiskFull<null, never>(() =>
    db.write((tx) => {
      noteReceipt(tx, batchId, at)
      return ok(null)
    })
  )
}
