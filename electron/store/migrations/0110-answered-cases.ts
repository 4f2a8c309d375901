import type { Migration } from './migration-types.ts'

/** What a PC shows by the centre's answers, before its stream has brought it, stands apart from what was received. */
export const answeredCases: Migration = {
  version: 110,
  up: (tx) => {
    tx.exec(`
      -- answered: the received case with the answered commands on top. null: nothing was answered since it was received.
      ALTER TABLE confirmed_cases ADD COLUMN answered TEXT;
    `)
  }
}
