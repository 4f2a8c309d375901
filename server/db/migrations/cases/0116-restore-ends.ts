import type { Migration } from '../../migrate.ts'

/** A PC that was away over several restores is asked for what came after the least of their ends. */
export const restoreEnds: Migration = {
  version: 116,
  name: 'restore-ends',
  minSafeVersion: 115,
  sql: `
-- Where the stream of a district ended when the centre came back, for each restore, and where it stood when the gate opened.
CREATE TABLE restore_ends (
  generation bigint NOT NULL REFERENCES restores (generation),
  district_code text NOT NULL CHECK (district_code ~ '^11[0-9]{3}$'),
  stream_end bigint NOT NULL,
  opened_seq bigint,
  PRIMARY KEY (district_code, generation)
);
INSERT INTO restore_ends (generation, district_code, stream_end, opened_seq)
  SELECT generation, district_code, stream_end, opened_seq FROM restore_gates;
CREATE INDEX restore_reports_device ON restore_reports (device_id, generation);
`
}
