import { PAGE_BYTES, RESERVED_BYTES } from '#shared/cipher/sqlcipher-sizes.ts'

/**
 * The tables of the cases, as the desk's migrations leave them: the centre prepares them for a first download. A test
 * holds this text against the migrations, and a desk takes no image whose tables differ from its own.
 */
export const CASE_TABLES = [
  'cases',
  'case_bodies',
  'case_totals',
  'case_codes',
  'case_facts',
  'case_name_keys',
  'case_number_keys',
  'search_meta',
  'search_blocks',
  'search_recent',
  'search_behind'
] as const

/** Rises when the tables or what lies in them change: a centre and a desk with different ones use the stream. */
export const STORE_FORMAT = 2

/** Above every version of a store that a desk has worked with: what it holds in memory is read anew. */
export const IMAGE_VERSION = 2 ** 40

export const CASE_SCHEMA = `
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
      , conflicts INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX cases_in_conflict ON cases (conflicts) WHERE conflicts > 0;
CREATE TABLE case_bodies (
        no INTEGER PRIMARY KEY,
        body TEXT NOT NULL
      , packed BLOB) STRICT;
CREATE TABLE case_totals (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        cases INTEGER NOT NULL,
        last_no INTEGER NOT NULL,
        version INTEGER NOT NULL
      ) STRICT;
CREATE TABLE case_codes (
        kind TEXT NOT NULL CHECK (kind IN ('state', 'service', 'dong', 'assignee')),
        code TEXT NOT NULL,
        number INTEGER NOT NULL,
        PRIMARY KEY (kind, code),
        UNIQUE (kind, number)
      ) STRICT, WITHOUT ROWID;
CREATE TABLE case_facts (
        segment INTEGER PRIMARY KEY,
        version INTEGER NOT NULL,
        facts BLOB NOT NULL
      ) STRICT;
CREATE INDEX case_facts_by_version ON case_facts (version);
CREATE TABLE case_name_keys (
        segment INTEGER PRIMARY KEY,
        keys BLOB NOT NULL
      ) STRICT;
CREATE TABLE case_number_keys (
        segment INTEGER PRIMARY KEY,
        keys BLOB NOT NULL
      ) STRICT;
CREATE TABLE search_meta (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        term_key BLOB NOT NULL CHECK (length(term_key) = 16)
      ) STRICT;
CREATE TABLE search_blocks (
        key INTEGER PRIMARY KEY,
        postings BLOB NOT NULL
      ) STRICT;
CREATE TABLE search_recent (
        no INTEGER PRIMARY KEY,
        added BLOB NOT NULL,
        removed BLOB NOT NULL
      ) STRICT;
CREATE TABLE search_behind (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        first_no INTEGER NOT NULL,
        last_no INTEGER NOT NULL,
        touched INTEGER NOT NULL
      ) STRICT;
INSERT INTO case_totals (one, cases, last_no, version) VALUES (1, 0, 0, ${IMAGE_VERSION});
INSERT INTO search_meta (one, term_key) VALUES (1, randomblob(16));
`

/** What tells the tables of the cases apart, whatever blanks their makers used. */
export interface SchemaEntry {
  readonly name: string
  readonly sql: string
}

const names = CASE_TABLES.map((name) => `'${name}'`).join()

/** For `schemaText`: the entries of the case tables and their indexes, in order. */
export const SELECT_CASE_SCHEMA = `SELECT name, sql FROM sqlite_schema
  WHERE tbl_name IN (${names}) AND sql IS NOT NULL ORDER BY name`

/** Equal texts: equal tables. */
export const schemaText = (entries: readonly SchemaEntry[]): string =>
  entries.map(({ name, sql }) => `${name}: ${sql.replaceAll(/\s+/g, ' ')}`).join('\n')

/** An empty database of one page that leaves room for what SQLCipher adds: SQLite has no setting for it. */
export function emptyImage(): Uint8Array {
  const page = new Uint8Array(PAGE_BYTES)
  const view = new DataView(page.buffer)
  page.set(new TextEncoder().encode('SQLite format 3\0'))
  view.setUint16(16, PAGE_BYTES)
  page.set([1, 1, RESERVED_BYTES, 64, 32, 32], 18) // rollback journal for reading and writing, then fixed fractions
  view.setUint32(24, 1) // file change counter
  view.setUint32(28, 1) // pages
  view.setUint32(44, 4) // schema format
  view.setUint32(56, 1) // UTF-8
  view.setUint32(92, 1) // the change counter for which the page count holds
  page[100] = LEAF_OF_A_TABLE
  view.setUint16(105, PAGE_BYTES - RESERVED_BYTES) // cells begin at the end of the page
  return page
}

const LEAF_OF_A_TABLE = 0x0d
