import type { Migration } from '../../migrate.ts'

/** Rescued work by accounts that have never signed in on its PC, as far as the centre knows, waits for an administrator. */
export const unknownAuthors: Migration = {
  version: 115,
  name: 'unknown-authors',
  minSafeVersion: 115,
  sql: `
ALTER TABLE rescues
  DROP CONSTRAINT rescues_parked_for_check,
  ADD CONSTRAINT rescues_parked_for_check CHECK (parked_for IN ('revoked', 'gap', 'chunks', 'author'));
`
}
