import type { Migration } from '../../migrate.ts'

/**
 * Documents that a PC hands over: their commands have no number, and their pieces are kept with their capsule until they
 * are attached. Nobody here can open a piece before the capsule is opened.
 */
export const rescuedDocuments: Migration = {
  version: 95,
  name: 'rescued-documents',
  minSafeVersion: 90,
  sql: `
ALTER TABLE commands ALTER COLUMN device_seq DROP NOT NULL;

ALTER TABLE rescues
  ADD COLUMN documents integer NOT NULL DEFAULT 0,
  ADD COLUMN lost integer NOT NULL DEFAULT 0,
  -- The PC has said that it has no more pieces, or an administrator waits for none.
  ADD COLUMN has_ended boolean NOT NULL DEFAULT false,
  DROP CONSTRAINT rescues_parked_for_check,
  ADD CONSTRAINT rescues_parked_for_check CHECK (parked_for IN ('revoked', 'gap', 'chunks'));

CREATE TABLE rescued_chunks (
  rescue_id uuid NOT NULL REFERENCES rescues (id) ON DELETE CASCADE,
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  document_id uuid NOT NULL,
  case_id uuid NOT NULL,
  -- NULL: the PC is asked for it.
  content bytea,
  PRIMARY KEY (rescue_id, sha256)
);
ALTER TABLE rescued_chunks ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX rescued_chunks_case ON rescued_chunks (case_id);
`
}
