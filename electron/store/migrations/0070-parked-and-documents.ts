import type { Migration } from './migration-types.ts'

/** Work that can go no further by itself. */
export const parkedAndDocuments: Migration = {
  version: 70,
  up: (tx) => {
    tx.exec(`
      -- What left the outbox without reaching its case: a line for a person to read, without what was typed.
      -- id: the command's; of its own where no command can be named. amount: how many pieces of work it stands for.
      CREATE TABLE parked_items (
        id BLOB PRIMARY KEY,
        device_seq INTEGER,
        case_id BLOB,
        name TEXT,
        application_no TEXT NOT NULL,
        issued_at TEXT,
        issued_by BLOB,
        cause TEXT NOT NULL,
        amount INTEGER NOT NULL CHECK (amount > 0),
        parked_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `)
  }
}
