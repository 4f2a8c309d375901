import type { Migration } from './migration-types.ts'

/** Which batches the centre has this PC's receipt of: that nothing of them is here any more. */
export const erasureReceipts: Migration = {
  version: 160,
  up: (tx) => {
    tx.exec(`
      CREATE TABLE erasure_receipts (
        batch_id BLOB PRIMARY KEY,
        at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `)
  }
}
