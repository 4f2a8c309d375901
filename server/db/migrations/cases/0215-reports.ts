import type { Migration } from '../../migrate.ts'

/** 보고서 대장: which report was given out, by whom, what for, and whether its file is deleted. */
export const reports: Migration = {
  version: 215,
  name: 'reports',
  minSafeVersion: 190,
  sql: `
CREATE TABLE reports (
  -- Made by the PC that asks: one press, one number.
  id uuid PRIMARY KEY,
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  -- From 1 in each district, without a gap.
  no integer NOT NULL CHECK (no > 0),
  kind text NOT NULL,
  from_on date NOT NULL,
  to_on date NOT NULL,
  scope jsonb NOT NULL,
  purpose text NOT NULL,
  format text NOT NULL,
  delete_by date NOT NULL,
  author_id uuid NOT NULL REFERENCES accounts (id),
  ordered_at timestamptz NOT NULL,
  -- Both NULL: its PC has not said how it ended.
  finished_at timestamptz,
  cancelled_at timestamptz,
  rows bigint,
  rows_digest bytea CHECK (length(rows_digest) = 32),
  file_digest bytea CHECK (length(file_digest) = 32),
  file_bytes bigint,
  deleted_at timestamptz,
  deleted_by uuid REFERENCES accounts (id),
  deleted_how text,
  UNIQUE (district_code, no),
  CHECK (finished_at IS NULL OR cancelled_at IS NULL),
  CHECK ((finished_at IS NULL) = (file_digest IS NULL)),
  CHECK ((deleted_at IS NULL) = (deleted_by IS NULL)),
  CHECK (deleted_at IS NULL OR finished_at IS NOT NULL)
);

CREATE FUNCTION keep_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.finished_at IS NOT NULL AND OLD.deleted_at IS NOT NULL OR OLD.cancelled_at IS NOT NULL
    OR (OLD.id, OLD.no, OLD.author_id, OLD.purpose) IS DISTINCT FROM (NEW.id, NEW.no, NEW.author_id, NEW.purpose) THEN
    RAISE EXCEPTION 'a line of the register of reports stays as it is';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reports_stay BEFORE UPDATE OR DELETE ON reports FOR EACH ROW EXECUTE FUNCTION keep_report();

-- One person's lines of a period: the monthly review and reports ask for them.
CREATE INDEX access_lines_accounts ON access_lines (district_code, account_id, at);
`
}
