import { zstdCompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChainHead, ChainLine } from '#shared/domain/access-log/access-chain.ts'
import { canonicalText } from '#shared/domain/access-log/canonical-text.ts'
import { nextDigest } from '#shared/domain/access-log/chain-digest.ts'
import { MAX_LINES_A_LOG } from '#shared/sync-protocol/access-log.ts'
import { deviceAuthorization } from '#shared/sync-protocol/device-credential.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import {
  TEST_LOG_AT as AT,
  TEST_LOG_CASE as CASE,
  hex,
  logBody,
  logRequest,
  type SentLog,
  sendLog,
  testChain,
  testEvent
} from '../testing/test-access-log.ts'
import { openTestCentre, type TestCentre, type TestDesk, testCredential } from '../testing/test-centre.ts'

let server: TestCentre
let desk: TestDesk
beforeEach(async () => {
  server = await openTestCentre()
  desk = await server.signIn(await server.addAccount())
})
afterEach(() => server.close())

const chainOf = (acts: readonly string[], from?: ChainHead): ChainLine[] => testChain(desk, acts, from)
const bodyOf = (lines: readonly ChainLine[], sent: SentLog): string => logBody(desk, lines, sent)
const post = (payload: string | Buffer, headers?: Record<string, string>) => desk.call(logRequest(payload, headers))
const send = (lines: readonly ChainLine[], sent: SentLog) => sendLog(desk, lines, sent)
const stored = async () =>
  (await server.centre.pool.query('SELECT no, act, marks FROM access_lines ORDER BY id')).rows.map(
    ({ no, act, marks }) => [no, act, marks]
  )
const isWhole = async () =>
  (await server.centre.pool.query('SELECT newest_no, whole_at IS NOT NULL AS whole FROM access_chains')).rows

test('lines are stored as they are, with what they can be found by; sent again they change nothing', async () => {
  const log = chainOf(['sign_in', 'view'])
  expect(await send(log, { of: log })).toEqual({ upTo: 2 })
  expect(await send(log, { of: log })).toEqual({ upTo: 2 })
  const { rows } = await server.centre.pool.query(
    `SELECT device_id, body, act, at, account_id, case_ids, marks, district_code, hash
     FROM access_lines WHERE no = 2`
  )
  expect(rows).toMatchObject([
    {
      ...{ device_id: desk.deviceId, body: log[1]?.body, act: 'view', at: AT, account_id: desk.account.id },
      ...{ case_ids: [CASE], marks: [], district_code: '11680' }
    }
  ])
  expect(hex(rows[0].hash)).toBe(hex(log[1]?.hash))
  expect(await stored()).toEqual([
    [1, 'sign_in', []],
    [2, 'view', []]
  ])
  expect(await isWhole()).toEqual([{ newest_no: 2, whole: true }])
})

test('a long log goes on where it ended; the PC owes until the centre has all of it', async () => {
  const log = chainOf(['sign_in', 'view', 'view', 'lock'])
  expect(await send(log.slice(0, 2), { of: log })).toEqual({ upTo: 2 })
  expect(await isWhole()).toEqual([{ newest_no: 4, whole: false }])
  expect(await send(log.slice(2), { of: log, points: log.slice(1, 2) })).toEqual({ upTo: 4 })
  expect(await isWhole()).toEqual([{ newest_no: 4, whole: true }])
})

test('a chain says how many lines of it came, and what they hash to in the order of their coming', async () => {
  const log = chainOf(['sign_in', 'view', 'lock'])
  await send(log.slice(0, 2), { of: log })
  await send(log, { of: log })
  const { rows } = await server.centre.pool.query('SELECT lines, digest FROM access_chains')
  const nothing: Uint8Array = new Uint8Array(32)
  const digest = log.reduce((before, line) => nextDigest(nodeCipher, before, { ...line, reckoned: line.hash }), nothing)
  expect([rows[0].lines, hex(rows[0].digest)]).toEqual([3, hex(digest)])
})

test('a packed log, also of more lines than one transaction takes', async () => {
  const log = chainOf(Array.from({ length: 450 }, () => 'view'))
  const answer = await post(zstdCompressSync(bodyOf(log, { of: log })), { 'content-encoding': 'zstd' })
  expect(answer.json()).toEqual({ upTo: 450 })
  expect((await stored()).filter(([, , marks]) => marks.length > 0)).toEqual([])
})

test('a centre that lacks what the lines follow takes none of them, and says how far it has the log', async () => {
  const log = chainOf(['sign_in', 'view', 'view', 'view', 'view', 'lock'])
  await send(log.slice(0, 3), { of: log })
  const points = [4, 3, 2, 0].flatMap((at) => log[at] ?? [])
  expect(await send(log.slice(5), { of: log, points })).toEqual({ upTo: 3 })
  expect(await stored()).toHaveLength(3)
  expect(await send(log.slice(3), { of: log, points: points.slice(2) })).toEqual({ upTo: 6 })
  expect((await stored()).map(([, , marks]) => marks)).toEqual([[], [], [], [], [], []])
})

test('a line that is missing at the PC leaves a mark where it was', async () => {
  const log = chainOf(['sign_in', 'view', 'unmask', 'lock'])
  await send([...log.slice(0, 2), ...log.slice(3)], { of: log })
  expect(await stored()).toEqual([
    [1, 'sign_in', []],
    [2, 'view', []],
    [4, 'lock', ['gap']]
  ])
})

test('what was cut and written anew stands beside what was there', async () => {
  const log = chainOf(['sign_in', 'view', 'unmask'])
  await send(log, { of: log })
  const anew = [...log.slice(0, 2), ...chainOf(['list', 'lock'], log[1])]
  expect(await send(anew.slice(2), { of: anew, points: anew.slice(1, 2) })).toEqual({ upTo: 4 })
  expect(await stored()).toEqual([
    [1, 'sign_in', []],
    [2, 'view', []],
    [3, 'unmask', []],
    [3, 'list', ['fork']],
    [4, 'lock', []]
  ])
})

test('a store that was copied makes a fork, whichever of the two PCs speaks', async () => {
  const common = chainOf(['sign_in', 'view'])
  const here = [...common, ...chainOf(['view', 'view'], common[1])]
  const there = [...common, ...chainOf(['copy', 'copy'], common[1])]
  await send(here, { of: here })
  await send(there.slice(2), { of: there, points: there.slice(1, 2) })
  const on = [...here, ...chainOf(['lock'], here[3])]
  expect(await send(on.slice(4), { of: on, points: on.slice(3, 4) })).toEqual({ upTo: 5 })
  expect((await stored()).filter(([, , marks]) => marks.length > 0)).toEqual([
    [3, 'copy', ['fork']],
    [4, 'copy', ['fork']]
  ])
})

test('a text that was altered is kept with its mark, and the true one beside it', async () => {
  const log = chainOf(['sign_in', 'unmask'])
  const altered = { ...(log[1] as ChainLine), body: canonicalText(testEvent(desk, 'list')) }
  await send([...log.slice(0, 1), altered], { of: log })
  await send(log, { of: log })
  expect(await stored()).toEqual([
    [1, 'sign_in', []],
    [2, 'list', ['text']],
    [2, 'unmask', ['fork']]
  ])
})

test('a PC that was set up anew begins a new log beside its old one', async () => {
  const old = chainOf(['sign_in', 'lock'])
  const anew = chainOf(['unlock', 'view'])
  await send(old, { of: old })
  expect(await send(anew, { of: anew })).toEqual({ upTo: 2 })
  expect((await stored()).map(([no, , marks]) => [no, marks])).toEqual([
    [1, []],
    [2, []],
    [1, []],
    [2, []]
  ])
})

test('an act that this centre does not know is stored by its name', async () => {
  const log = chainOf(['sign_in', 'dream'])
  await send(log, { of: log })
  expect((await stored())[1]).toEqual([2, 'dream', []])
})

test('a PC that was shut out sends by its own proof, and nobody else in its name', async () => {
  const log = chainOf(['sign_in', 'lock'])
  await server.centre.pool.query('UPDATE devices SET wipe_ordered_at = $1, revoked_at = $1', [AT])
  expect((await post(bodyOf(log, { of: log }))).statusCode).toBe(403)
  const proof = deviceAuthorization({ id: desk.deviceId, credential: testCredential(desk.deviceId) })
  expect((await post(bodyOf(log, { of: log }), { authorization: proof })).json()).toEqual({ upTo: 2 })
  const wrong = deviceAuthorization({ id: desk.deviceId, credential: testCredential(CASE) })
  expect((await post(bodyOf(log, { of: log }), { authorization: wrong })).statusCode).toBe(401)
})

test('what is no log is refused by its line; what came before it in whole pieces stays', async () => {
  const log = chainOf(['sign_in', 'view'])
  const whole = bodyOf(log, { of: log })
  const whereOf = async (body: string) => (await post(body)).json().error.where
  expect(await whereOf('')).toEqual(['body'])
  expect(await whereOf(whole.replace(desk.deviceId, CASE))).toEqual(['body/line/1/deviceId'])
  expect(await whereOf(whole.slice(whole.indexOf('\n') + 1))).toEqual(['body/line/1/type'])
  expect(await whereOf(whole + whole)).toEqual(['body/line/4/type'])
  expect(await whereOf(`${whole}{"type":"line","no":3,"body":"\\ud800"}`)).toEqual(['body/line/4'])
  const [first] = log
  const tooMany = Array.from({ length: MAX_LINES_A_LOG + 1 }, () => first as ChainLine)
  expect(await whereOf(bodyOf(tooMany, { of: log }))).toEqual(['body/lines'])
  expect(await stored()).toHaveLength(1)
})
