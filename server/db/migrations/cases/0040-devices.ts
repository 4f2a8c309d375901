import type { Migration } from '../../migrate.ts'

/** PCs enrol with a code, prove themselves, hold a lease, can be wiped, and their unsent work can be brought in. */
export const devices: Migration = {
  version: 40,
  name: 'devices',
  minSafeVersion: 40,
  sql: `
ALTER TABLE devices
  ADD COLUMN credential_hash bytea,
  ADD COLUMN lease_ends_at timestamptz,
  ADD COLUMN grace_ends_at timestamptz,
  ADD COLUMN waiting integer,
  ADD COLUMN refused integer,
  ADD COLUMN oldest_waiting_at timestamptz,
  ADD COLUMN revoked_by uuid REFERENCES accounts (id),
  ADD COLUMN wipe_ordered_at timestamptz,
  ADD COLUMN wipe_ordered_by uuid REFERENCES accounts (id),
  ADD COLUMN wiped_at timestamptz,
  ADD COLUMN handed_over integer;

CREATE TABLE enrolment_codes (
  id uuid PRIMARY KEY,
  code_tag bytea NOT NULL UNIQUE,
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  note text NOT NULL,
  issued_by uuid REFERENCES accounts (id),
  issued_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  used_at timestamptz,
  used_by_device uuid,
  withdrawn_at timestamptz
);
CREATE INDEX enrolment_codes_district ON enrolment_codes (district_code, expires_at);

CREATE TABLE enrolment_attempts (
  account_id uuid PRIMARY KEY REFERENCES accounts (id),
  wrong integer NOT NULL,
  last_at timestamptz NOT NULL
);

CREATE TABLE lease_terms (
  district_code text PRIMARY KEY CHECK (district_code ~ '^11[0-9]{3}$'),
  lease_hours integer NOT NULL CHECK (lease_hours > 0),
  grace_hours integer NOT NULL CHECK (grace_hours > 0),
  set_by uuid NOT NULL REFERENCES accounts (id),
  set_at timestamptz NOT NULL
);

CREATE TABLE rescues (
  id uuid PRIMARY KEY,
  device_id uuid NOT NULL REFERENCES devices (id),
  district_code text NOT NULL,
  digest bytea NOT NULL UNIQUE,
  via text NOT NULL CHECK (via IN ('line', 'file')),
  state text NOT NULL CHECK (state IN ('applied', 'parked', 'released')),
  parked_for text CHECK (parked_for IN ('revoked', 'gap')),
  received_at timestamptz NOT NULL,
  released_at timestamptz,
  released_by uuid REFERENCES accounts (id),
  commands integer NOT NULL,
  applied integer NOT NULL,
  already_applied integer NOT NULL,
  refused integer NOT NULL,
  damaged integer NOT NULL,
  capsule bytea,
  CHECK ((state = 'parked') = (capsule IS NOT NULL))
);
CREATE INDEX rescues_district ON rescues (district_code, received_at);

ALTER TABLE commands ADD COLUMN sent_by uuid;

-- An administrator opens no store: her session stands on no PC.
ALTER TABLE sessions ALTER COLUMN device_id DROP NOT NULL;
`
}
