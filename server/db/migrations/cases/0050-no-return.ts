import type { Migration } from '../../migrate.ts'

/**
 * What was destroyed or withdrawn, for ever: a PC that comes back after years is told, and a command that it brings is
 * kept out. The trigger is the last guard: whatever way a row comes by, it is refused as a serialization failure, so
 * that the transaction runs again and sees the tombstone.
 */
export const noReturn: Migration = {
  version: 50,
  name: 'no-return',
  minSafeVersion: 50,
  sql: `
CREATE TABLE tombstones (
  case_id uuid PRIMARY KEY,
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  reason text NOT NULL CHECK (reason IN ('destroyed', 'withdrawn')),
  at timestamptz NOT NULL,
  on_word_of uuid
);

CREATE TABLE gone_lines (
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  seq bigint NOT NULL CHECK (seq > 0),
  case_id uuid NOT NULL,
  reason text NOT NULL CHECK (reason IN ('destroyed', 'withdrawn', 'scope')),
  PRIMARY KEY (district_code, seq),
  UNIQUE (district_code, case_id)
);
CREATE INDEX gone_lines_case ON gone_lines (case_id);

CREATE TABLE withdrawn_cases (
  id uuid PRIMARY KEY,
  district_code text NOT NULL,
  dong_code text NOT NULL,
  service text NOT NULL,
  state text NOT NULL,
  applied_on date NOT NULL,
  due_on date,
  application_no text NOT NULL,
  assignee_id uuid,
  rev integer NOT NULL,
  field_revs jsonb NOT NULL,
  sealed bytea NOT NULL
);

CREATE TABLE quarantine (
  command_id uuid PRIMARY KEY,
  device_id uuid NOT NULL,
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  case_id uuid NOT NULL,
  cause text NOT NULL CHECK (cause IN ('destroyed', 'withdrawn')),
  way text NOT NULL CHECK (way IN ('push', 'rescue', 'give_back')),
  name text,
  issued_at timestamptz,
  received_at timestamptz NOT NULL,
  sealed bytea,
  destroyed_at timestamptz,
  destroyed_by uuid,
  destroy_reason text,
  CHECK ((sealed IS NULL) = (destroyed_at IS NOT NULL))
);
CREATE INDEX quarantine_district ON quarantine (district_code, received_at);

CREATE TABLE handed_over (
  command_id uuid PRIMARY KEY,
  case_id uuid NOT NULL,
  from_district text NOT NULL,
  device_id uuid NOT NULL,
  name text NOT NULL,
  issued_by uuid NOT NULL,
  issued_at timestamptz NOT NULL,
  received_at timestamptz NOT NULL,
  sealed bytea,
  settled_at timestamptz,
  settled_by uuid,
  settled_how text CHECK (settled_how IN ('taken', 'dropped', 'buried')),
  settled_reason text,
  CHECK ((settled_at IS NULL) = (settled_how IS NULL))
);
CREATE INDEX handed_over_case ON handed_over (case_id);

CREATE FUNCTION refuse_buried_cases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM inserted JOIN tombstones ON tombstones.case_id = inserted.id) THEN
    RAISE EXCEPTION 'a buried case does not return' USING ERRCODE = '40001';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER cases_do_not_return AFTER INSERT ON cases
  REFERENCING NEW TABLE AS inserted FOR EACH STATEMENT EXECUTE FUNCTION refuse_buried_cases();
`
}
