import type { Migration } from '../../migrate.ts'

/** What the privacy officer destroyed: remembered apart from the cases, so that their restore does not bring it back. */
export const destroyedQuarantine: Migration = {
  version: 90,
  name: 'destroyed-quarantine',
  minSafeVersion: 30,
  sql: `
CREATE TABLE destroyed_quarantine (
  command_id uuid PRIMARY KEY,
  at timestamptz NOT NULL
);
`
}
