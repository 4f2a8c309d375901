import type { Migration } from '../../migrate.ts'

/** Exports of the access log, by number; and which anchor of each district was the newest, beside where anchors are kept. */
export const accessExports: Migration = {
  version: 131,
  name: 'access-exports',
  minSafeVersion: 130,
  sql: `
CREATE TABLE access_anchors_seen (
  district_code text PRIMARY KEY CHECK (district_code ~ '^11[0-9]{3}$'),
  no bigint NOT NULL,
  hash bytea NOT NULL
);

CREATE TABLE access_exports (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  begun_at timestamptz NOT NULL,
  from_at timestamptz,
  to_at timestamptz NOT NULL,
  -- null: it did not come to its end.
  lines bigint,
  checksum bytea
);
`
}
