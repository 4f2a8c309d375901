import type { Migration } from '../../migrate.ts'

/** A PC's store opens only with the share that its lease lends it. */
export const leaseShares: Migration = {
  version: 20,
  name: 'lease-shares',
  minSafeVersion: 10,
  sql: `
CREATE TABLE lease_shares (
  lease_id uuid PRIMARY KEY,
  device_id uuid NOT NULL,
  epoch integer NOT NULL REFERENCES epochs (epoch),
  wrapped bytea NOT NULL
);
CREATE INDEX lease_shares_device ON lease_shares (device_id);
`
}
