import type { Result } from '#shared/foundation/result.ts'
import type { StoreDb } from './database.ts'
import type { WriteTx } from './write-tx.ts'

/**
 * A write that is on the disk when it returns. An ordinary one (`synchronous = NORMAL`) leaves the file whole after a
 * power cut but may lose its last transactions; what a person was told is saved must not be among them.
 */
export function writeDurably<T, E>(db: StoreDb, work: (tx: WriteTx) => Result<T, E>): Result<T, E> {
  db.raw.pragma('synchronous = FULL')
  try {
    return db.write(work)
  } finally {
    db.raw.pragma('synchronous = NORMAL')
  }
}
