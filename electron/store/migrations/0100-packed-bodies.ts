import type { Migration } from './migration-types.ts'

/** Bodies in a third of the bytes. Those of before stay as they are until their case changes. */
export const packedBodies: Migration = {
  version: 100,
  up: (tx) => {
    tx.exec(`
      -- packed: the case with its revisions; body is then empty. null: body has it, as JSON.
      ALTER TABLE case_bodies ADD COLUMN packed BLOB;
    `)
  }
}
