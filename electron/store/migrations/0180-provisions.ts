import type { Migration } from './migration-types.ts'

/** 제공 대장 as the centre told of it: what recipients were given, and of whom. Ids alone. */
export const provisions: Migration = {
  version: 180,
  up: (tx) => {
    tx.exec(`
      CREATE TABLE provision_runs (
        id BLOB PRIMARY KEY,
        run TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE provision_lines (
        run_id BLOB NOT NULL,
        case_id BLOB NOT NULL,
        no INTEGER NOT NULL,
        line TEXT NOT NULL,
        PRIMARY KEY (run_id, case_id)
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX provision_lines_no ON provision_lines (run_id, no);
      CREATE INDEX provision_lines_case ON provision_lines (case_id);
    `)
  }
}
