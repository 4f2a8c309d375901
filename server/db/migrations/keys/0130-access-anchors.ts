import type { Migration } from '../../migrate.ts'

/** What the centre had of the access logs, signed: kept apart from the lines, and only ever added to. */
export const accessAnchors: Migration = {
  version: 130,
  name: 'access-anchors',
  minSafeVersion: 100,
  sql: `
CREATE TABLE access_anchors (
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  no bigint NOT NULL,
  at timestamptz NOT NULL,
  body text NOT NULL,
  signature bytea NOT NULL CHECK (length(signature) = 64),
  PRIMARY KEY (district_code, no)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'anchors are only added';
END $$;
CREATE TRIGGER access_anchors_only_added BEFORE UPDATE OR DELETE ON access_anchors
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
`
}
