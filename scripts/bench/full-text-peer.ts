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
  raw.exec("CREATE VIRTUAL TABLE terms USING fts5(t, content='', detail=none, columnsize=0, tokenize='ascii')")
  const insert = raw.prepare('INSERT INTO terms (rowid, t) VALUES (?, ?)')
  const started = performance.now()
  raw.exec('BEGIN')
  for (const { no, searchable } of cases) {
    insert.run(no, Array.from(searchTerms(searchable, hasher), (term) => tokenOf(term)).join(' '))
  }
  raw.exec('COMMIT')
  raw.exec("INSERT INTO terms (terms) VALUES ('optimize')")
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

const matchText = (text: string): string =>
  planQuery(parseQuery(text), hasher)
    .map((word) => `(${word.map(({ ranges }) => `(${ranges.map(anyOfRange).join(' AND ')})`).join(' OR ')})`)
    .join(' AND ')

const anyOfRange = ({ low, high }: TermRange): string =>
  `(${Array.from({ length: high - low + 1 }, (_, at) => tokenOf(low + at)).join(' OR ')})`
