import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectOk, ok } from '#shared/foundation/result.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import type { Migration } from '../migrations/migration-types.ts'
import { filesWithPlaintext, needlesOf, watchWhile } from '../testing/plaintext-watch.ts'
import { openStoreDb, type StoreDb } from './database.ts'

const ROWS = 8000
const SURNAMES = ['김', '이', '박', '최', '정', '강', '조', '윤']
const person = (index: number) => ({
  name: `${SURNAMES[index % SURNAMES.length]}하늘별${index}`,
  number: `9${String(index % 10)}0101-2${String(100000 + (index % 900000))}`,
  phone: `010-${String(1000 + (index % 9000))}-${String(2000 + (index % 8000))}`,
  address: `서울특별시 강남구 테헤란로 ${index}길 ${index % 90}, ${index % 40}동 ${index % 1500}호`
})
const needles = needlesOf(['하늘별', '서울특별시 강남구', '-2100', '010-1'])

const migrations: readonly Migration[] = [
  {
    version: 10,
    up: (tx) =>
      tx.exec(
        `CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL, number TEXT NOT NULL, body TEXT NOT NULL) STRICT`
      )
  }
]
let dir = ''
let store: StoreDb
const previousTempDir = process.env.SQLITE_TMPDIR

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'mnk-plaintext-'))
  process.env.SQLITE_TMPDIR = dir
  store = expectOk(
    openStoreDb({ file: join(dir, 'store.db'), key: nodeCipher.randomBytes(32), create: true, migrations })
  )
  store.raw.pragma('cache_size = 10') // so small that every job spills at once
  fill(store.raw)
})
afterAll(() => {
  if (previousTempDir === undefined) delete process.env.SQLITE_TMPDIR
  else process.env.SQLITE_TMPDIR = previousTempDir
  rmSync(dir, { recursive: true })
})

function fill(raw: Database.Database): void {
  const insert = raw.prepare('INSERT INTO people (id, name, number, body) VALUES (?, ?, ?, ?)')
  raw.transaction(() => {
    for (let id = 1; id <= ROWS; id++) {
      const { name, number, phone, address } = person(id)
      insert.run(
        id,
        name,
        number,
        JSON.stringify({ name, number, phone, address, note: `${name} ${address} `.repeat(4) })
      )
    }
  })()
}

/** Everything for which SQLite is known to take a temporary file. */
const jobs: Record<string, (raw: Database.Database) => void> = {
  'a sort that does not fit its cache': (raw) => {
    for (const _row of raw.prepare('SELECT name, body FROM people ORDER BY body DESC, name').iterate());
  },
  'the building of an index': (raw) => {
    raw.exec('CREATE INDEX people_by_body ON people (body, name); DROP INDEX people_by_body')
  },
  'a temporary table': (raw) => {
    raw.exec('PRAGMA temp.cache_size = 10; CREATE TEMP TABLE copy AS SELECT name, body FROM people; DROP TABLE copy')
  },
  'a materialised part of a query': (raw) => {
    raw
      .prepare(
        `WITH part AS MATERIALIZED (SELECT id, body || body || body || body AS long FROM people)
         SELECT count(*) FROM part AS a JOIN part AS b ON a.id = b.id WHERE a.long <> b.id`
      )
      .get()
  },
  'the journal of a statement that may fail half way': (raw) => {
    raw.exec(`BEGIN; UPDATE people SET id = id + ${ROWS}, body = body || ' '; ROLLBACK`)
  },
  'a rewriting of the whole file': (raw) => {
    raw.exec('VACUUM')
  }
}

describe.runIf(process.platform === 'linux')('nothing readable leaves the store', () => {
  test.each(Object.keys(jobs))('not during %s', async (name) => {
    const report = await watchWhile({
      dir,
      needles: needlesOf(['하늘별']),
      job: () => jobs[name]?.(store.raw),
      until: 'looked'
    })
    expect(report).toEqual({ found: [], tempFiles: 0 })
    expect(filesWithPlaintext(dir, needles)).toEqual([])
  })

  test.each(Object.keys(jobs))('and the watcher would have seen it during %s', async (name) => {
    store.raw.pragma('temp_store = FILE')
    const report = await watchWhile({
      dir,
      needles: needlesOf(['하늘별']),
      job: () => jobs[name]?.(store.raw),
      until: 'found'
    })
    store.raw.pragma('temp_store = MEMORY')
    expect(report.found).toEqual(['temporary file'])
  })
})

test('nothing readable stands in the file or its log, open, in the middle of a write, or closed', () => {
  const seen: string[][] = []
  store.write((tx) => {
    for (let id = 1; id <= ROWS; id += 3)
      tx.run('UPDATE people SET body = ? WHERE id = ?', JSON.stringify(person(id)), id)
    seen.push(filesWithPlaintext(dir, needles))
    return ok(null)
  })
  seen.push(filesWithPlaintext(dir, needles))
  store.close()
  seen.push(filesWithPlaintext(dir, needles))
  expect(seen).toEqual([[], [], []])
})

test.each(['UTF-8', 'UTF-16le'])('and the search would have found it in a plain file of %s', (encoding) => {
  const plainDir = mkdtempSync(join(tmpdir(), 'mnk-plain-'))
  const plain = new Database(join(plainDir, 'plain.db'))
  plain.pragma(`encoding = '${encoding}'`)
  plain.pragma('journal_mode = WAL')
  plain.exec('CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, number TEXT, body TEXT)')
  fill(plain)
  expect(filesWithPlaintext(plainDir, needles)).toContain('plain.db-wal')
  plain.close()
  expect(filesWithPlaintext(plainDir, needles)).toEqual(['plain.db'])
  rmSync(plainDir, { recursive: true })
})
