import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeWhole } from './write-whole.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mnk-write-whole-'))
})

afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('a document is written over the one that stood there', async () => {
  writeFileSync(join(folder, '서류.pdf'), 'old and longer')
  await writeWhole(join(folder, '서류.pdf'), Buffer.from('new'))
  expect([readdirSync(folder), readFileSync(join(folder, '서류.pdf'), 'utf8')]).toEqual([['서류.pdf'], 'new'])
})

test('a file of the person with a name like a part is not touched', async () => {
  writeFileSync(join(folder, '서류.pdf.part'), 'hers')
  await writeWhole(join(folder, '서류.pdf'), Buffer.from('new'))
  expect(readFileSync(join(folder, '서류.pdf.part'), 'utf8')).toBe('hers')
})

test('nothing of a document is left where it could not be written whole', async () => {
  mkdirSync(join(folder, '서류.pdf', 'kept'), { recursive: true }) // a folder has the name: the last step fails
  await expect(writeWhole(join(folder, '서류.pdf'), Buffer.from('personal'))).rejects.toThrow()
  expect(readdirSync(folder, { recursive: true })).toEqual(['서류.pdf', join('서류.pdf', 'kept')])
})
