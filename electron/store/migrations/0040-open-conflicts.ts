import type { Migration } from './migration-types.ts'

/** How many open conflicts a case has, so that those with any are found and counted without a look at the others. */
export const openConflicts: Migration = {
  version: 40,
  up: (tx) => {
    tx.exec(`
      ALTER TABLE cases ADD COLUMN conflicts INTEGER NOT NULL DEFAULT 0;
      CREATE INDEX cases_in_conflict ON cases (conflicts) WHERE conflicts > 0;
    `)
  }
}
