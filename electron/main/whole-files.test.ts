import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SecretWrapping } from './device-secret.ts'
import { createWholeFiles } from './whole-files.ts'

/** A vault that turns every byte round. */
const turned = (bytes: Uint8Array) => bytes.map((byte) => byte ^ 7)
const VAULT: SecretWrapping = { wrap: turned, unwrap: turned }
const LOST_VAULT: SecretWrapping = {
  wrap: turned,
  unwrap: () => {
    throw new Error('wrapped by another vault')
  }
}

let root: string
let folder: string
let notesDir: string

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'mnk-whole-files-'))
  folder = join(root, '김하나 서류')
  notesDir = join(root, 'desk/unfinished')
  mkdirSync(folder)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const files = (wrapping = VAULT) => createWholeFiles({ notesDir, wrapping })
const notes = () => readdirSync(notesDir)

test('a document is written over the one that stood there', async () => {
  writeFileSync(join(folder, '서류.pdf'), 'old and longer')
  await files().write(join(folder, '서류.pdf'), Buffer.from('new'))
  expect([readdirSync(folder), readFileSync(join(folder, '서류.pdf'), 'utf8')]).toEqual([['서류.pdf'], 'new'])
  expect(notes()).toEqual([])
})

test('a file of the person with a name like a part is not touched', async () => {
  writeFileSync(join(folder, '서류.pdf.part'), 'hers')
  await files().write(join(folder, '서류.pdf'), Buffer.from('new'))
  await files().clearParts()
  expect(readFileSync(join(folder, '서류.pdf.part'), 'utf8')).toBe('hers')
})

test('nothing of a document is left where it could not be written whole', async () => {
  mkdirSync(join(folder, '서류.pdf', 'kept'), { recursive: true }) // a folder has the name: the last step fails
  await expect(files().write(join(folder, '서류.pdf'), Buffer.from('personal'))).rejects.toThrow()
  expect(readdirSync(folder, { recursive: true })).toEqual(['서류.pdf', join('서류.pdf', 'kept')])
  expect(notes()).toEqual([])
})

describe('the program ends in the middle of a document', () => {
  /** Ends itself as soon as there is a part. */
  const ENDS = `
    import { readdirSync } from 'node:fs'
    import { createWholeFiles } from ${JSON.stringify(pathToFileURL(join(import.meta.dirname, 'whole-files.ts')).href)}
    const [folder, notesDir] = process.argv.slice(1)
    const turned = (bytes) => bytes.map((byte) => byte ^ 7)
    const files = createWholeFiles({ notesDir, wrapping: { wrap: turned, unwrap: turned } })
    files.write(folder + '/서류.pdf', Buffer.alloc(64 * 1024 * 1024, 'personal'))
    const look = () => readdirSync(folder).length > 0 ? process.kill(process.pid, 'SIGKILL') : setImmediate(look)
    look()`
  const cut = () => {
    const ended = spawnSync(process.execPath, ['--input-type=module', '-e', ENDS, folder, notesDir])
    expect(ended.signal).toBe('SIGKILL')
    expect(readdirSync(folder)).toEqual([expect.stringMatching(/\.part$/)])
  }

  test('the next start removes what there is of it; the note of it tells nobody where it was', async () => {
    cut()
    const [note = ''] = notes()
    expect(note).toMatch(/^[0-9a-f-]{36}$/)
    expect(readFileSync(join(notesDir, note)).includes('김하나')).toBe(false)
    await files().clearParts()
    expect([readdirSync(folder), notes()]).toEqual([[], []])
  })

  test('a medium that is not in the PC is cleared once it is there again', async () => {
    cut()
    renameSync(folder, `${folder} away`)
    await files().clearParts()
    renameSync(`${folder} away`, folder)
    await files().clearParts()
    expect([readdirSync(folder), notes()]).toEqual([[], []])
  })

  test('a note that the system’s vault does not open any more is dropped', async () => {
    cut()
    await files(LOST_VAULT).clearParts()
    expect(notes()).toEqual([])
  })
})

test('a PC on which nothing was ever saved starts like any other', async () => {
  await files().clearParts()
  expect(readdirSync(root)).toEqual(['김하나 서류'])
})
