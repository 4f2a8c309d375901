import type { Migration } from '../../migrate.ts'

/** When all keys came under another epoch and another master key: what makes the backups of before useless. */
export const keyRotations: Migration = {
  version: 150,
  name: 'key-rotations',
  minSafeVersion: 150,
  sql: `
CREATE TABLE key_rotations (
  epoch integer PRIMARY KEY,
  begun_at timestamptz NOT NULL,
  -- NULL: it was cut off, and goes on with the next call.
  finished_at timestamptz,
  keys integer
);
`
}
