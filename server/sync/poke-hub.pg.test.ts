import { afterAll, beforeAll, expect, test } from 'vitest'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { createApp } from '../app.ts'
import { openCentre } from '../centre.ts'
import { runTx } from '../db/run-tx.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { openTestCentre, TEST_MASTER_KEY, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, push } from '../testing/test-commands.ts'
import { takeSeqs } from './district-stream.ts'
import { createPokeHub } from './poke-hub.ts'

let server: TestCentre
let url: string
beforeAll(async () => {
  server = await openTestCentre({ heartbeatMs: 200 })
  url = await server.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => server.close())

interface Listening {
  readonly cursors: number[]
  readonly ended: Promise<void>
  stop(): void
}

/** Connects like a desk and keeps what it is told. */
async function listen(desk: TestDesk, base = url): Promise<Listening> {
  const leaving = new AbortController()
  const response = await fetch(`${base}/v1/poke`, {
    headers: { authorization: `Bearer ${desk.token}`, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION) },
    signal: leaving.signal
  })
  expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/event-stream'])
  const cursors: number[] = []
  const read = async () => {
    let text = ''
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString()
      const events = text.split('\n\n')
      text = events.pop() ?? ''
      for (const event of events) {
        if (event.startsWith('data: ')) cursors.push((JSON.parse(event.slice(6)) as { cursor: number }).cursor)
      }
    }
  }
  const ended = read().catch((fault: unknown) => {
    if (!leaving.signal.aborted) throw fault
  })
  return { cursors, ended, stop: () => leaving.abort() }
}

test('every desk of the district hears of a change at once, the others hear nothing', async () => {
  const [writer, colleague, elsewhere] = await Promise.all([
    server.signIn(await server.addAccount()),
    server.signIn(await server.addAccount()),
    server.signIn(await server.addAccount({ districtCode: '11440' }))
  ])
  const [near, far] = await Promise.all([listen(colleague), listen(elsewhere)])
  await expect.poll(() => [near.cursors, far.cursors]).toEqual([[0], [0]])
  const outbox = createTestOutbox(writer)
  await push(writer, [outbox.register(), outbox.register(), outbox.register()])
  await expect.poll(() => near.cursors).toEqual([0, 3])
  expect(far.cursors).toEqual([0])
  near.stop()
  far.stop()
})

test('a burst of changes is told in few pokes, the last with the newest cursor', async () => {
  const hub = await createPokeHub({ ...hubDeps(), coalesceMs: 300 })
  const events = hub.connect({ districtCode: '11500', tokenHash: new Uint8Array(32), cursor: 0 })
  let text = ''
  events.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  await runTx(server.centre.pool, async (tx) => {
    for (let change = 0; change < 30; change += 1) await takeSeqs(tx, { districtCode: '11500', count: 1 })
  })
  await expect.poll(() => text, { timeout: 10_000 }).toBe('data: {"cursor":0}\n\ndata: {"cursor":30}\n\n')
  await hub.close()
})

test('a desk that asks to hear while the server stops is let go at once', async () => {
  const hub = await createPokeHub(hubDeps())
  await hub.close()
  const events = hub.connect({ districtCode: '11500', tokenHash: new Uint8Array(32), cursor: 7 })
  const chunks: string[] = []
  for await (const chunk of events) chunks.push(String(chunk))
  expect(chunks).toEqual(['data: {"cursor":7}\n\n'])
})

const hubDeps = () => ({
  connectionString: server.databaseUrl,
  streamEnd: async () => 0,
  onHeartbeat: async () => undefined,
  onFault: (fault: unknown) => {
    throw fault
  }
})

test('desks of another app server on the same database hear of it too', async () => {
  const second = await openCentre({
    databaseUrl: server.databaseUrl,
    keysDatabaseUrl: server.keysDatabaseUrl,
    masterKey: TEST_MASTER_KEY,
    now: server.centre.now,
    newId: server.centre.newId,
    onFault: () => undefined
  })
  const app = await createApp(second, { log: { level: 'silent' } })
  const secondUrl = await app.listen({ host: '127.0.0.1', port: 0 })
  const desk = await server.signIn(await server.addAccount({ districtCode: '11740' }))
  const near = await listen(desk, secondUrl)
  await push(desk, [createTestOutbox(desk).register({ dongCode: '1174051500' })])
  await expect.poll(() => near.cursors).toEqual([0, 1])
  await app.close()
  await near.ended // closing an app server ends its streams instead of waiting for them
  await second.close()
})

test('a PC that is shut out on one app server is let go by the others at once', async () => {
  const second = await openCentre({
    databaseUrl: server.databaseUrl,
    keysDatabaseUrl: server.keysDatabaseUrl,
    masterKey: TEST_MASTER_KEY,
    now: server.centre.now,
    newId: server.centre.newId,
    heartbeatMs: 600_000,
    onFault: () => undefined
  })
  const app = await createApp(second, { log: { level: 'silent' } })
  const desk = await server.signIn(await server.addAccount())
  const near = await listen(desk, await app.listen({ host: '127.0.0.1', port: 0 }))
  const admin = await server.signIn(await server.addAccount({ role: 'administrator' }))
  await admin.call({ method: 'POST', url: `/v1/admin/devices/${desk.deviceId}/revoke` })
  await near.ended
  await app.close()
  await second.close()
})

test('when the connection to PostgreSQL breaks, desks are poked after it is back', { timeout: 15_000 }, async () => {
  const desk = await server.signIn(await server.addAccount({ districtCode: '11560' }))
  const near = await listen(desk)
  await expect.poll(() => near.cursors).toEqual([0])
  await server.centre.pool.query(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mnk-poke' AND datname = current_database()"
  )
  await push(desk, [createTestOutbox(desk).register({ dongCode: '1156054000' })])
  await expect.poll(() => near.cursors.at(-1), { timeout: 10_000 }).toBe(1)
  near.stop()
})

test('a desk whose session has ended is let go', async () => {
  const desk = await server.signIn(await server.addAccount())
  const near = await listen(desk)
  await desk.call({ method: 'POST', url: '/v1/sign-out' })
  await near.ended
})

test('a session holds three streams: a fourth ends its oldest, and those of the colleague stay', async () => {
  const [desk, colleague] = [
    await server.signIn(await server.addAccount({ districtCode: '11215' })),
    await server.signIn(await server.addAccount({ districtCode: '11215' }))
  ]
  const beside = await listen(colleague)
  const streams: Listening[] = []
  for (let no = 0; no < 4; no += 1) streams.push(await listen(desk))
  await streams[0]?.ended
  await push(colleague, [createTestOutbox(colleague).register({ dongCode: '1121571000' })])
  await expect.poll(() => [...streams, beside].map(({ cursors }) => cursors.at(-1))).toEqual([0, 1, 1, 1, 1])
  for (const { stop } of [...streams, beside]) stop()
  const isHere = ({ districtCode }: { districtCode: string }) => districtCode === '11215'
  await expect.poll(() => server.centre.pokeHub.connected().filter(isHere)).toEqual([])
})

test('a desk that leaves is forgotten: nothing of it stays in memory', async () => {
  const signedIn = await Promise.all(Array.from({ length: 5 }, async () => server.signIn(await server.addAccount())))
  const mine = new Set(signedIn.map(({ token }) => Buffer.from(nodeCipher.sha256(token)).toString('hex')))
  // Desks of the tests before may be leaving at this very moment.
  const heard = (): number =>
    server.centre.pokeHub.connected().filter(({ tokenHash }) => mine.has(Buffer.from(tokenHash).toString('hex'))).length
  const desks = await Promise.all(signedIn.map((desk) => listen(desk)))
  expect(heard()).toBe(5)
  for (const desk of desks) desk.stop()
  await expect.poll(heard).toBe(0)
})

test('a PC that was shut out is let go at once', async () => {
  const desk = await server.signIn(await server.addAccount())
  const near = await listen(desk)
  const admin = await server.signIn(await server.addAccount({ role: 'administrator' }))
  await admin.call({ method: 'POST', url: `/v1/admin/devices/${desk.deviceId}/revoke` })
  await near.ended
})
