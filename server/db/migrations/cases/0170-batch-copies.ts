import type { Migration } from '../../migrate.ts'

/** 사본 대장: every place where what a destruction batch destroyed may still lie, and how each was settled. */
export const batchCopies: Migration = {
  version: 170,
  name: 'batch-copies',
  minSafeVersion: 140,
  sql: `
CREATE TABLE batch_copies (
  batch_id uuid NOT NULL REFERENCES destruction_batches (id),
  place text NOT NULL CHECK (place IN ('centre', 'prepared', 'desk', 'backups')),
  -- The PC; the batch itself where there is one such place.
  ref uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  -- The place in the district's stream that a PC must have reached.
  seq bigint NOT NULL,
  settled_at timestamptz,
  settled_how text,
  -- What the PC says, as it said it.
  receipt jsonb,
  written_off_by uuid REFERENCES accounts (id),
  written_off_reason text,
  PRIMARY KEY (batch_id, place, ref),
  CHECK ((settled_at IS NULL) = (settled_how IS NULL)),
  CHECK ((coalesce(settled_how, '') = 'written_off') = (written_off_by IS NOT NULL)),
  CHECK ((written_off_by IS NULL) = (written_off_reason IS NULL))
);
`
}
