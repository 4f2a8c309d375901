import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { answerOf, chunkOf, headOf, LAST_CHUNK, openSocket } from '../testing/raw-request.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { answerLines, createTestOutbox, pushBody, pushRequest } from '../testing/test-commands.ts'

let server: TestCentre
let url: string
beforeAll(async () => {
  server = await openTestCentre()
  url = await server.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => server.close())

async function signInMany(count: number): Promise<TestDesk[]> {
  const account = await server.addAccount()
  return Promise.all(Array.from({ length: count }, () => server.signIn(account)))
}

test('PCs of a district that send at the same moment share commits, and each gets its own answer', async () => {
  const desks = await signInMany(20)
  const pushes = desks.map((desk) => {
    const outbox = createTestOutbox(desk)
    return { desk, commands: [outbox.register(), outbox.register()] }
  })
  const answers = await Promise.all(pushes.map(({ desk, commands }) => desk.call(pushRequest(desk, commands))))
  expect(
    answers.map(({ body }) =>
      answerLines(body).flatMap((line) => (line.type === 'outcomes' ? line.outcomes.map((one) => one.commandId) : []))
    )
  ).toEqual(pushes.map(({ commands }) => commands.map(({ id }) => id)))
  const { rows } = await server.centre.pool.query<{ commits: number }>(
    'SELECT count(DISTINCT xmin::text) AS commits FROM commands WHERE device_id = ANY($1::uuid[])',
    [desks.map(({ deviceId }) => deviceId)]
  )
  expect(rows[0]?.commits).toBeLessThan(20)
})

test('a push that PostgreSQL fails at fails alone, not those that came with it', async () => {
  const desks = await signInMany(8)
  const pushes = desks.map((desk) => ({ desk, command: createTestOutbox(desk).register() }))
  const poison = pushes[4]?.command.caseId ?? ''
  const { pool } = server.centre
  await pool.query(`ALTER TABLE commands ADD CONSTRAINT poison CHECK (case_id <> '${poison}') NOT VALID`)
  const answers = await Promise.all(pushes.map(({ desk, command }) => desk.call(pushRequest(desk, [command]))))
  await pool.query('ALTER TABLE commands DROP CONSTRAINT poison')
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 500, 200, 200, 200])
  const failed = pushes[4]
  if (failed === undefined) throw new Error('no such push')
  expect((await failed.desk.call(pushRequest(failed.desk, [failed.command]))).statusCode).toBe(200)
})

test('a PC that sends without waiting is told to wait, and fills no lane of its district', async () => {
  const [wild, calm] = await signInMany(2)
  if (wild === undefined || calm === undefined) throw new Error('no desk')
  const command = createTestOutbox(wild).register()
  const waiting = Array.from({ length: 60 }, () => wild.call(pushRequest(wild, [command])))
  const other = await calm.call(pushRequest(calm, [createTestOutbox(calm).register()]))
  const statuses = (await Promise.all(waiting)).map(({ statusCode }) => statusCode)
  expect([other.statusCode, new Set(statuses)]).toEqual([200, new Set([200, 429])])
})

const pushHead = (desk: TestDesk): string =>
  headOf({
    method: 'POST',
    path: '/v1/push',
    headers: {
      authorization: `Bearer ${desk.token}`,
      [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      'content-type': 'application/x-ndjson',
      'transfer-encoding': 'chunked'
    }
  })

test('a PC that sends faster than its commands are applied is held back, and all of them are answered', async () => {
  const [desk] = await signInMany(1)
  if (desk === undefined) throw new Error('no desk')
  const outbox = createTestOutbox(desk)
  const padding = 'x'.repeat(200_000)
  const commands = Array.from({ length: 75 }, () => ({ ...outbox.register(), padding }))
  const busy = await server.centre.pool.connect()
  await busy.query('BEGIN')
  await busy.query('LOCK TABLE commands IN ACCESS EXCLUSIVE MODE')
  const socket = await openSocket(url)
  const answer = answerOf(socket)
  socket.write(pushHead(desk))
  socket.write(chunkOf(pushBody(desk.deviceId, commands)))
  socket.write(LAST_CHUNK)
  let unsent = Number.POSITIVE_INFINITY
  while (unsent !== socket.writableLength) {
    unsent = socket.writableLength
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  expect(unsent).toBeGreaterThan(0)
  await busy.query('ROLLBACK')
  busy.release()
  const lines = answerLines((await answer).body)
  socket.destroy()
  expect(lines.flatMap((line) => (line.type === 'outcomes' ? line.outcomes.map((one) => one.commandId) : []))).toEqual(
    commands.map(({ id }) => id)
  )
})

test('the answers to the first commands come while later ones are still on their way', async () => {
  const [desk] = await signInMany(1)
  if (desk === undefined) throw new Error('no desk')
  const outbox = createTestOutbox(desk)
  const commands = Array.from({ length: 300 }, () => outbox.register())
  const body = pushBody(desk.deviceId, commands)
  const half = Math.floor(body.length * 0.9)
  const socket = await openSocket(url)
  let heard = ''
  socket.on('data', (bytes: Buffer) => {
    heard += bytes.toString('utf8')
  })
  const answer = answerOf(socket)
  socket.write(pushHead(desk))
  socket.write(chunkOf(body.slice(0, half)))
  await expect
    .poll(() => heard.match(/"type":"Applied"/g)?.length ?? 0, { timeout: 10_000 })
    .toBeGreaterThanOrEqual(250)
  expect(heard).not.toContain('"type":"end"')
  socket.write(chunkOf(body.slice(half)))
  socket.write(LAST_CHUNK)
  const lines = answerLines((await answer).body)
  socket.destroy()
  expect(lines.at(-1)).toEqual({ type: 'end' })
  const answered = lines.flatMap((line) => (line.type === 'outcomes' ? line.outcomes.map((one) => one.commandId) : []))
  expect(answered).toEqual(commands.map(({ id }) => id))
})
