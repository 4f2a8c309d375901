import type { Migration } from '../../migrate.ts'

/** PCs that were shut out: remembered apart from the cases, so that their restore does not let them in again. */
export const shutOutDevices: Migration = {
  version: 100,
  name: 'shut-out-devices',
  minSafeVersion: 90,
  sql: `
CREATE TABLE shut_out_devices (
  device_id uuid NOT NULL,
  how text NOT NULL CHECK (how IN ('revoked', 'wipe')),
  at timestamptz NOT NULL,
  PRIMARY KEY (device_id, how)
);
`
}
