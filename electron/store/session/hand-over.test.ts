import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { handOver } from './hand-over.ts'

let dir: string
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'mnk-hand-over-'))
})
afterAll(() => rmSync(dir, { recursive: true }))

test.each([
  [422, 'damaged', 'refused'],
  [422, 'foreign', 'refused'],
  [413, 'too_large', 'too_large']
])('a capsule that the centre answers with %i %s counts as %s', async (status, cause, expected) => {
  const capsuleFile = join(dir, 'rescue.capsule')
  writeFileSync(capsuleFile, 'sealed')
  const fetch = async () => Response.json({ error: { type: 'CapsuleRefused', cause } }, { status })
  const pc = { serverUrl: 'https://centre.example', deviceId: '01930a5c-0000-7000-8000-00000000000c', capsuleFile }
  expect(await handOver({ fetch }, new Uint8Array(32), pc)).toBe(expected)
})
