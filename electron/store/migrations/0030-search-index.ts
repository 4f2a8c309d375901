import type { Migration } from './migration-types.ts'

/** The search index: lists of case numbers under keyed hashes, so that no text of a person is a key. */
export const searchIndex: Migration = {
  version: 30,
  up: (tx) => {
    tx.exec(`
      -- One row. term_key: makes the terms of this store unlike those of any other.
      CREATE TABLE search_meta (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        term_key BLOB NOT NULL CHECK (length(term_key) = 16)
      ) STRICT;
      INSERT INTO search_meta (one, term_key) VALUES (1, randomblob(16));

      -- key: term * 65536 + block, where a block begins at case number block * 1024 and ends before the term's next one.
      CREATE TABLE search_blocks (
        key INTEGER PRIMARY KEY,
        postings BLOB NOT NULL
      ) STRICT;

      -- How the terms of a case differ from what the blocks say of it, until they are folded in: doubles.
      CREATE TABLE search_recent (
        no INTEGER PRIMARY KEY,
        added BLOB NOT NULL,
        removed BLOB NOT NULL
      ) STRICT;
    `)
  }
}
