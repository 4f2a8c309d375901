import type { Migration } from '../../migrate.ts'

/** Pieces of documents that stand in their cases and were lost with a restore: the PCs are asked for them. */
export const missingChunks: Migration = {
  version: 90,
  name: 'missing-chunks',
  minSafeVersion: 70,
  sql: `
CREATE TABLE missing_chunks (
  -- Rises, so that a PC knows up to where it was asked.
  id bigserial PRIMARY KEY,
  case_id uuid NOT NULL,
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  document_id uuid NOT NULL,
  at timestamptz NOT NULL,
  UNIQUE (case_id, sha256)
);
`
}
