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

      -- Documents attached at this PC and not yet taken by the centre. body: the document, who attached it and when, as JSON.
      -- waiting: its chunks are being sent; sent: its command has a number and stands in the outbox.
      CREATE TABLE attachments (
        document_id BLOB PRIMARY KEY,
        case_id BLOB NOT NULL,
        body TEXT NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused')),
        refusal TEXT,
        attached_at TEXT NOT NULL,
        CHECK ((state = 'refused') = (refusal IS NOT NULL))
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX attachments_by_case ON attachments (case_id);

      -- Sealed pieces of documents. unsent: the centre does not have it; at_centre: it has, but no command attached it yet;
      -- cached: it can be fetched again.
      CREATE TABLE document_chunks (
        no INTEGER PRIMARY KEY,
        sha256 BLOB NOT NULL UNIQUE,
        case_id BLOB NOT NULL,
        document_id BLOB NOT NULL,
        place INTEGER NOT NULL,
        state TEXT NOT NULL CHECK (state IN ('unsent', 'at_centre', 'cached')),
        used_at TEXT NOT NULL,
        content BLOB NOT NULL
      ) STRICT;
      CREATE INDEX document_chunks_by_document ON document_chunks (document_id, place);
      CREATE INDEX document_chunks_by_case ON document_chunks (case_id);
      CREATE INDEX document_chunks_cached ON document_chunks (used_at) WHERE state = 'cached';
    `)
  }
}
