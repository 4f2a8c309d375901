import type { Migration } from './migration-types.ts'

/** What the journal of sent commands keeps of a case that left this PC. */
export const sealedJournal: Migration = {
  version: 90,
  up: (tx) => {
    tx.exec(`
      -- 보낸 것 of a case that is not here any more. Kept 35 days, as the others.
      CREATE TABLE sent_sealed (
        device_seq INTEGER PRIMARY KEY,
        command_id BLOB NOT NULL,
        outcome TEXT NOT NULL,
        -- The command, sealed to the centre's public key: nothing at this PC opens it. NULL: nothing is left of it.
        sealed BLOB,
        at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX sent_sealed_by_time ON sent_sealed (at);
    `)
  }
}
