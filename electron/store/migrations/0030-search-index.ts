import type { Migration } from './migration-types.ts'

/** The search index: lists of case numbers under keyed hashes, so that no text of a person is a key. */
export const searchIndex: Migration = {
  version: 30,
  up: (tx) => {
    tx.exec(`
      -- One row. term_key: makes the terms of this store unlike those of any other. recent: rows of search_recent.
      CREATE TABLE search_meta (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        term_key BLOB NOT NULL CHECK (length(term_key) = 16),
        recent INTEGER NOT NULL
      ) STRICT;
      INSERT INTO search_meta (one, term_key, recent) VALUES (1, randomblob(16), 0);

      -- key: term * 65536 + block, where a block begins at case number block * 1024 and ends before the term's next one.
      CREATE TABLE search_blocks (
        key INTEGER PRIMARY KEY,
        postings BLOB NOT NULL
      ) STRICT;

      -- Additions that are not in a block yet.
      CREATE TABLE search_recent (
        term INTEGER NOT NULL,
        no INTEGER NOT NULL,
        PRIMARY KEY (term, no)
      ) STRICT, WITHOUT ROWID;
    `)
  }
}
