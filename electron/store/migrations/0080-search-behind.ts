import type { Migration } from './migration-types.ts'

/** Which cases of a download the search index has yet to take up. */
export const searchBehind: Migration = {
  version: 80,
  up: (tx) => {
    tx.exec(`
      -- At most one row. touched: rises when a case of the range changes.
      CREATE TABLE search_behind (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        first_no INTEGER NOT NULL,
        last_no INTEGER NOT NULL,
        touched INTEGER NOT NULL
      ) STRICT;
    `)
  }
}
