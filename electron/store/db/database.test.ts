import { afterEach, describe, expect, test } from 'vitest'
import { err, expectOk, ok, type Result } from '#shared/foundation/result.ts'
import { blobToUuid, uuidToBlob } from '#shared/store-format/uuid-blob.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'
import { openStoreDb, type ReadableDb } from './database.ts'
import { writeDurably } from './durable-write.ts'

const opened: TestStore[] = []
const openNotes = (): TestStore => {
  const store = openTestStore({ version: 0 })
  opened.push(store)
  store.db.raw.exec('CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT')
  return store
}
afterEach(() => {
  for (const store of opened.splice(0)) store.close()
})

const add = (store: TestStore, body: string): Result<number, never> =>
  store.db.write((tx) => ok(tx.run('INSERT INTO notes (body) VALUES (?)', body).lastInsertRowid))
const bodies = (store: TestStore): string[] =>
  store.db.all<{ body: string }>('SELECT body FROM notes ORDER BY id').map((row) => row.body)

describe('a write', () => {
  test('is kept when it ends well', () => {
    const store = openNotes()
    expect(add(store, 'one')).toEqual(ok(1))
    expect(bodies(store)).toEqual(['one'])
  })
  test('leaves nothing behind when it ends in an expected failure', () => {
    const store = openNotes()
    const result = store.db.write((tx) => {
      tx.run('INSERT INTO notes (body) VALUES (?)', 'gone')
      return err({ type: 'Refused' as const })
    })
    expect(result).toEqual(err({ type: 'Refused' }))
    expect(bodies(store)).toEqual([])
    expect(add(store, 'next')).toEqual(ok(1))
  })
  test('leaves nothing behind when the program fails in it', () => {
    const store = openNotes()
    const failing = () =>
      store.db.write((tx) => {
        tx.run('INSERT INTO notes (body) VALUES (?)', 'gone')
        throw new Error('fault')
      })
    expect(failing).toThrow('fault')
    expect(bodies(store)).toEqual([])
  })
  test('that a person is told of is flushed to the disk, an ordinary one to the log', () => {
    const { db } = openNotes()
    const synchronous = (tx: ReadableDb) => ok(tx.pluck<number>('PRAGMA synchronous'))
    const [NORMAL, FULL] = [1, 2]
    expect([writeDurably(db, synchronous), db.write(synchronous)]).toEqual([ok(FULL), ok(NORMAL)])
    expect(() => writeDurably(db, () => JSON.parse('fault'))).toThrow()
    expect(db.write(synchronous)).toEqual(ok(NORMAL))
  })
  test('cannot go on after its end, nor hold another one', () => {
    const store = openNotes()
    const leaked = expectOk(store.db.write((tx) => ok(tx)))
    expect(() => leaked.run('INSERT INTO notes (body) VALUES (?)', 'late')).toThrow('over')
    expect(() => store.db.write(() => store.db.write(() => ok(null)))).toThrow('open already')
    expect(bodies(store)).toEqual([])
  })
})

test('the same query may run inside its own iteration', () => {
  const store = openNotes()
  for (const body of ['a', 'b']) add(store, body)
  const pairs: string[] = []
  const sql = 'SELECT body FROM notes ORDER BY id'
  for (const outer of store.db.iterate<{ body: string }>(sql)) {
    for (const inner of store.db.iterate<{ body: string }>(sql)) pairs.push(outer.body + inner.body)
  }
  expect(pairs).toEqual(['aa', 'ab', 'ba', 'bb'])
})

test('a store opens again with its key and holds what was written', () => {
  const store = openNotes()
  add(store, '김민수')
  store.db.close()
  const again = expectOk(openStoreDb({ file: store.file, key: store.key, create: false, migrations: [] }))
  expect(again.pluck('SELECT body FROM notes')).toBe('김민수')
  expect([
    again.pluck('PRAGMA temp_store'),
    again.pluck('PRAGMA secure_delete'),
    again.pluck('PRAGMA journal_mode')
  ]).toEqual([2, 1, 'wal'])
  again.close()
})

test('a UUID survives its way through a blob', () => {
  const uuid = '01930a5c-7e1b-7c3d-8f00-00ff10a0b0c9'
  expect(blobToUuid(uuidToBlob(uuid))).toBe(uuid)
  expect(() => uuidToBlob('01930a5c')).toThrow('not a UUID')
})
