import type { Migration } from './migration-types.ts'

/** The district's destruction batches as the centre's stream brings them, each list apart from its head. */
export const destructionBatches: Migration = {
  version: 120,
  up: (tx) => {
    tx.exec(`
      CREATE TABLE destruction_batches (
        id BLOB PRIMARY KEY,
        head TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE destruction_items (
        batch_id BLOB NOT NULL,
        case_id BLOB NOT NULL,
        item TEXT NOT NULL,
        PRIMARY KEY (batch_id, case_id)
      ) STRICT, WITHOUT ROWID;
    `)
  }
}
