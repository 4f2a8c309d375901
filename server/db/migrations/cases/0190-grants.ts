import type { Migration } from '../../migrate.ts'

/** From when to when each account may be used, what of its role it has, and who gave that why. */
export const grants: Migration = {
  version: 190,
  name: 'grants',
  minSafeVersion: 190,
  sql: `
-- What she may now; grant_ends NULL: until it is revoked; grant_since: a session that is older ends; edits, reveals NULL: all that her role may.
ALTER TABLE accounts
  ADD COLUMN grant_starts date,
  ADD COLUMN grant_ends date,
  ADD COLUMN grant_since timestamptz,
  ADD COLUMN edits text[],
  ADD COLUMN reveals text[];
UPDATE accounts SET grant_starts = (created_at AT TIME ZONE 'Asia/Seoul')::date, grant_since = created_at;
ALTER TABLE accounts ALTER COLUMN grant_starts SET NOT NULL, ALTER COLUMN grant_since SET NOT NULL;

-- 권한 관리대장: lines are only added.
CREATE TABLE grant_entries (
  no bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  at timestamptz NOT NULL,
  kind text NOT NULL,
  account_id uuid NOT NULL REFERENCES accounts (id),
  login text NOT NULL,
  display_name text NOT NULL,
  role text NOT NULL,
  district_code text NOT NULL,
  by_id uuid REFERENCES accounts (id),
  approver_id uuid REFERENCES accounts (id),
  document text NOT NULL,
  reason text NOT NULL,
  before jsonb,
  after jsonb
);
CREATE INDEX grant_entries_district ON grant_entries (district_code, no);

-- What was given before there was a register.
INSERT INTO grant_entries (id, at, kind, account_id, login, display_name, role, district_code, document, reason, after)
SELECT gen_random_uuid(), created_at, 'given', id, login, display_name, role, district_code, '-', '권한 관리대장 도입 전에 부여',
  jsonb_build_object('startsOn', grant_starts, 'endsOn', NULL, 'edits', NULL, 'reveals', NULL)
FROM accounts ORDER BY created_at, id;
INSERT INTO grant_entries (id, at, kind, account_id, login, display_name, role, district_code, document, reason, before)
SELECT gen_random_uuid(), disabled_at, 'revoked', id, login, display_name, role, district_code, '-', '권한 관리대장 도입 전에 회수',
  jsonb_build_object('startsOn', grant_starts, 'endsOn', NULL, 'edits', NULL, 'reveals', NULL)
FROM accounts WHERE disabled_at IS NOT NULL ORDER BY disabled_at, id;

CREATE FUNCTION refuse_grant_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'lines of the grants register are only added';
END $$;
CREATE TRIGGER grant_entries_only_added BEFORE UPDATE OR DELETE ON grant_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_grant_change();
`
}
