import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revealSecret } from '#shared/foundation/redacted.ts'
import { hex, sendLog, testChain } from '../testing/test-access-log.ts'
import { openTestCentre, TEST_MASTER_KEY, type TestCentre } from '../testing/test-centre.ts'

const dir = mkdtempSync(path.join(tmpdir(), 'mnk-log-'))
const file = path.join(dir, 'log.ndjson')
let server: TestCentre
beforeAll(async () => {
  server = await openTestCentre()
  const desk = await server.signIn(await server.addAccount())
  const log = testChain(desk, ['sign_in', 'view'])
  await sendLog(desk, log, { of: log })
})
afterAll(async () => {
  await server.close()
  rmSync(dir, { recursive: true })
})

/** As an operator types it. */
function run(script: string, args: readonly string[]): { code: number | null; out: string; err: string } {
  const env = {
    ...process.env,
    DATABASE_URL: server.databaseUrl,
    KEYS_DATABASE_URL: server.keysDatabaseUrl,
    MNK_MASTER_KEY: Buffer.from(revealSecret(TEST_MASTER_KEY)).toString('base64')
  }
  const ended = spawnSync(process.execPath, [path.join(import.meta.dirname, '..', script), ...args], { env })
  return { code: ended.status, out: String(ended.stdout), err: String(ended.stderr) }
}

test('an operator exports the log of a district, and anybody checks the file alone', () => {
  const key = hex(server.centre.keyRing.anchorKeys.publicKey)
  expect(run('cli.ts', ['export-log', file, '--district', '11680'])).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Export 1: 2 lines between 1 anchors\. Checksum [0-9a-f]{64}\.\n$/)
  })
  const whole = run('log-verify.ts', [file, '--key', key])
  expect(whole).toMatchObject({
    code: 0,
    out: expect.stringMatching(/\n2 lines, 1 anchors, key [0-9a-f]{64}\nWhole\.\n$/)
  })
  expect(run('log-verify.ts', [file, '--key', '0'.repeat(64)])).toMatchObject({ code: 1 })
  writeFileSync(file, readFileSync(file, 'utf8').replace('sign_in', 'lock'))
  expect(run('log-verify.ts', [file])).toMatchObject({ code: 1, out: expect.stringContaining('ChecksumWrong') })
})

test('what cannot be exported is said; no file is written over', () => {
  expect(run('cli.ts', ['export-log', path.join(dir, 'x'), '--district', '1'])).toMatchObject({
    code: 1,
    err: 'Not usable: --district (five digits), --from or --to (YYYY-MM-DD).\n'
  })
  expect(run('cli.ts', ['export-log', file, '--district', '11680'])).toMatchObject({
    code: 1,
    err: 'Not usable: the file is there already.\n'
  })
  expect(run('cli.ts', ['export-log', path.join(dir, 'y'), '--district', '11440'])).toMatchObject({
    code: 1,
    err: 'No line of the access log has come from this district yet.\n'
  })
  expect(run('log-verify.ts', [])).toMatchObject({ code: 2, err: expect.stringMatching(/^npm run log:verify/) })
  expect(run('log-verify.ts', [path.join(dir, 'none')])).toMatchObject({ code: 2, out: '' })
})
