import type { Migration } from '../../migrate.ts'

/** What is destroyed together, who decided it, and the keys with which it is signed. */
export const destructionBatches: Migration = {
  version: 120,
  name: 'destruction-batches',
  minSafeVersion: 120,
  sql: `
-- head: the batch without its list. seq: its newest place in the district's stream.
CREATE TABLE destruction_batches (
  id uuid PRIMARY KEY,
  district_code text NOT NULL,
  state text NOT NULL,
  seq bigint NOT NULL,
  head jsonb NOT NULL
);
CREATE INDEX destruction_batches_stream ON destruction_batches (district_code, seq);

-- seq: the newest place at which the item changed.
CREATE TABLE destruction_items (
  batch_id uuid NOT NULL REFERENCES destruction_batches (id),
  case_id uuid NOT NULL,
  seq bigint NOT NULL,
  item jsonb NOT NULL,
  PRIMARY KEY (batch_id, case_id)
);
CREATE INDEX destruction_items_stream ON destruction_items (batch_id, seq);

-- The public parts of the officers' keys, one of each account on each PC; ended ones stay, for what they signed.
CREATE TABLE signing_keys (
  account_id uuid NOT NULL REFERENCES accounts (id),
  device_id uuid NOT NULL REFERENCES devices (id),
  public_key bytea NOT NULL,
  since timestamptz NOT NULL,
  ended_at timestamptz,
  PRIMARY KEY (account_id, public_key)
);
CREATE UNIQUE INDEX signing_keys_in_force ON signing_keys (account_id, device_id) WHERE ended_at IS NULL;

-- A command about a batch, as it came: it holds nothing of a citizen.
ALTER TABLE commands ADD COLUMN batch_command jsonb;
`
}
