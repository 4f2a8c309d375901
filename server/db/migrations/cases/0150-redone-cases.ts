import type { Migration } from '../../migrate.ts'

/** What of a case was there before commands were done again on it: those that come back later are looked at against that. */
export const redoneCases: Migration = {
  version: 150,
  name: 'redone-cases',
  minSafeVersion: 140,
  sql: `
-- Up to rev the case stood as a record, 0: not at all. Above it are commands that were done again, and what came after.
CREATE TABLE redone_cases (
  case_id uuid NOT NULL,
  generation bigint NOT NULL REFERENCES restores (generation),
  rev integer NOT NULL,
  PRIMARY KEY (case_id, generation)
);
`
}
