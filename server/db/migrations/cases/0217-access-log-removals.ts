import type { Migration } from '../../migrate.ts'

/** Lines that were kept for the legal term go, up to what an anchor counts; the newest that went is remembered by its hash. */
export const accessLogRemovals: Migration = {
  version: 217,
  name: 'access-log-removals',
  minSafeVersion: 217,
  sql: `
CREATE TABLE access_removals (
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  -- The anchor up to which the lines of the district are gone.
  anchor_no bigint NOT NULL,
  at timestamptz NOT NULL,
  lines bigint NOT NULL,
  PRIMARY KEY (district_code, anchor_no)
);

-- Of each chain the removed line with the greatest number: the next one follows it. It says nothing of what was done.
CREATE TABLE access_heads (
  device_id uuid NOT NULL,
  chain bytea NOT NULL,
  no bigint NOT NULL,
  hash bytea NOT NULL,
  reckoned bytea NOT NULL,
  at timestamptz,
  PRIMARY KEY (device_id, chain),
  FOREIGN KEY (device_id, chain) REFERENCES access_chains (device_id, chain)
);
`
}
