import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { expectOk } from '#shared/foundation/result.ts'
import { caseById } from '../../electron/store/db/case-rows.ts'
import { openStoreDb } from '../../electron/store/db/database.ts'

const program = path.resolve(import.meta.dirname, '../generate.ts')
const dir = mkdtempSync(path.join(tmpdir(), 'mnk-generate-'))
afterAll(() => rmSync(dir, { recursive: true }))

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const generate = (...args: string[]): Promise<Ended> =>
  promisify(execFile)(process.execPath, [program, '--cases', '120', '--today', '2026-11-23', ...args]).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (ended: Ended) => ended
  )

const key = '5a'.repeat(32)
const file = path.join(dir, 'desk.db')
const store = (...args: string[]) => generate('--store', file, '--key', key, ...args)

test('a desk’s store is filled with the very cases of the seed, and a second seed adds its own', async () => {
  expect(await store('--seed', '9')).toMatchObject({ code: 0, stdout: expect.stringContaining('120 cases of seed 9') })
  expect(await store('--seed', '10')).toMatchObject({ code: 0 })
  const db = expectOk(openStoreDb({ file, key: new Uint8Array(32).fill(0x5a), create: false }))
  try {
    for (const seed of [9, 10]) {
      const record = createCaseGenerator({ seed, today: '2026-11-23', count: 120 })(77)
      expect(caseById(db, record.case.id)).toEqual({ record, waiting: false })
    }
    expect(db.pluck('SELECT count(*) FROM cases')).toBe(240)
  } finally {
    db.close()
  }
})

test('the same seed again and a wrong key are refused with a way out, and the store stays as it was', async () => {
  expect(await store('--seed', '9')).toMatchObject({ code: 2, stderr: expect.stringContaining('another --seed') })
  const wrong = await generate('--store', file, '--key', 'ff'.repeat(32))
  expect(wrong).toMatchObject({ code: 2, stderr: expect.stringContaining('--key') })
  const db = expectOk(openStoreDb({ file, key: new Uint8Array(32).fill(0x5a), create: false }))
  expect(db.pluck('SELECT count(*) FROM cases')).toBe(240)
  db.close()
})

test('a store holds no name of its cases that can be read', async () => {
  const bytes = readFileSync(file)
  const { name, phone } = createCaseGenerator({ seed: 9, today: '2026-11-23', count: 120 })(77).case.applicant
  expect([bytes.includes(name), bytes.includes(phone), bytes.includes('SQLite format 3')]).toEqual([
    false,
    false,
    false
  ])
})

test('a misspelt option is refused with the usage, and nothing is made', async () => {
  const refused = await generate('--ouy', 'x.ndjson')
  expect(refused).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('npm run generate') })
})
