import type { Migration } from '../../migrate.ts'

/** When each case is due, as the nightly run found it, and the runs themselves. Days and counts alone. */
export const retention: Migration = {
  version: 140,
  name: 'retention',
  minSafeVersion: 116,
  sql: `
CREATE TABLE case_retention (
  case_id uuid PRIMARY KEY REFERENCES cases (id) ON DELETE CASCADE,
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  -- The revision that was judged.
  rev integer NOT NULL,
  -- The last day on which anything keeps the whole; NULL: something has no end yet.
  kept_until date,
  records_until date,
  -- What goes before the whole: its last day, why, and the policy items, parted by blanks.
  early_until date,
  early_cause text,
  early_items text,
  holds integer NOT NULL,
  -- true: the case did not open, or no register of its day is held; it is judged again with each run.
  is_unjudged boolean NOT NULL
);
CREATE INDEX case_retention_due ON case_retention (district_code, kept_until, case_id) WHERE kept_until IS NOT NULL;
CREATE INDEX case_retention_early ON case_retention (district_code, early_until) WHERE early_until IS NOT NULL;
CREATE INDEX case_retention_unjudged ON case_retention (district_code) WHERE is_unjudged;

CREATE TABLE retention_runs (
  id uuid PRIMARY KEY,
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  -- What it was judged by: another register or other rules judge everything anew.
  rules text NOT NULL,
  started_at timestamptz NOT NULL,
  touched_at timestamptz NOT NULL,
  -- How far the district's stream is judged.
  reached_seq bigint NOT NULL,
  judged integer NOT NULL DEFAULT 0,
  unjudged integer NOT NULL DEFAULT 0,
  finished_at timestamptz,
  -- NULL: it went well, or goes on.
  failed text
);
CREATE INDEX retention_runs_district ON retention_runs (district_code, started_at);
`
}
