import type { Migration } from '../../migrate.ts'

/**
 * The sealed pieces of documents. What opens them is in their case, sealed under the case's key: a case whose key is
 * destroyed leaves nothing here that could be read.
 */
export const documentChunks: Migration = {
  version: 70,
  name: 'document-chunks',
  minSafeVersion: 30,
  sql: `
CREATE TABLE document_chunks (
  case_id uuid NOT NULL,
  sha256 bytea NOT NULL CHECK (length(sha256) = 32),
  -- The document that a command has attached it with; NULL: sent ahead of its command.
  document_id uuid,
  received_at timestamptz NOT NULL,
  content bytea NOT NULL,
  PRIMARY KEY (case_id, sha256)
);
ALTER TABLE document_chunks ALTER COLUMN content SET STORAGE EXTERNAL;
CREATE INDEX document_chunks_ahead ON document_chunks (received_at) WHERE document_id IS NULL;
`
}
