import type { Migration } from '../../migrate.ts'

/**
 * Districts made ready for a first download. Each is one more copy of personal data, so there is a ledger of them that
 * outlives them. The copy itself lies sealed in a table that PostgreSQL writes into no log and no backup.
 */
export const snapshotCopies: Migration = {
  version: 80,
  name: 'snapshot-copies',
  minSafeVersion: 30,
  sql: `
CREATE TABLE snapshot_copies (
  id uuid PRIMARY KEY,
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  encoding text NOT NULL CHECK (encoding IN ('zstd', 'gzip')),
  made_by uuid NOT NULL,
  made_for_device uuid NOT NULL,
  begun_at timestamptz NOT NULL,
  -- NULL: it is being made, or that failed.
  ready_at timestamptz,
  expires_at timestamptz NOT NULL,
  -- Key and content are gone.
  destroyed_at timestamptz,
  cases integer,
  stream_cursor bigint,
  line_bytes bigint
);
CREATE INDEX snapshot_copies_standing ON snapshot_copies (district_code, expires_at) WHERE destroyed_at IS NULL;

-- Which PC was given the key, for whom, and how many parts it fetched.
CREATE TABLE snapshot_takers (
  snapshot_id uuid NOT NULL REFERENCES snapshot_copies (id),
  device_id uuid NOT NULL,
  account_id uuid NOT NULL,
  first_at timestamptz NOT NULL,
  parts integer NOT NULL DEFAULT 0,
  PRIMARY KEY (snapshot_id, device_id)
);

CREATE UNLOGGED TABLE snapshot_chunks (
  snapshot_id uuid NOT NULL,
  no integer NOT NULL,
  sha256 bytea NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (snapshot_id, no)
);
ALTER TABLE snapshot_chunks ALTER COLUMN content SET STORAGE EXTERNAL;
`
}
