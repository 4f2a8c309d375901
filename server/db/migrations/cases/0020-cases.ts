import type { Migration } from '../../migrate.ts'

/**
 * The cases. Only the columns named in server/cases/split-case.ts are in clear; everything of a person is in `sealed`,
 * a box under the case's own key, which is in the other database.
 */
export const cases: Migration = {
  version: 20,
  name: 'cases',
  minSafeVersion: 20,
  sql: `
CREATE TABLE district_streams (
  district_code text PRIMARY KEY CHECK (district_code ~ '^11[0-9]{3}$'),
  last_seq bigint NOT NULL
);

CREATE TABLE application_numbers (
  district_code text NOT NULL,
  month text NOT NULL CHECK (month ~ '^[0-9]{4}-[0-9]{2}$'),
  last_no integer NOT NULL,
  PRIMARY KEY (district_code, month)
);

CREATE TABLE cases (
  id uuid PRIMARY KEY,
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  dong_code text NOT NULL,
  service text NOT NULL,
  state text NOT NULL,
  applied_on date NOT NULL,
  due_on date,
  application_no text NOT NULL,
  assignee_id uuid,
  rev integer NOT NULL CHECK (rev > 0),
  seq bigint NOT NULL CHECK (seq > 0),
  field_revs jsonb NOT NULL,
  sealed bytea NOT NULL,
  UNIQUE (district_code, seq),
  UNIQUE (district_code, application_no)
) WITH (toast_tuple_target = 8160);
ALTER TABLE cases ALTER COLUMN sealed SET STORAGE EXTERNAL;

CREATE TABLE blind_indexes (
  tag bytea NOT NULL,
  kind text NOT NULL CHECK (kind IN ('registration_no', 'phone')),
  case_id uuid NOT NULL REFERENCES cases (id) ON DELETE CASCADE,
  PRIMARY KEY (tag, kind, case_id)
);
CREATE INDEX blind_indexes_case ON blind_indexes (case_id);

CREATE TABLE commands (
  id uuid PRIMARY KEY,
  device_id uuid NOT NULL REFERENCES devices (id),
  device_seq bigint NOT NULL,
  name text,
  case_id uuid,
  issued_by uuid,
  issued_at timestamptz,
  received_at timestamptz NOT NULL,
  outcome jsonb NOT NULL,
  body bytea
);
ALTER TABLE commands ALTER COLUMN body SET STORAGE EXTERNAL;
CREATE INDEX commands_case ON commands (case_id);
CREATE INDEX commands_device ON commands (device_id, device_seq);
`
}
