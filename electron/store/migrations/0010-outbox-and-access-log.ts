import type { Migration } from './migration-types.ts'

/**
 * What the PC itself makes and must not lose: its unsent commands, its access log, its drafts and its place in the
 * centre's stream.
 */
export const outboxAndAccessLog: Migration = {
  version: 10,
  up: (tx) => {
    tx.exec(`
      CREATE TABLE meta (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      -- body: the command, who acted and the number shown meanwhile, as JSON.
      CREATE TABLE outbox (
        device_seq INTEGER PRIMARY KEY,
        command_id BLOB NOT NULL UNIQUE,
        case_id BLOB NOT NULL,
        body TEXT NOT NULL,
        issued_at TEXT NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('waiting', 'refused')),
        refusal TEXT,
        CHECK ((status = 'refused') = (refusal IS NOT NULL))
      ) STRICT;
      CREATE INDEX outbox_by_case ON outbox (case_id, device_seq);
      CREATE INDEX outbox_by_status ON outbox (status, device_seq);

      -- The revision that each command of this PC got at the centre: a form opened before still names the command.
      CREATE TABLE acknowledged (
        device_seq INTEGER PRIMARY KEY,
        rev INTEGER NOT NULL
      ) STRICT;

      -- What the centre holds of each case that has waiting commands; NULL: it does not know the case yet.
      CREATE TABLE confirmed_cases (
        case_id BLOB PRIMARY KEY,
        body TEXT
      ) STRICT, WITHOUT ROWID;

      -- body: the canonical text that the hash covers.
      CREATE TABLE access_log (
        no INTEGER PRIMARY KEY,
        body TEXT NOT NULL,
        previous_hash BLOB NOT NULL,
        hash BLOB NOT NULL
      ) STRICT;

      -- Finds the lines of one case for its timeline. Not part of the chain: it can be made again from the bodies.
      CREATE TABLE access_subjects (
        case_id BLOB NOT NULL,
        no INTEGER NOT NULL,
        PRIMARY KEY (case_id, no)
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE drafts (
        id BLOB PRIMARY KEY,
        account_id BLOB NOT NULL,
        kind TEXT NOT NULL,
        case_id BLOB,
        title TEXT NOT NULL,
        body TEXT NOT NULL,
        updated_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;

      CREATE TABLE staff (
        id BLOB PRIMARY KEY,
        display_name TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `)
  }
}
