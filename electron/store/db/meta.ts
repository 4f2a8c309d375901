import type { ReadableDb } from './statements.ts'
import type { WriteTx } from './write-tx.ts'

/** Single values that belong to the store as a whole. */
export const META_KEYS = {
  /** Number of the newest command of this PC. */
  deviceSeq: 'outbox.device_seq',
  /** Running part of the provisional application numbers. */
  provisionalNo: 'outbox.provisional_no',
  /** How far this PC has received the centre's stream. */
  cursor: 'sync.cursor',
  /** How far this PC has the destruction batches of that stream: they come beside the cases. */
  batchCursor: 'sync.batch_cursor',
  /** How far it has the ledger of provisions of that stream, which is asked for by itself. */
  provisionCursor: 'sync.provision_cursor',
  /** Which database stands behind the centre. */
  centreId: 'sync.centre_id',
  /** How often the centre had come back from a backup when this PC last gave back, as the centre counts. */
  generation: 'sync.generation',
  /** What the centre gave as proof of the last whole pull. */
  receipt: 'sync.receipt',
  /** The highest number of this PC's commands that a centre answered. */
  acknowledgedSeq: 'sync.acknowledged_seq',
  /** Numbers up to here that this PC gave out and has no command of any more: the centre is told not to wait for them. */
  givenUpTo: 'sync.given_up_to',
  /** Up to this place cases came by a bulk load, which notes no places. */
  receivedFrom: 'sync.received_from',
  /** The newest piece of a document that the centre lost with a restore and asks for. */
  missingChunk: 'documents.missing_chunk',
  /** Up to where in the centre's list of them this PC has given what it has. */
  chunksAskedUpTo: 'documents.chunks_asked_up_to',
  /** When the last pull came to its end, by this PC's clock. */
  lastReceivedAt: 'sync.last_received_at',
  /** A person has stopped the first download: how many cases it was to bring in all; empty: it goes on. */
  downloadPausedOf: 'sync.download_paused_of',
  /** Which version of the district's staff this PC knows. */
  staffTag: 'sync.staff_tag',
  /** `<no>:<hash in hex>` of the newest line of the access log. */
  accessHead: 'access_log.head',
  /** `<no>:<hash in hex>` of the newest line of it that the centre has, as it last said. */
  accessAcknowledged: 'access_log.acknowledged'
} as const
type MetaKey = (typeof META_KEYS)[keyof typeof META_KEYS]

export const readMeta = (db: ReadableDb, key: MetaKey): string | null =>
  db.pluck<string>('SELECT value FROM meta WHERE key = ?', key) ?? null

export const readMetaNumber = (db: ReadableDb, key: MetaKey): number => Number(readMeta(db, key) ?? 0)

export function writeMeta(tx: WriteTx, key: MetaKey, value: string | number): void {
  tx.run(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
    key,
    String(value)
  )
}
