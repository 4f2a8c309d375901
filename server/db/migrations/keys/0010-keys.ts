import type { Migration } from '../../migrate.ts'

/** Nothing in this database opens anything without the master key, which is in neither database. */
export const keys: Migration = {
  version: 10,
  name: 'keys',
  minSafeVersion: 10,
  sql: `
CREATE TABLE key_owner (
  centre_id uuid PRIMARY KEY,
  only_row boolean NOT NULL DEFAULT true UNIQUE CHECK (only_row)
);

CREATE TABLE epochs (
  epoch integer PRIMARY KEY,
  wrapped bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE case_keys (
  case_id uuid PRIMARY KEY,
  epoch integer NOT NULL REFERENCES epochs (epoch),
  wrapped bytea NOT NULL
);

CREATE TABLE device_shares (
  device_id uuid PRIMARY KEY,
  epoch integer NOT NULL REFERENCES epochs (epoch),
  wrapped bytea NOT NULL
);

CREATE TABLE named_keys (
  name text PRIMARY KEY,
  epoch integer NOT NULL REFERENCES epochs (epoch),
  wrapped bytea NOT NULL
);
`
}
