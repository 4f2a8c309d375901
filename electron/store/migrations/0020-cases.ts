import type { Migration } from './migration-types.ts'

/** The cases of the district: what a list and a search read in a narrow row, the whole case apart from it. */
export const cases: Migration = {
  version: 20,
  up: (tx) => {
    tx.exec(`
      -- no: rises with every new case and is never given twice. searchable: what the case can be found by.
      CREATE TABLE cases (
        no INTEGER PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        application_no TEXT NOT NULL,
        applicant_name TEXT NOT NULL,
        service TEXT NOT NULL,
        dong_code TEXT NOT NULL,
        state TEXT NOT NULL,
        applied_on TEXT NOT NULL,
        due_on TEXT,
        waiting INTEGER NOT NULL CHECK (waiting IN (0, 1)),
        searchable TEXT NOT NULL
      ) STRICT;

      -- body: the case with its revisions, as JSON without the names of the fields.
      CREATE TABLE case_bodies (
        no INTEGER PRIMARY KEY,
        body TEXT NOT NULL
      ) STRICT;

      -- One row. version rises with every change of a case.
      CREATE TABLE case_totals (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        cases INTEGER NOT NULL,
        last_no INTEGER NOT NULL,
        version INTEGER NOT NULL
      ) STRICT;
      INSERT INTO case_totals (one, cases, last_no, version) VALUES (1, 0, 0, 0);

      -- The small numbers that stand for states, services, dongs and accounts in case_facts.
      CREATE TABLE case_codes (
        kind TEXT NOT NULL CHECK (kind IN ('state', 'service', 'dong', 'assignee')),
        code TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (kind, code),
        UNIQUE (kind, number)
      ) STRICT, WITHOUT ROWID;

      -- What the list filters and sorts by, 128 cases to a segment (segment = no / 128), packed.
      CREATE TABLE case_facts (
        segment INTEGER PRIMARY KEY,
        version INTEGER NOT NULL,
        facts BLOB NOT NULL
      ) STRICT;
      CREATE INDEX case_facts_by_version ON case_facts (version);

      -- The first letters of the applicant's name and the application number, as numbers that sort alike.
      CREATE TABLE case_name_keys (
        segment INTEGER PRIMARY KEY,
        keys BLOB NOT NULL
      ) STRICT;
      CREATE TABLE case_number_keys (
        segment INTEGER PRIMARY KEY,
        keys BLOB NOT NULL
      ) STRICT;
    `)
  }
}
