import type { Migration } from '../../migrate.ts'

/** The access logs of the PCs, line by line as they came. Ids only: nothing here says who a citizen is. */
export const accessLog: Migration = {
  version: 130,
  name: 'access-log',
  minSafeVersion: 130,
  sql: `
-- A PC has one chain for each store that it ever had; the chain is named by the hash of its first line.
CREATE TABLE access_chains (
  device_id uuid NOT NULL,
  chain bytea NOT NULL CHECK (length(chain) = 32),
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  begun_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  -- How far the PC said that it goes.
  newest_no bigint NOT NULL,
  -- When the centre last had all of it.
  whole_at timestamptz,
  -- Lines that are here, and what they hash to together in the order of their coming.
  lines bigint NOT NULL DEFAULT 0,
  digest bytea NOT NULL DEFAULT decode(repeat('00', 32), 'hex') CHECK (length(digest) = 32),
  PRIMARY KEY (device_id, chain)
);
CREATE INDEX access_chains_district ON access_chains (district_code);

CREATE TABLE access_lines (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  device_id uuid NOT NULL,
  chain bytea NOT NULL,
  -- From 1, in the order of their coming.
  place bigint NOT NULL,
  no bigint NOT NULL,
  body text NOT NULL,
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  -- What previous_hash and body hash to: another than hash where the text was altered.
  reckoned bytea NOT NULL,
  district_code text NOT NULL,
  received_at timestamptz NOT NULL,
  marks text[] NOT NULL,
  -- Out of the body, to find it by: null where the body is no event.
  at timestamptz,
  account_id uuid,
  act text,
  case_ids uuid[] NOT NULL,
  UNIQUE (device_id, chain, place),
  UNIQUE (device_id, chain, no, hash, reckoned),
  FOREIGN KEY (device_id, chain) REFERENCES access_chains (device_id, chain)
);
CREATE INDEX access_lines_district ON access_lines (district_code, at, id);
CREATE INDEX access_lines_cases ON access_lines USING gin (case_ids);
CREATE INDEX access_lines_marked ON access_lines (device_id, chain) WHERE marks <> '{}';
`
}
