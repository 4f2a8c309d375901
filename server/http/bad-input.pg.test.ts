import { setTimeout as sleep } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { gzipSync, zstdCompressSync } from 'node:zlib'
import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { apiErrorSchema } from '#shared/sync-protocol/api-error.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { type PushAnswerLine, pushAnswerLineSchema } from '#shared/sync-protocol/push.ts'
import { answerOf, chunkOf, headOf, LAST_CHUNK, openSocket, type RawAnswer } from '../testing/raw-request.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, pulledCases, push, pushBody, type TestOutbox } from '../testing/test-commands.ts'

let server: TestCentre
let url: string
let desk: TestDesk
let outbox: TestOutbox

const QUICK = { headMs: 400, silenceMs: 300 }
const MIB = 1_024 * 1_024
const PACKED_PIECE = 4_096

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

beforeAll(async () => {
  server = await openTestCentre({}, { limits: QUICK })
  url = await server.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => server.close())
beforeEach(async () => {
  desk = await server.signIn(await server.addAccount())
  outbox = createTestOutbox(desk)
})

const headersOf = (over: Record<string, string> = {}): Record<string, string> => ({
  authorization: `Bearer ${desk.token}`,
  [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
  'content-type': 'application/x-ndjson',
  ...over
})
const chunked = (over: Record<string, string> = {}) =>
  headOf({ method: 'POST', path: '/v1/push', headers: headersOf({ 'transfer-encoding': 'chunked', ...over }) })

/** Sends a body as it is over a socket of its own. */
async function send(body: Uint8Array | string, over: Record<string, string> = {}): Promise<RawAnswer> {
  const socket = await openSocket(url)
  socket.on('error', () => undefined)
  const answer = answerOf(socket)
  socket.write(chunked(over))
  socket.write(chunkOf(body))
  socket.write(LAST_CHUNK)
  const result = await answer
  socket.destroy()
  return result
}

const errorOf = ({ status, body }: RawAnswer) => [status, apiErrorSchema.parse(JSON.parse(body)).error]
const linesOf = ({ body }: RawAnswer): PushAnswerLine[] =>
  body
    .trimEnd()
    .split('\n')
    .map((line) => pushAnswerLineSchema.parse(JSON.parse(line)))
const typesOf = (answer: RawAnswer): string[] =>
  linesOf(answer).flatMap((line) =>
    line.type === 'outcomes'
      ? line.outcomes.map((outcome) => (outcome.type === 'Refused' ? outcome.refusal.type : outcome.type))
      : [line.type]
  )
const invalid = (...where: string[]) => ({ type: 'RequestInvalid', where })

/** What was logged since, a line for each request. */
async function loggedBy(work: () => Promise<unknown>): Promise<Array<Record<string, unknown>>> {
  const before = server.log().length
  await work()
  await sleep(20)
  const lines = server.log().slice(before).trimEnd().split('\n')
  return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as Record<string, unknown>)
}

const appliedOfDesk = async (): Promise<number> => {
  const { rows } = await server.centre.pool.query<{ count: number }>(
    'SELECT count(*) AS count FROM commands WHERE device_id = $1',
    [desk.deviceId]
  )
  return rows[0]?.count ?? 0
}

test.each<[string, () => string | Uint8Array, Record<string, string>, number, string[]]>([
  ['text that is no JSON', () => '홍길동 010-1234-5678\n', {}, 400, ['body/line/1']],
  ['JSON that is no line', () => '[]\n', {}, 400, ['body/line/1']],
  ['a thousand brackets', () => `${'['.repeat(100_000)}\n`, {}, 400, ['body/line/1']],
  ['no start', () => pushBody(desk.deviceId, []).replace('start', 'begin'), {}, 400, ['body/line/1']],
  ['another PC at its start', () => pushBody(newUuid(), []), {}, 400, ['body/line/1/deviceId']],
  ['a number that is none', () => withCommand({ deviceSeq: '1' }), {}, 400, ['body/line/2']],
  ['an id in capitals', () => withCommand({ id: outbox.register().id.toUpperCase() }), {}, 400, ['body/line/2']],
  ['a line without an end', () => 'a'.repeat(300_000), {}, 413, ['body']],
  ['gzip that is none', () => 'nonsense', { 'content-encoding': 'gzip' }, 400, ['body']],
  ['zstd under the name of gzip', () => zstdCompressSync('{}'), { 'content-encoding': 'gzip' }, 400, ['body']],
  ['an encoding nobody knows', () => '{}', { 'content-encoding': 'deflate, gzip' }, 415, ['body']],
  ['XML', () => '<a/>', { 'content-type': 'text/xml' }, 415, ['body']]
])(
  'a push that is %s is refused by its place, with one line in the log',
  async (_what, body, headers, status, where) => {
    let answer: RawAnswer = { status: 0, body: '' }
    const log = await loggedBy(async () => {
      answer = await send(body(), headers)
    })
    expect(errorOf(answer)).toEqual([status, invalid(...where)])
    expect(log).toMatchObject([{ msg: 'answered', route: '/v1/push', statusCode: status, error: 'RequestInvalid' }])
    expect(JSON.stringify(log)).not.toMatch(/홍길동|1234/)
    expect(await appliedOfDesk()).toBe(0)
  }
)

const withCommand = (over: object): string => pushBody(desk.deviceId, [{ ...outbox.register(), ...over }])

test('commands before a line that cannot be read are applied and answered, those behind it are not', async () => {
  const [first, last] = [outbox.register(), outbox.register()]
  const body = `${pushBody(desk.deviceId, [first])}{"type":"command"\n${JSON.stringify({ type: 'command', command: last })}\n`
  const answer = await send(body)
  expect(linesOf(answer)).toMatchObject([
    { type: 'outcomes', outcomes: [{ type: 'Applied', commandId: first.id }] },
    { type: 'stopped', error: invalid('body/line/3') }
  ])
  expect(await appliedOfDesk()).toBe(1)
})

test('forged commands are refused one by one and change nothing', async () => {
  const known = outbox.register()
  await push(desk, [known])
  const stranger = await server.addAccount()
  const elsewhere = await server.signIn(await server.addAccount({ districtCode: '11440' }))
  const theirs = createTestOutbox(elsewhere).register({ dongCode: '1144056500' })
  await push(elsewhere, [theirs])
  const phone = [{ field: 'applicant.phone' as const, value: '01000000000' }]
  const answer = await send(
    pushBody(desk.deviceId, [
      { ...outbox.correct(known.caseId, phone), deviceId: elsewhere.deviceId },
      { ...outbox.correct(known.caseId, phone), issuedBy: stranger.id },
      outbox.correct(theirs.caseId, phone),
      { ...outbox.register(), id: theirs.id },
      { ...outbox.register(), caseId: known.caseId }
    ])
  )
  // The number of a command that is another PC's is not used up: the one after it stands in a gap.
  expect(typesOf(answer)).toEqual(['CommandUnreadable', 'RoleNotAllowed', 'CaseNotFound', 'CaseNotFound', 'stopped'])
  expect((await pulledCases(desk)).get(known.caseId)?.applicant).toEqual(known.args.applicant)
  expect((await pulledCases(elsewhere)).get(theirs.caseId)?.applicant).toEqual(theirs.args.applicant)
})

test('what is sent again, out of order or with a gap is done once and in order', async () => {
  const [one, two, three] = [outbox.register(), outbox.register(), outbox.register()]
  expect(errorOf(await send(pushBody(desk.deviceId, [two, one])))).toEqual([
    409,
    { type: 'DeviceSequenceGap', expected: 1 }
  ])
  expect(typesOf(await send(pushBody(desk.deviceId, [one, one, two, one])))).toEqual([
    ...['Applied', 'Applied', 'Applied', 'Applied', 'end']
  ])
  expect(await appliedOfDesk()).toBe(2)
  expect(typesOf(await send(pushBody(desk.deviceId, [one, two, three])))).toEqual([
    'AlreadyApplied',
    'AlreadyApplied',
    'Applied',
    'end'
  ])
  expect(await appliedOfDesk()).toBe(3)
})

test('NUL characters, keys of the prototype and deep nests in a command harm nobody', async () => {
  const nest = `${'['.repeat(50_000)}${']'.repeat(50_000)}`
  const text = (over: string) =>
    `${JSON.stringify({ type: 'command', command: outbox.register() }).slice(0, -2)},${over}}}\n`
  const body =
    pushBody(desk.deviceId, []) +
    text('"__proto__":{"isAdmin":true}') +
    text('"constructor":{"prototype":{"isAdmin":true}}') +
    text(`"more":${nest}`) +
    text(`"base":{"__proto__":1,"toString":2}`) +
    text('"\\u0000":"\\u0000"')
  const answer = await send(body)
  expect(typesOf(answer)).toEqual(['Applied', 'Applied', 'Applied', expect.any(String), 'Applied', 'end'])
  expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  const [known] = [outbox.register()]
  await push(desk, [known])
  const deep = JSON.stringify(outbox.correct(known.caseId, [{ field: 'applicant.income', value: 'NEST' }]))
  const line = `{"type":"command","command":${deep.replace('"NEST"', nest)}}\n`
  expect(typesOf(await send(pushBody(desk.deviceId, []) + line))).toEqual(['CommandUnreadable', 'end'])
})

test('trailing garbage after a whole body is no command', async () => {
  const body = pushBody(desk.deviceId, [outbox.register()])
  const packed = Buffer.concat([gzipSync(body), Buffer.from('garbage')])
  const answer = await send(packed, { 'content-encoding': 'gzip' })
  expect([answer.status === 400 ? 'refused' : typesOf(answer), await appliedOfDesk()]).toEqual(
    answer.status === 400 ? ['refused', 0] : [['Applied', 'end'], 1]
  )
  expect(typesOf(await send(`${body}\n\n  \n`)).at(-1)).toBe('stopped')
  expect(await appliedOfDesk()).toBe(1)
})

/** What is held, without what lies about to be collected: how much that is depends on how busy the machine is. */
function heldBytes(): number {
  collectGarbage()
  const { heapUsed, external } = process.memoryUsage()
  return heapUsed + external
}

test('a body that unpacks to gigabytes is cut off on the way, and the server does not grow', async () => {
  // Two gibibytes each once unpacked: a member of gzip, again and again.
  const bombs = [' ', '\n', `${' '.repeat(1_000)}\n`].map((filler) => {
    const member = gzipSync(Buffer.alloc(16 * MIB, filler), { level: 9 })
    return Buffer.concat(Array.from({ length: 128 }, () => member))
  })
  const before = heldBytes()
  let peak = before
  const watching = setInterval(() => {
    peak = Math.max(peak, heldBytes())
  }, 500)
  const answers = await Promise.all(
    bombs.map(async (bomb) => {
      const socket = await openSocket(url)
      socket.on('error', () => undefined)
      const answer = answerOf(socket)
      socket.write(chunked({ 'content-encoding': 'gzip' }))
      for (let at = 0; at < bomb.length && socket.writable; at += PACKED_PIECE) {
        socket.write(chunkOf(bomb.subarray(at, at + PACKED_PIECE)))
        await sleep(0)
      }
      return errorOf(await answer)
    })
  )
  clearInterval(watching)
  expect(answers).toEqual([
    [413, invalid('body')],
    [413, invalid('body')],
    [400, invalid('body/line/1')]
  ])
  expect(Math.max(peak, heldBytes()) - before).toBeLessThan(64 * MIB)
  expect((await server.call({ method: 'GET', url: '/healthz' })).statusCode).toBe(200)
}, 120_000)

test('a frame that asks for much memory to be unpacked is refused before it gets it', async () => {
  // The head of a zstd frame with a window of 2 GiB: magic number, no size, window descriptor.
  const frame = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00])
  expect(errorOf(await send(frame, { 'content-encoding': 'zstd' }))).toEqual([400, invalid('body')])
})

test('more commands than a push may hold are taken up to that number', async () => {
  const stale = outbox.register()
  await push(desk, [stale])
  const answer = await send(
    pushBody(
      desk.deviceId,
      Array.from({ length: 5_001 }, () => stale)
    )
  )
  expect(linesOf(answer).at(-1)).toEqual({ type: 'stopped', error: invalid('body/commands') })
})

test('a half-sent body that hangs is answered, what came whole before it is applied', async () => {
  const socket = await openSocket(url)
  const answer = answerOf(socket)
  const body = pushBody(desk.deviceId, [outbox.register(), outbox.register()])
  socket.write(chunked())
  socket.write(chunkOf(body.slice(0, -40)))
  const types = typesOf(await answer)
  socket.destroy()
  expect(types).toEqual(['Applied', 'stopped'])
  expect(await appliedOfDesk()).toBe(1)
})

test('a body that hangs from its beginning is told so', async () => {
  const socket = await openSocket(url)
  const answer = answerOf(socket)
  socket.write(chunked())
  expect(errorOf(await answer)).toEqual([408, invalid('body')])
  socket.destroy()
})

test('a head that drips in is cut off, and others are served meanwhile', async () => {
  const socket = await openSocket(url)
  socket.on('error', () => undefined)
  const answer = answerOf(socket)
  const dripping = setInterval(() => socket.writable && socket.write('x-slow: 1\r\n'), 100)
  socket.write('POST /v1/push HTTP/1.1\r\nhost: centre\r\n')
  expect((await server.call({ method: 'GET', url: '/healthz' })).statusCode).toBe(200)
  expect(errorOf(await answer)).toEqual([408, invalid('http')])
  clearInterval(dripping)
})

test('a line that is cut in the middle of a body leaves no trace but its whole commands', async () => {
  const commands = Array.from({ length: 400 }, () => outbox.register())
  const body = pushBody(desk.deviceId, commands)
  const socket = await openSocket(url)
  socket.on('error', () => undefined)
  socket.write(chunked())
  socket.write(chunkOf(body.slice(0, Math.floor(body.length * 0.8))))
  await expect.poll(appliedOfDesk, { timeout: 10_000 }).toBeGreaterThan(0)
  socket.destroy()
  const log = await loggedBy(() => sleep(200))
  expect(log.filter(({ level }) => Number(level) >= 50)).toEqual([])
  const outcomes = await push(desk, commands)
  expect(outcomes).toHaveLength(400)
  expect(new Set(outcomes.map(({ type }) => type))).toEqual(new Set(['AlreadyApplied', 'Applied']))
  expect(await appliedOfDesk()).toBe(400)
})

test.each([
  ['a protocol of the past', { [PROTOCOL_HEADER]: '1' }, 426, 'ProtocolMismatch'],
  ['two protocols at once', { [PROTOCOL_HEADER]: `${PROTOCOL_VERSION}, 1` }, 426, 'ProtocolMismatch'],
  ['no session', { authorization: '' }, 401, 'SessionInvalid'],
  ['a session that never was', { authorization: `Bearer ${'A'.repeat(43)}` }, 401, 'SessionInvalid']
])('%s is turned away before the body is read', async (_what, headers, status, type) => {
  const answer = await send(pushBody(desk.deviceId, [outbox.register()]), headers)
  expect([answer.status, (JSON.parse(answer.body) as { error: { type: string } }).error.type]).toEqual([status, type])
  expect(await appliedOfDesk()).toBe(0)
})

test('a session that has run out, or whose PC was shut out, sends nothing more', async () => {
  const body = pushBody(desk.deviceId, [outbox.register()])
  await server.centre.pool.query('UPDATE devices SET revoked_at = now() WHERE id = $1', [desk.deviceId])
  expect(errorOf(await send(body))).toEqual([403, { type: 'DeviceRevoked' }])
  await server.centre.pool.query('UPDATE devices SET revoked_at = NULL WHERE id = $1', [desk.deviceId])
  await server.centre.pool.query("UPDATE sessions SET expires_at = now() - interval '1 s' WHERE device_id = $1", [
    desk.deviceId
  ])
  expect(errorOf(await send(body))).toEqual([401, { type: 'SessionInvalid' }])
  expect(await appliedOfDesk()).toBe(0)
})
