import type { Migration } from '../../migrate.ts'

/** What must outlive a restore of the cases database: what was buried, and how far each district's stream had gone. */
export const noReturnKeys: Migration = {
  version: 30,
  name: 'no-return',
  minSafeVersion: 30,
  sql: `
CREATE TABLE buried (
  case_id uuid PRIMARY KEY,
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  reason text NOT NULL CHECK (reason IN ('destroyed', 'withdrawn')),
  at timestamptz NOT NULL
);

CREATE TABLE quarantine_keys (
  command_id uuid PRIMARY KEY,
  epoch integer NOT NULL REFERENCES epochs (epoch),
  wrapped bytea NOT NULL
);

CREATE TABLE witness (
  district_code text PRIMARY KEY CHECK (district_code ~ '^11[0-9]{3}$'),
  last_seq bigint NOT NULL,
  generation bigint NOT NULL,
  at timestamptz NOT NULL
);

CREATE TABLE database_mark (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  mark text NOT NULL
);
`
}
