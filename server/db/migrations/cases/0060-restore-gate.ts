import type { Migration } from '../../migrate.ts'

/** What a centre that was set back by a restore knows of its way out, the same for all app servers. */
export const restoreGate: Migration = {
  version: 60,
  name: 'restore-gate',
  minSafeVersion: 60,
  sql: `
CREATE TABLE restores (
  generation bigint PRIMARY KEY CHECK (generation > 0),
  cause text NOT NULL CHECK (cause IN ('witness', 'receipt', 'copy', 'keys', 'operator')),
  begun_at timestamptz NOT NULL,
  reason text,
  changes_behind bigint,
  commands_behind bigint
);

CREATE TABLE restore_gates (
  district_code text PRIMARY KEY CHECK (district_code ~ '^11[0-9]{3}$'),
  generation bigint NOT NULL REFERENCES restores (generation),
  stream_end bigint NOT NULL,
  living_since timestamptz NOT NULL,
  opened_at timestamptz,
  opened_by uuid,
  opened_reason text,
  opened_seq bigint
);

CREATE TABLE restore_reports (
  generation bigint NOT NULL REFERENCES restores (generation),
  device_id uuid NOT NULL,
  district_code text NOT NULL,
  begun_at timestamptz NOT NULL,
  ended_at timestamptz,
  commands integer NOT NULL DEFAULT 0,
  cases integer NOT NULL DEFAULT 0,
  tombstones integer NOT NULL DEFAULT 0,
  PRIMARY KEY (generation, device_id)
);

CREATE TABLE adopted_cases (
  case_id uuid NOT NULL,
  generation bigint NOT NULL REFERENCES restores (generation),
  device_id uuid NOT NULL,
  rev integer NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (case_id, generation, rev)
);

CREATE TABLE late_versions (
  case_id uuid NOT NULL,
  generation bigint NOT NULL REFERENCES restores (generation),
  device_id uuid NOT NULL,
  rev integer NOT NULL,
  at timestamptz NOT NULL,
  sealed bytea NOT NULL,
  PRIMARY KEY (case_id, generation, device_id)
);

ALTER TABLE commands ADD COLUMN given_back bigint REFERENCES restores (generation), ADD COLUMN redone_at timestamptz;
CREATE INDEX commands_given_back ON commands (given_back) WHERE given_back IS NOT NULL;

CREATE TABLE database_mark (
  only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
  mark text NOT NULL
);
`
}
