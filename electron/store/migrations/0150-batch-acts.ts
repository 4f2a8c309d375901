import type { Migration } from './migration-types.ts'

/** Acts on destruction batches share the order of the PC with the commands of cases. */
export const batchActs: Migration = {
  version: 150,
  up: (tx) => {
    tx.exec(`
      -- body: the command, who acted and, of a case, the number shown meanwhile, as JSON.
      CREATE TABLE outbox_150 (
        device_seq INTEGER PRIMARY KEY,
        command_id BLOB NOT NULL UNIQUE,
        case_id BLOB,
        batch_id BLOB,
        body TEXT NOT NULL,
        issued_at TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('waiting', 'refused')),
        refusal TEXT,
        CHECK ((status = 'refused') = (refusal IS NOT NULL)),
        CHECK ((case_id IS NULL) <> (batch_id IS NULL))
      ) STRICT;
      INSERT INTO outbox_150 (device_seq, command_id, case_id, body, issued_at, status, refusal)
        SELECT device_seq, command_id, case_id, body, issued_at, status, refusal FROM outbox;
      DROP TABLE outbox;
      ALTER TABLE outbox_150 RENAME TO outbox;
      CREATE INDEX outbox_by_case ON outbox (case_id, device_seq) WHERE case_id IS NOT NULL;
      CREATE INDEX outbox_by_batch ON outbox (batch_id, device_seq) WHERE batch_id IS NOT NULL;
      CREATE INDEX outbox_by_status ON outbox (status, device_seq);

      -- 보낸 것: each command that the centre answered, with its answer. Kept 35 days, and no longer than its case.
      CREATE TABLE sent_150 (
        device_seq INTEGER PRIMARY KEY,
        -- NULL: it was about a destruction batch.
        case_id BLOB,
        command TEXT NOT NULL,
        outcome TEXT NOT NULL,
        at TEXT NOT NULL
      ) STRICT;
      INSERT INTO sent_150 (device_seq, case_id, command, outcome, at)
        SELECT device_seq, case_id, command, outcome, at FROM sent;
      DROP TABLE sent;
      ALTER TABLE sent_150 RENAME TO sent;
      CREATE INDEX sent_by_case ON sent (case_id) WHERE case_id IS NOT NULL;
      CREATE INDEX sent_by_time ON sent (at);
    `)
  }
}
