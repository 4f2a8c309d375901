import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { intoFile } from './into-file.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'mnk-generate-'))
afterAll(() => rmSync(dir, { recursive: true }))

const make = createCaseGenerator({ seed: 3, today: '2026-11-23', count: 450 })
const records = Array.from({ length: 450 }, (_, index) => make(index))

test('a file holds every case, one a line, and an older file is never overwritten', async () => {
  const file = path.join(dir, 'cases.ndjson')
  await intoFile(file, records)
  const written = readFileSync(file, 'utf8')
  expect(
    written
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
  ).toEqual(records)
  await expect(intoFile(file, [])).rejects.toMatchObject({ code: 'EEXIST' })
  expect(readFileSync(file, 'utf8')).toBe(written)
})
