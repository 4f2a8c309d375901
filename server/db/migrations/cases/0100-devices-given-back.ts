import type { Migration } from '../../migrate.ts'

/** PCs that a centre knows only because they gave back after a restore: they have not proved themselves to it. */
export const devicesGivenBack: Migration = {
  version: 100,
  name: 'devices-given-back',
  minSafeVersion: 95,
  sql: `
-- true: made by a give-back. Until it has a credential, such a PC comes in with a code.
ALTER TABLE devices ADD COLUMN was_given_back boolean NOT NULL DEFAULT false;
`
}
