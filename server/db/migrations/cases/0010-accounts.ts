import type { Migration } from '../../migrate.ts'

/** Who may sign in, on which PC. Staff data only. */
export const accounts: Migration = {
  version: 10,
  name: 'accounts',
  minSafeVersion: 10,
  sql: `
CREATE TABLE centre (
  id uuid PRIMARY KEY,
  created_at timestamptz NOT NULL,
  only_row boolean NOT NULL DEFAULT true UNIQUE CHECK (only_row)
);
INSERT INTO centre (id, created_at) VALUES (gen_random_uuid(), now());

CREATE TABLE accounts (
  id uuid PRIMARY KEY,
  login text NOT NULL UNIQUE CHECK (login ~ '^[a-z][a-z0-9._-]{2,31}$'),
  display_name text NOT NULL,
  department text NOT NULL,
  role text NOT NULL CHECK (role IN ('caseworker', 'privacy_officer', 'supervisor', 'administrator')),
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  password_hash text NOT NULL,
  failed_attempts integer NOT NULL DEFAULT 0,
  locked_at timestamptz,
  disabled_at timestamptz,
  created_at timestamptz NOT NULL
);

CREATE TABLE unknown_logins (
  login_tag bytea PRIMARY KEY,
  failed_attempts integer NOT NULL,
  last_attempt_at timestamptz NOT NULL
);

CREATE TABLE devices (
  id uuid PRIMARY KEY,
  name text NOT NULL,
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  enrolled_at timestamptz NOT NULL,
  enrolled_by uuid NOT NULL REFERENCES accounts (id),
  last_contact_at timestamptz NOT NULL,
  app_version text NOT NULL,
  last_device_seq bigint NOT NULL DEFAULT 0,
  revoked_at timestamptz
);
CREATE INDEX devices_district ON devices (district_code);

CREATE TABLE device_accounts (
  device_id uuid NOT NULL REFERENCES devices (id),
  account_id uuid NOT NULL REFERENCES accounts (id),
  first_sign_in_at timestamptz NOT NULL,
  PRIMARY KEY (device_id, account_id)
);

CREATE TABLE sessions (
  token_hash bytea PRIMARY KEY,
  account_id uuid NOT NULL REFERENCES accounts (id),
  device_id uuid NOT NULL REFERENCES devices (id),
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL
);
CREATE INDEX sessions_account ON sessions (account_id);
CREATE INDEX sessions_device ON sessions (device_id);
CREATE INDEX sessions_expiry ON sessions (expires_at);
`
}
