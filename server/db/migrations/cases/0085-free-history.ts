import type { Migration } from '../../migrate.ts'

/**
 * The foreign key looked the PC up and locked its row once more for each command of a push, which holds that row's lock
 * already. Commands are written only by a push whose session stands for the PC (server/commands/apply-group.ts), and no
 * PC is ever deleted.
 */
export const freeHistory: Migration = {
  version: 85,
  name: 'free-history',
  minSafeVersion: 20,
  sql: `
ALTER TABLE commands DROP CONSTRAINT commands_device_id_fkey;
`
}
