import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { openStoreDb } from '../db/database.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { openTestStore, type TestStore } from '../testing/test-store.ts'
import { discardDraft, listDrafts, loadDraft, saveDraft } from './drafts.ts'

const uuid = (n: number): string => `01930000-0000-7000-8000-${n.toString(16).padStart(12, '0')}`
const [ME, COLLEAGUE] = [uuid(1), uuid(2)]
let clock = 0
const deps = { now: () => new Date(Date.UTC(2026, 10, 23) + 1000 * clock++).toISOString() }

let store: TestStore
beforeEach(() => {
  clock = 0
  store = openTestStore()
})
afterEach(() => store.close())

const intake = (id: number, title: string) => ({
  id: uuid(id),
  kind: 'intake' as const,
  caseId: null,
  title,
  body: { applicant: { name: title }, children: [] }
})

test('what was typed is there again, the newest first', () => {
  expect(saveDraft(deps, store.db, ME, intake(10, '김하늘'))).toEqual(ok(null))
  saveDraft(deps, store.db, ME, { ...intake(11, '이바다'), kind: 'correction', caseId: uuid(90) })
  saveDraft(deps, store.db, ME, intake(10, '김하늘별'))
  expect(listDrafts(store.db, ME)).toEqual([
    { id: uuid(10), kind: 'intake', caseId: null, title: '김하늘별', updatedAt: '2026-11-23T00:00:02.000Z' },
    { id: uuid(11), kind: 'correction', caseId: uuid(90), title: '이바다', updatedAt: '2026-11-23T00:00:01.000Z' }
  ])
  expect(loadDraft(store.db, ME, uuid(10))).toEqual({ body: { applicant: { name: '김하늘별' }, children: [] } })
})

test('a colleague at the same PC neither sees, nor changes, nor discards it', () => {
  saveDraft(deps, store.db, ME, intake(10, '김하늘'))
  saveDraft(deps, store.db, COLLEAGUE, intake(10, '남의 것'))
  discardDraft(store.db, COLLEAGUE, uuid(10))
  expect([listDrafts(store.db, COLLEAGUE), loadDraft(store.db, COLLEAGUE, uuid(10))]).toEqual([[], null])
  expect(loadDraft(store.db, ME, uuid(10))).toEqual({ body: intake(10, '김하늘').body })
})

test('a discarded draft is gone', () => {
  saveDraft(deps, store.db, ME, intake(10, '김하늘'))
  discardDraft(store.db, ME, uuid(10))
  expect([listDrafts(store.db, ME), loadDraft(store.db, ME, uuid(10))]).toEqual([[], null])
})

test('a full disk is said so, and costs nothing that was saved before', () => {
  saveDraft(deps, store.db, ME, intake(10, '김하늘'))
  const pages = store.db.pluck<number>('PRAGMA page_count') ?? 0
  store.db.raw.pragma(`max_page_count = ${pages}`)
  const long = { ...intake(10, '김하늘별'), body: { text: '가'.repeat(200_000) } }
  expect(saveDraft(deps, store.db, ME, long)).toEqual(err({ type: 'DiskFull' }))
  expect(loadDraft(store.db, ME, uuid(10))).toEqual({ body: intake(10, '김하늘').body })
  store.db.raw.pragma(`max_page_count = ${pages + 1000}`)
  expect(saveDraft(deps, store.db, ME, long)).toEqual(ok(null))
})

test('what was typed survives a program that is killed while typing', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'mnk-killed-'))
  const file = join(dir, 'store.db')
  const key = nodeCipher.randomBytes(32)
  const writer = fileURLToPath(new URL('../testing/draft-writer.ts', import.meta.url))
  const child = spawn(process.execPath, [writer, file, Buffer.from(key).toString('hex'), ME, uuid(10)])
  const saved = await new Promise<number>((resolve, reject) => {
    child.on('error', reject)
    child.stdout.on('data', (text: Buffer) => {
      const numbers = text.toString().trim().split('\n').map(Number)
      const last = numbers.at(-1) ?? 0
      if (last < 20) return
      child.kill('SIGKILL')
      child.once('close', () => resolve(last))
    })
  })
  const db = expectOk(openStoreDb({ file, key, create: false }))
  const draft = loadDraft(db, ME, uuid(10)) as { body: { keystrokes: number } }
  db.close()
  rmSync(dir, { recursive: true })
  expect(draft.body.keystrokes).toBeGreaterThanOrEqual(saved)
})
