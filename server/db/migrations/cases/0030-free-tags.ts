import type { Migration } from '../../migrate.ts'

/**
 * A case has about ten tags, and the foreign key looked its case up for each of them: most of what writing a case cost.
 * Tags are written and removed only together with their case (server/cases/blind-index.ts).
 */
export const freeTags: Migration = {
  version: 30,
  name: 'free-tags',
  minSafeVersion: 20,
  sql: `
ALTER TABLE blind_indexes DROP CONSTRAINT blind_indexes_case_id_fkey;
`
}
