import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseQuery } from '#shared/domain/search/parse-query.ts'
import { planQuery } from '#shared/domain/search/plan-query.ts'
import type { TermRange } from '#shared/domain/search/query-plan.ts'
import { searchTerms } from '#shared/domain/search/search-terms.ts'
import type { Searchable } from '#shared/domain/search/searchable.ts'
import { TermHasher } from '#shared/domain/search/term-hash.ts'
import { openKeyedConnection } from '../../electron/store/db/connection.ts'
import { nodeCipher } from '../../electron/store/keys/node-crypto.ts'

/** FTS5 over the same terms, contentless and without positions, in an encrypted file: the peer inside SQLite. */
export interface FullTextPeer {
  /** Case numbers of the newest 50. */
  search(text: string): number[]
  readonly megabytes: number
  readonly seconds: number
  remove(): void
}

const hasher = new TermHasher({ one: 1, two: 2 })
const tokenOf = (term: number): string => term.toString(36)

export function buildFullText(cases: Iterable<{ no: number; searchable: Searchable }>): FullTextPeer {
  const dir = mkdtempSync(join(tmpdir(), 'mnk-bench-fts-'))
  const file = join(dir, 'fts.db')
  const raw = openKeyedConnection({
    file,
    key: nodeCipher.randomBytes(32),
    nativeBinding: process.env.MNK_SQLITE_ADDON
  })
  raw.pragma('cache_size = -65536')
  const started = performance.now()
  fillFullText(raw, hasher, cases)
  const select = raw.prepare<[string], number>(
    'SELECT rowid FROM terms WHERE terms MATCH ? ORDER BY rowid DESC LIMIT 50'
  )
  select.pluck(true)
  return {
    search: (text) => {
      const match = matchText(text)
      return match === '' ? [] : select.all(match)
    },
    megabytes: statSync(file).size / 1e6,
    seconds: (performance.now() - started) / 1000,
    remove: () => {
      raw.close()
      rmSync(dir, { recursive: true })
    }
  }
}

/** The table in the file of the connection, filled. */
export function fillFullText(
  raw: ReturnType<typeof openKeyedConnection>,
  of: TermHasher,
  cases: Iterable<{ no: number; searchable: Searchable }>
): void {
  raw.exec(
    `CREATE VIRTUAL TABLE ${FULL_TEXT_TERMS} USING fts5(t, content='', detail=none, columnsize=0, tokenize='ascii')`
  )
  const insert = raw.prepare(`INSERT INTO ${FULL_TEXT_TERMS} (rowid, t) VALUES (?, ?)`)
  raw.exec('BEGIN')
  for (const { no, searchable } of cases) insert.run(no, tokensOf(searchTerms(searchable, of)))
  raw.exec('COMMIT')
  raw.exec(`INSERT INTO ${FULL_TEXT_TERMS} (${FULL_TEXT_TERMS}) VALUES ('optimize')`)
}

export const FULL_TEXT_TERMS = 'terms'
export const tokensOf = (terms: Float64Array): string => Array.from(terms, tokenOf).join(' ')

const matchText = (text: string): string =>
  planQuery(parseQuery(text), hasher)
    .map((word) => `(${word.map(({ ranges }) => `(${ranges.map(anyOfRange).join(' AND ')})`).join(' OR ')})`)
    .join(' AND ')

const anyOfRange = ({ low, high }: TermRange): string =>
  `(${Array.from({ length: high - low + 1 }, (_, at) => tokenOf(low + at)).join(' OR ')})`
