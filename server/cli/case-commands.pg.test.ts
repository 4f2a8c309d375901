import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { revealSecret } from '#shared/foundation/redacted.ts'
import { openTestCentre, TEST_MASTER_KEY, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, push, type TestOutbox } from '../testing/test-commands.ts'

const CLI = path.join(import.meta.dirname, '../cli.ts')
const dir = mkdtempSync(path.join(tmpdir(), 'mnk-cli-'))
let server: TestCentre
let desk: TestDesk
let outbox: TestOutbox
beforeAll(async () => {
  server = await openTestCentre()
  desk = await server.signIn(await server.addAccount())
  outbox = createTestOutbox(desk)
})
afterAll(async () => {
  await server.close()
  rmSync(dir, { recursive: true })
})

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** As an operator types it. */
function cli(args: readonly string[], over: Record<string, string> = {}): Promise<Ended> {
  const env = {
    ...process.env,
    DATABASE_URL: server.databaseUrl,
    KEYS_DATABASE_URL: server.keysDatabaseUrl,
    MNK_MASTER_KEY: Buffer.from(revealSecret(TEST_MASTER_KEY)).toString('base64'),
    ...over
  }
  const child = spawn(process.execPath, [CLI, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const said = { out: '', err: '' }
  child.stdout.on('data', (chunk) => (said.out += chunk))
  child.stderr.on('data', (chunk) => (said.err += chunk))
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, ...said })))
}
const done = (out: string): Ended => ({ code: 0, out: `${out}\n`, err: '' })
const failed = (err: string): Ended => ({ code: 1, out: '', err: `${err}\n` })
const listed = (name: string, lines: readonly string[]): string => {
  writeFileSync(path.join(dir, name), lines.join('\n'))
  return path.join(dir, name)
}
const registered = async (): Promise<string> => {
  const command = outbox.register()
  await push(desk, [command])
  return command.caseId
}
const districtOf = async (caseId: string): Promise<string | undefined> =>
  (await server.centre.pool.query('SELECT district_code FROM cases WHERE id = $1', [caseId])).rows[0]?.district_code

test('bury takes the cases of a file out of use, a second time nothing, and counts ids that no case has', async () => {
  const [first, second] = [await registered(), await registered()]
  const file = listed('cases', [first, '', `  ${second}`, newUuid()])
  const words = done('2 cases are buried (destroyed); 1 ids are unknown.')
  expect(await cli(['bury', file, '--reason', 'destroyed'])).toEqual(words)
  expect(await cli(['bury', file, '--reason', 'destroyed'])).toEqual(words)
  const { rows } = await server.centre.pool.query('SELECT case_id, reason FROM tombstones ORDER BY case_id')
  expect(rows).toEqual([first, second].sort().map((case_id) => ({ case_id, reason: 'destroyed' })))
  expect((await server.centre.keyRing.caseKeys([first, second])).size).toBe(0)
})

test('bury does nothing for another reason, without a file, or with a line that is no id', async () => {
  const caseId = await registered()
  const [good, spoilt, empty] = [listed('good', [caseId]), listed('spoilt', [caseId, '강남구']), listed('empty', [])]
  const wrong = [
    ['bury', good],
    ['bury', good, '--reason', 'scope'],
    ['bury', spoilt, '--reason', 'destroyed'],
    ['bury', empty, '--reason', 'destroyed'],
    ['bury', path.join(dir, 'nowhere'), '--reason', 'withdrawn']
  ]
  const unusable = failed('Not usable: --reason, or the file of case ids.')
  expect(await Promise.all(wrong.map((args) => cli(args)))).toEqual(wrong.map(() => unusable))
  expect(await districtOf(caseId)).toBe('11680')
})

test('move-case gives a case to another district under its number, and refuses what it cannot do', async () => {
  const caseId = await registered()
  expect(await cli(['move-case', caseId, '--dong', '1168053000'])).toEqual(failed('SameDistrict'))
  const moved = await cli(['move-case', caseId, '--dong', '1144066000'])
  expect(moved).toEqual(done(moved.out.trimEnd()))
  expect(moved.out).toMatch(/^Moved; its number is \d{4}-\d{2}-\d{4}\.\n$/)
  expect(await districtOf(caseId)).toBe('11440')
  expect(await cli(['move-case', newUuid(), '--dong', '1144066000'])).toEqual(failed('CaseNotFound'))
  const unusable = failed('Not usable: the id of the case, or --dong (ten digits).')
  expect([
    await cli(['move-case', caseId]),
    await cli(['move-case', caseId, '--dong', '11440']),
    await cli(['move-case', 'no-id', '--dong', '1144066000'])
  ]).toEqual([unusable, unusable, unusable])
})

test('restore shuts all districts with a reason, says how one stands, and opens it with a reason', async () => {
  const status = async () => JSON.parse((await cli(['restore', 'status', '--district', '11680'])).out)
  expect(await status()).toMatchObject({ state: 'open', since: null })
  expect(await cli(['restore', 'open', '--district', '11680', '--reason', '모두 확인함'])).toEqual(
    failed('The gate of this district is not shut.')
  )
  expect(await cli(['restore', 'begin', '--reason', '어제 백업으로 되돌림'])).toEqual(
    done('The gates are shut. Each opens when its PCs have reported, or with `restore open`.')
  )
  expect(await status()).toMatchObject({ state: 'closed', expected: 1, reported: 0, devices: [{ id: desk.deviceId }] })
  const pull = () => desk.call({ method: 'GET', url: '/v1/changes?cursor=0' })
  expect((await pull()).statusCode).toBe(503)
  expect(await cli(['restore', 'open', '--district', '11680', '--reason', '모두 확인함'])).toEqual(
    done('The gate is open.')
  )
  expect(await status()).toMatchObject({ state: 'open', openedReason: '모두 확인함' })
  expect((await pull()).statusCode).not.toBe(503)
})

test('restore does nothing without a reason, a district or an act that there is', async () => {
  const unusable = failed('Not usable: --reason (five characters or more), or --district (five digits).')
  const wrong = [
    ['restore', 'status'],
    ['restore', 'status', '--district', '680'],
    ['restore', 'begin'],
    ['restore', 'begin', '--reason', '백업'],
    ['restore', 'open', '--district', '11680'],
    ['restore', 'open', '--reason', '모두 확인함']
  ]
  expect(await Promise.all(wrong.map((args) => cli(args)))).toEqual(wrong.map(() => unusable))
  expect(await cli(['restore', 'finish'])).toEqual(failed('Not usable: status, begin or open.'))
})

test('what is no command, or lacks what it needs, is answered with the usage', async () => {
  const wrong = [[], ['buried'], ['bury'], ['bury', 'a', 'b'], ['restore', 'status', '--no-such-option', 'x']]
  const answers = await Promise.all(wrong.map((args) => cli(args)))
  const usage = { code: 1, out: '', err: expect.stringContaining('restore status|begin|open --district CODE') }
  expect(answers).toEqual(wrong.map(() => usage))
})

test('a database out of reach, and keys that do not fit, end it with a sentence that holds no password', async () => {
  const away = 'postgres://centre:geheim-9x@127.0.0.1:1/centre'
  const other = Buffer.alloc(32, 9).toString('base64')
  const answers = [
    await cli(['restore', 'status', '--district', '11680'], { DATABASE_URL: away }),
    await cli(['restore', 'status', '--district', '11680'], { MNK_MASTER_KEY: other }),
    await cli(['restore', 'status', '--district', '11680'], { MNK_MASTER_KEY: 'short' })
  ]
  expect(answers.map(({ code, out }) => [code, out])).toEqual([
    [1, ''],
    [1, ''],
    [1, '']
  ])
  for (const { err } of answers) {
    expect(err).not.toMatch(/geheim|\n\s+at /)
    expect(err.trimEnd()).toMatch(/^.{10,200}$/)
  }
})

test('retention judges a district and says in counts what is due', async () => {
  await registered()
  expect(await cli(['retention', 'run'])).toEqual(failed('Not usable: run or status, or --district (five digits).'))
  const judged = await cli(['retention', 'run', '--district', '11680'])
  expect(judged).toMatchObject({ code: 0, err: '' })
  const overview = JSON.parse(judged.out) as Record<string, unknown>
  expect(overview).toMatchObject({ failed: null, unjudged: 0, due: 0, overdue: 0, earlyDue: 0, months: [] })
  expect(overview.cases).toBeGreaterThan(0)
  expect(JSON.parse((await cli(['retention', 'status', '--district', '11680'])).out)).toEqual(overview)
})
