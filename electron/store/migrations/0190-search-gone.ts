import type { Migration } from './migration-types.ts'

/** Which cases that left in bulk the search index has yet to give up. */
export const searchGone: Migration = {
  version: 190,
  up: (tx) => {
    tx.exec(`
      -- Numbers of cases that are no rows any more, and may still stand in search_blocks.
      CREATE TABLE search_gone (
        no INTEGER PRIMARY KEY
      ) STRICT;
    `)
  }
}
