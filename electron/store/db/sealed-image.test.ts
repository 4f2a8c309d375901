import * as nodeCrypto from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3-multiple-ciphers'
import { expect, test } from 'vitest'
import { createPageSealer } from '#shared/cipher/sqlcipher-page.ts'
import {
  CASE_SCHEMA,
  emptyImage,
  type SchemaEntry,
  SELECT_CASE_SCHEMA,
  schemaText
} from '#shared/store-format/schema.ts'
import { openTestStore } from '../testing/test-store.ts'
import { openKeyedConnection } from './connection.ts'

const readSchema = (db: Database.Database): string => schemaText(db.prepare<[], SchemaEntry>(SELECT_CASE_SCHEMA).all())

test('pages that are sealed here are a file that SQLCipher opens, checks and goes on writing', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mnk-image-'))
  const file = join(dir, 'store.db')
  const key = nodeCrypto.randomBytes(32)
  const plain = new Database(Buffer.from(emptyImage()))
  plain.exec('CREATE TABLE notes (no INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT')
  for (let no = 1; no <= 500; no += 1) plain.prepare('INSERT INTO notes VALUES (?, ?)').run(no, '김민수 '.repeat(no))
  const image = plain.serialize()
  plain.close()
  createPageSealer(nodeCrypto, { key, salt: nodeCrypto.randomBytes(16) }).seal(1, image)
  expect(image.includes('김민수')).toBe(false)
  writeFileSync(file, image)
  const raw = openKeyedConnection({ file, key })
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(raw.prepare('SELECT text FROM notes WHERE no = 3').pluck().get()).toBe('김민수 '.repeat(3))
  raw.pragma('journal_mode = WAL')
  raw.exec("UPDATE notes SET text = 'x'; VACUUM")
  expect(raw.pragma('integrity_check', { simple: true })).toBe('ok')
  raw.close()
  rmSync(dir, { recursive: true })
})

test('the centre prepares the very tables that the migrations of a desk make', () => {
  const store = openTestStore()
  const plain = new Database(Buffer.from(emptyImage()))
  plain.exec(CASE_SCHEMA)
  expect(readSchema(plain)).toBe(readSchema(store.db.raw))
  expect(plain.pragma('integrity_check', { simple: true })).toBe('ok')
  plain.close()
  store.close()
})
