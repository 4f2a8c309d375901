import type { Migration } from '../../migrate.ts'

/** What a batch's destroyed cases would be found by, sealed, and each search for them. */
export const batchMarkers: Migration = {
  version: 200,
  name: 'batch-markers',
  minSafeVersion: 200,
  sql: `
-- Sealed under the batch's key in the keys database, which is destroyed when the verification is closed.
CREATE TABLE batch_markers (
  batch_id uuid NOT NULL REFERENCES destruction_batches (id),
  case_id uuid NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (batch_id, case_id)
);

-- 검증: where was searched and what was found; lines are only added.
CREATE TABLE batch_verifications (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  batch_id uuid NOT NULL REFERENCES destruction_batches (id),
  at timestamptz NOT NULL,
  by_id uuid NOT NULL REFERENCES accounts (id),
  cases integer NOT NULL,
  -- Of how many of them no markers are known: what was destroyed before there were any, or after a restore.
  unmarked integer NOT NULL,
  places jsonb NOT NULL,
  -- Nothing was found anywhere, and every copy is settled: the markers are gone since.
  closed boolean NOT NULL
);
CREATE INDEX batch_verifications_batch ON batch_verifications (batch_id, no);
`
}
