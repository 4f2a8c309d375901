import type { Migration } from '../../migrate.ts'

/** 월별 점검: who has looked through the access log of a month, and what she says of it. */
export const accessReviews: Migration = {
  version: 216,
  name: 'access-reviews',
  minSafeVersion: 190,
  sql: `
CREATE TABLE access_reviews (
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  month date NOT NULL CHECK (extract(day FROM month) = 1),
  at timestamptz NOT NULL,
  by_id uuid NOT NULL REFERENCES accounts (id),
  remark text NOT NULL,
  -- What was there of the month when she signed.
  lines bigint NOT NULL,
  marked bigint NOT NULL,
  PRIMARY KEY (district_code, month)
);

CREATE FUNCTION refuse_review_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'reviews of the access log are only added';
END $$;
CREATE TRIGGER access_reviews_only_added BEFORE UPDATE OR DELETE ON access_reviews
  FOR EACH ROW EXECUTE FUNCTION refuse_review_change();
`
}
