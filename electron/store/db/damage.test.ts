import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { keyCheckPath } from '../keys/key-check.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import type { Migration } from '../migrations/migration-types.ts'
import { openStoreDb } from './database.ts'
import { openPageCheck, wasClosedCleanly } from './page-check.ts'
import { storeFailureOf } from './sqlite-failure.ts'

const PAGE = 4096
const ROWS = 1500
const key = nodeCipher.randomBytes(32)
const migrations: readonly Migration[] = [
  {
    version: 10,
    up: (tx) =>
      tx.exec(`CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL, long TEXT NOT NULL) STRICT;
               CREATE INDEX notes_by_body ON notes (body)`)
  }
]

let dir = ''
let sound = ''
let file = ''
/** What a reader of the sound file sees: the truth that no damage may change unnoticed. */
let truth: unknown

const open = (options: { file: string; key?: Uint8Array; create?: boolean }) =>
  openStoreDb({ key, create: false, migrations, ...options })

/** Reads everything there is, by table and by index; a failure is the kind of failure. */
function readAll(path: string): unknown {
  const opened = open({ file: path })
  if (!opened.ok) return opened.error
  try {
    return {
      rows: opened.value.all('SELECT id, body, long FROM notes ORDER BY id'),
      found: opened.value.all('SELECT body FROM notes INDEXED BY notes_by_body ORDER BY body')
    }
  } catch (error) {
    const failure = storeFailureOf(error)
    if (failure === null) throw error
    return { type: failure }
  } finally {
    opened.value.close()
  }
}

const isTypedFailure = (seen: unknown): boolean =>
  typeof seen === 'object' &&
  seen !== null &&
  'type' in seen &&
  ['FileDamaged', 'FileTruncated', 'damaged', 'truncated'].includes(String(seen.type))

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'mnk-damage-'))
  sound = join(dir, 'sound.db')
  file = join(dir, 'store.db')
  const db = expectOk(open({ file: sound, create: true }))
  db.write((tx) => {
    for (let id = 1; id <= ROWS; id++) {
      // every twentieth row is longer than a page, so that overflow pages are hit as well
      tx.run('INSERT INTO notes VALUES (?, ?, ?)', id, `신청 ${id}`, '가'.repeat(id % 20 === 0 ? 3000 : 40))
    }
    return ok(null)
  })
  db.close()
  truth = readAll(sound)
})
afterAll(() => rmSync(dir, { recursive: true }))
beforeEach(() => {
  for (const suffix of ['', '-wal', '-shm', '.keycheck']) rmSync(file + suffix, { force: true })
  copyFileSync(sound, file)
  copyFileSync(keyCheckPath(sound), keyCheckPath(file))
})

describe('what is wrong is told apart', () => {
  test('another key', () => {
    expect(open({ file, key: nodeCipher.randomBytes(32) })).toEqual(err({ type: 'KeyWrong' }))
  })
  test('the right key and a damaged first page', () => {
    flipByte(file, 100)
    expect(open({ file })).toEqual(err({ type: 'FileDamaged' }))
  })
  test('the right key and a damaged salt', () => {
    flipByte(file, 3)
    expect(open({ file })).toEqual(err({ type: 'FileDamaged' }))
  })
  test('a missing file, which is not made anew', () => {
    rmSync(file)
    expect(open({ file })).toEqual(err({ type: 'FileMissing' }))
    expect(existsSync(file)).toBe(false)
  })
  test('a missing folder', () => {
    expect(open({ file: join(dir, 'nowhere', 'store.db') })).toEqual(err({ type: 'FileMissing' }))
  })
  test('an empty file, which is not filled anew', () => {
    truncateSync(file, 0)
    expect(open({ file })).toEqual(err({ type: 'FileTruncated' }))
    expect(open({ file, create: true })).toEqual(err({ type: 'FileTruncated' }))
  })
  test('a file from a newer program, which stays as it is', () => {
    expectOk(
      openStoreDb({ file, key, create: false, migrations: [...migrations, { version: 20, up: () => undefined }] })
    ).close()
    const before = readFileSync(file)
    expect(open({ file })).toEqual(err({ type: 'FileFromFuture', version: 20 }))
    expect(readFileSync(file).equals(before)).toBe(true)
  })
  test('a plain database that pretends to be the store', () => {
    writeFileSync(file, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(PAGE - 16)]))
    expect(open({ file })).toEqual(err({ type: 'FileDamaged' }))
  })
})

test('a file cut anywhere says that it is cut', () => {
  const { size } = statSync(sound)
  const random = seeded(7)
  const places = [1, 99, PAGE - 1, PAGE, PAGE + 1, size - 1, size - PAGE, size - PAGE - 1]
  for (let i = 0; i < 60; i++) places.push(1 + Math.floor(random() * (size - 1)))
  for (let i = 0; i < 20; i++) places.push(PAGE * (1 + Math.floor(random() * (size / PAGE - 1))))
  for (const place of places) {
    copyFileSync(sound, file)
    truncateSync(file, place)
    expect([place, open({ file })]).toEqual([place, err({ type: 'FileTruncated' })])
  }
})

test('a flipped bit anywhere is either harmless or reported, never read as data', () => {
  const { size } = statSync(sound)
  const random = seeded(11)
  let reported = 0
  for (let page = 0; page < size / PAGE; page += 1 + Math.floor(random() * 7)) {
    copyFileSync(sound, file)
    flipByte(file, page * PAGE + Math.floor(random() * PAGE), 1 << Math.floor(random() * 8))
    const seen = readAll(file)
    if (isTypedFailure(seen)) reported += 1
    else expect([page, seen]).toEqual([page, truth])
  }
  expect(reported).toBeGreaterThan(20)
})

test.each([
  ['zeros', () => Buffer.alloc(PAGE)],
  ['noise', () => Buffer.from(nodeCipher.randomBytes(PAGE))],
  ['a page from elsewhere in the same file', () => readFileSync(sound).subarray(5 * PAGE, 6 * PAGE)]
])('a page replaced by %s is either never read or reported', (_what, content) => {
  const { size } = statSync(sound)
  let reported = 0
  for (let page = 0; page < size / PAGE; page += 9) {
    if (page === 5) continue
    const bytes = readFileSync(sound)
    bytes.set(content(), page * PAGE)
    writeFileSync(file, bytes)
    const seen = readAll(file)
    if (isTypedFailure(seen)) reported += 1
    else expect([page, seen]).toEqual([page, truth])
  }
  expect(reported).toBeGreaterThan(10)
})

test('a check of every page finds damage that nobody has met yet, and passes a sound file', () => {
  const check = (): string => {
    const pages = openPageCheck({ file, key, monotonicMs: () => performance.now() })
    let verdict = pages.step(1)
    while (verdict === 'more') verdict = pages.step(1)
    return verdict
  }
  expect(check()).toBe('sound')
  for (const page of treePages().filter((_page, index) => index % 7 === 0)) {
    copyFileSync(sound, file)
    flipByte(file, (page - 1) * PAGE + 2000)
    expect([page, check()]).toEqual([page, 'damaged'])
  }
})

test('after a crash with a damaged write-ahead log the store stands at a commit, never between two', () => {
  const db = expectOk(open({ file }))
  for (let round = 1; round <= 30; round++) {
    db.write((tx) => {
      for (let row = 0; row < 10; row++)
        tx.run('INSERT INTO notes (body, long) VALUES (?, ?)', `after ${round}`, '나'.repeat(300))
      return ok(null)
    })
  }
  const crashed = join(dir, 'crashed.db')
  const [pages, log] = [readFileSync(file), readFileSync(`${file}-wal`)]
  db.close()
  expect(wasClosedCleanly(file)).toBe(true)
  const random = seeded(5)
  const seen = new Set<number>()
  for (let i = 0; i < 40; i++) {
    for (const suffix of ['-wal', '-shm']) rmSync(crashed + suffix, { force: true })
    writeFileSync(crashed, pages)
    writeFileSync(`${crashed}-wal`, i % 2 === 0 ? log : log.subarray(0, Math.floor(random() * log.length)))
    if (i % 2 === 0) flipByte(`${crashed}-wal`, Math.floor(random() * log.length))
    expect(wasClosedCleanly(crashed)).toBe(false)
    const again = expectOk(open({ file: crashed }))
    const extra = again.all<{ rows: number }>(
      "SELECT count(*) AS rows FROM notes WHERE body LIKE 'after %' GROUP BY body"
    )
    expect(extra.every(({ rows }) => rows === 10)).toBe(true)
    seen.add(extra.length)
    again.close()
  }
  expect(seen.size).toBeGreaterThan(10)
})

function treePages(): number[] {
  const db = expectOk(open({ file: sound }))
  const pages = db.all<{ pageno: number }>(
    "SELECT pageno FROM dbstat WHERE pagetype IN ('leaf', 'internal') AND pageno > 1"
  )
  db.close()
  return pages.map(({ pageno }) => pageno)
}

function flipByte(path: string, at: number, mask = 1): void {
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(at) ^ mask, at)
  writeFileSync(path, bytes)
}

/** mulberry32: the same places on every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
