import pg from 'pg'

/**
 * Copies that make a centre large without making so many cases: rows beside each case that was really made, of its size and
 * with as many tags and a key, under ids of their own. They open for nobody and nobody asks for them; indexes, pages and
 * files are those of a centre with so many cases. Made by PostgreSQL, tens of thousands a second.
 */
export interface Filler {
  /** Puts the copies of the cases made since the last call behind them. */
  copyNewest(): Promise<void>
  /** Tags and keys of all copies. */
  finish(): Promise<void>
}

export interface FillerOptions {
  readonly databaseUrl: string
  readonly keysDatabaseUrl: string
  readonly copiesACase: number
}

const COPY_CASES = `
WITH made AS (
  SELECT id, district_code, dong_code, service, state, applied_on, due_on, application_no, assignee_id, rev, field_revs,
    sealed, number, row_number() OVER (ORDER BY number, seq) AS place
  FROM cases, generate_series(1, $1::integer) AS number WHERE cases.seq > $2 AND cases.district_code = $3
), placed AS (
  UPDATE district_streams SET last_seq = last_seq + (SELECT count(*) FROM made) WHERE district_code = $3
  RETURNING last_seq - (SELECT count(*) FROM made) AS before
)
INSERT INTO cases (id, district_code, dong_code, service, state, applied_on, due_on, application_no, assignee_id, rev, seq,
  field_revs, sealed)
SELECT md5(id::text || number)::uuid, district_code, dong_code, service, state, applied_on, due_on,
  application_no || '-' || number, assignee_id, rev, before + place, field_revs, sealed
FROM made, placed`

const COPY_TAGS = `
INSERT INTO blind_indexes (tag, kind, case_id)
SELECT sha256(tag || decode(md5(case_id::text || number), 'hex')), kind, md5(case_id::text || number)::uuid
FROM blind_indexes, generate_series(1, $1::integer) AS number`

const COPY_KEYS = `
INSERT INTO case_keys (case_id, epoch, wrapped)
SELECT md5(case_id::text || number)::uuid, epoch, wrapped FROM case_keys, generate_series(1, $1::integer) AS number`

/** Made once at the end instead of for each row. */
const WITHOUT_TAG_INDEXES = `
ALTER TABLE blind_indexes DROP CONSTRAINT blind_indexes_pkey;
DROP INDEX blind_indexes_case`
const WITH_TAG_INDEXES = `
ALTER TABLE blind_indexes ADD CONSTRAINT blind_indexes_pkey PRIMARY KEY (tag, kind, case_id);
CREATE INDEX blind_indexes_case ON blind_indexes (case_id)`

export async function withFiller<T>(options: FillerOptions, work: (filler: Filler) => Promise<T>): Promise<T> {
  const cases = new pg.Client({ connectionString: options.databaseUrl })
  const keys = new pg.Client({ connectionString: options.keysDatabaseUrl })
  await Promise.all([cases.connect(), keys.connect()])
  const seenTo = new Map<string, string>()
  try {
    await cases.query(`SET synchronous_commit = off; SET maintenance_work_mem = '512MB'; SET work_mem = '256MB'`)
    return await work({
      copyNewest: async () => {
        const { rows } = await cases.query<{ district_code: string }>('SELECT district_code FROM district_streams')
        for (const { district_code: code } of rows) {
          await cases.query(COPY_CASES, [options.copiesACase, seenTo.get(code) ?? '0', code])
          const end = await cases.query<{ last_seq: string }>(
            'SELECT last_seq FROM district_streams WHERE district_code = $1',
            [code]
          )
          seenTo.set(code, end.rows[0]?.last_seq ?? '0')
        }
      },
      finish: async () => {
        await cases.query(WITHOUT_TAG_INDEXES)
        await Promise.all([cases.query(COPY_TAGS, [options.copiesACase]), keys.query(COPY_KEYS, [options.copiesACase])])
        await cases.query(WITH_TAG_INDEXES)
      }
    })
  } finally {
    await Promise.all([cases.end(), keys.end()])
  }
}
