import type { Migration } from '../../migrate.ts'

/** 제공 대장: what recipients were given (제3조), of whom, and what became of it there. Ids alone: it outlives the cases. */
export const provisions: Migration = {
  version: 210,
  name: 'provisions',
  minSafeVersion: 170,
  sql: `
CREATE TABLE provision_runs (
  id uuid PRIMARY KEY,
  district_code text NOT NULL,
  year integer NOT NULL,
  no integer NOT NULL,
  given_on date NOT NULL,
  -- The place in the district's stream of its last change.
  seq bigint NOT NULL,
  run jsonb NOT NULL,
  UNIQUE (district_code, year, no)
);
CREATE INDEX provision_runs_seq ON provision_runs (district_code, seq);
CREATE TABLE provision_lines (
  run_id uuid NOT NULL REFERENCES provision_runs (id),
  case_id uuid NOT NULL,
  district_code text NOT NULL,
  given_on date NOT NULL,
  consent_id text NOT NULL,
  seq bigint NOT NULL,
  line jsonb NOT NULL,
  PRIMARY KEY (run_id, case_id)
);
CREATE INDEX provision_lines_seq ON provision_lines (district_code, seq);
CREATE INDEX provision_lines_case ON provision_lines (case_id);
ALTER TABLE batch_copies DROP CONSTRAINT batch_copies_place_check;
ALTER TABLE batch_copies ADD CONSTRAINT batch_copies_place_check
  CHECK (place IN ('centre', 'prepared', 'desk', 'backups', 'export', 'recipient'));
`
}
