import type { Migration } from './migration-types.ts'

/** What the PC remembers so that nothing destroyed comes back and nothing acknowledged is lost with the centre. */
export const noReturn: Migration = {
  version: 60,
  up: (tx) => {
    tx.exec(`
      -- 보낸 것: each command that the centre answered, with its answer. Kept 35 days, and no longer than its case.
      CREATE TABLE sent (
        device_seq INTEGER PRIMARY KEY,
        case_id BLOB NOT NULL,
        command TEXT NOT NULL,
        outcome TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT;
      CREATE INDEX sent_by_case ON sent (case_id);
      CREATE INDEX sent_by_time ON sent (at);

      -- At which place of the stream a case came here last. Above meta sync.received_from no case is left out.
      CREATE TABLE received_cases (
        case_id BLOB PRIMARY KEY,
        seq INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX received_by_seq ON received_cases (seq);

      -- Cases that left this PC. Ids only, kept as long as the file.
      CREATE TABLE gone_cases (
        case_id BLOB PRIMARY KEY,
        reason TEXT NOT NULL CHECK (reason IN ('destroyed', 'withdrawn', 'scope')),
        seq INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
    `)
  }
}
