import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Account } from '#shared/domain/account/account.ts'
import { CHUNK_BYTES } from '#shared/domain/document/case-document.ts'
import { runTx } from '../db/run-tx.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, push } from '../testing/test-commands.ts'
import { DAYS_AHEAD, expireChunks, forgetDocumentsOfCases, MOST_BYTES_AHEAD } from './chunk-store.ts'

let server: TestCentre
let account: Account
let desk: TestDesk
let caseId: string
beforeAll(async () => {
  server = await openTestCentre()
  account = await server.addAccount()
})
afterAll(() => server.close())
beforeEach(async () => {
  desk = await server.signIn(account)
  const register = createTestOutbox(desk).register()
  await push(desk, [register])
  caseId = register.caseId
})

const hashOf = (content: Uint8Array): string => Buffer.from(nodeCipher.sha256(content)).toString('hex')
const url = (sha256: string, of = caseId): string => `/v1/cases/${of}/chunks/${sha256}`
const put = (content: Uint8Array, options: { sha256?: string; of?: string; by?: TestDesk } = {}) =>
  (options.by ?? desk).call({
    method: 'PUT',
    url: url(options.sha256 ?? hashOf(content), options.of),
    headers: { 'content-type': 'application/octet-stream' },
    payload: Buffer.from(content)
  })
const errorOf = (response: { json(): unknown }) => (response.json() as { error: unknown }).error
const statusOfHead = async (sha256: string, by = desk): Promise<number> =>
  (await by.call({ method: 'HEAD', url: url(sha256) })).statusCode

test('a piece is sent, is there, comes back as it was; sending it again changes nothing', async () => {
  const content = nodeCipher.randomBytes(CHUNK_BYTES + 28)
  expect(await statusOfHead(hashOf(content))).toBe(404)
  expect([(await put(content)).statusCode, (await put(content)).statusCode]).toEqual([204, 204])
  expect(await statusOfHead(hashOf(content))).toBe(204)
  const colleague = await server.signIn(await server.addAccount())
  const fetched = await colleague.call({ method: 'GET', url: url(hashOf(content)) })
  expect(fetched.headers['content-type']).toBe('application/octet-stream')
  expect(hashOf(fetched.rawPayload)).toBe(hashOf(content))
})

test('what is not what its address says, too large, empty or cut is refused by name', async () => {
  const content = nodeCipher.randomBytes(1000)
  expect(errorOf(await put(content, { sha256: 'ab'.repeat(32) }))).toEqual({
    type: 'ChunkRefused',
    cause: 'wrong_hash'
  })
  const large = nodeCipher.randomBytes(CHUNK_BYTES + 29)
  expect(errorOf(await put(large))).toEqual({ type: 'ChunkRefused', cause: 'too_large' })
  expect(errorOf(await put(nodeCipher.randomBytes(3 * CHUNK_BYTES)))).toMatchObject({ type: 'RequestInvalid' })
  expect(errorOf(await put(nodeCipher.randomBytes(20)))).toMatchObject({ type: 'RequestInvalid' })
  expect(errorOf(await put(content, { sha256: 'xyz' }))).toMatchObject({ type: 'RequestInvalid' })
  const text = await desk.call({ method: 'PUT', url: url(hashOf(content)), payload: { a: 1 } })
  expect(errorOf(text)).toMatchObject({ type: 'RequestInvalid' })
  expect(await statusOfHead(hashOf(content))).toBe(404)
})

test('a case of another district, a case that does not exist and a piece that is not there answer alike', async () => {
  const content = nodeCipher.randomBytes(1000)
  await put(content)
  const mapo = await server.signIn(await server.addAccount({ districtCode: '11440' }))
  expect(errorOf(await put(content, { by: mapo }))).toEqual({ type: 'NotFound' })
  expect(errorOf(await put(content, { of: newUuid() }))).toEqual({ type: 'NotFound' })
  expect(await statusOfHead(hashOf(content), mapo)).toBe(404)
  expect(errorOf(await mapo.call({ method: 'GET', url: url(hashOf(content)) }))).toEqual({ type: 'NotFound' })
  expect(errorOf(await desk.call({ method: 'GET', url: url('cd'.repeat(32)) }))).toEqual({ type: 'NotFound' })
})

test('nobody without a session, and no administrator, gets near a piece', async () => {
  const administrator = await server.signIn(await server.addAccount({ role: 'administrator' }))
  expect(errorOf(await administrator.call({ method: 'GET', url: url('cd'.repeat(32)) }))).toEqual({
    type: 'RoleNotAllowed'
  })
  expect((await server.call({ method: 'GET', url: url('cd'.repeat(32)) })).statusCode).toBe(401)
})

test('a case takes so much ahead of the commands that attach it, and no more', async () => {
  await server.centre.pool.query(
    `INSERT INTO document_chunks (case_id, sha256, received_at, content)
     SELECT $1, sha256(n::text::bytea), now(), decode(repeat('00', 1048576), 'hex') FROM generate_series(1, $2) n`,
    [caseId, MOST_BYTES_AHEAD / 1_048_576]
  )
  expect(errorOf(await put(nodeCipher.randomBytes(1000)))).toEqual({ type: 'ChunkRefused', cause: 'quota' })
})

test('a piece that comes in the moment in which its case is destroyed is not kept', async () => {
  const { pool } = server.centre
  const sent = await runTx(pool, async (tx) => {
    await tx.query('SELECT id FROM cases WHERE id = $1 FOR UPDATE', [caseId])
    await forgetDocumentsOfCases(tx, [caseId])
    await tx.query('DELETE FROM cases WHERE id = $1', [caseId])
    let isAnswered = false
    const answer = put(nodeCipher.randomBytes(1000)).finally(() => {
      isAnswered = true
    })
    const waiting = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    const isHeld = async () => (await pool.query(waiting)).rowCount !== 0
    while (!isAnswered && !(await isHeld())) await new Promise((resolve) => setTimeout(resolve, 10))
    return { answer }
  })
  expect((await sent.answer).statusCode).toBe(404)
  expect((await pool.query('SELECT 1 FROM document_chunks WHERE case_id = $1', [caseId])).rowCount).toBe(0)
})

test('what no command ever attached goes after its time; what is attached stays; a destroyed case leaves nothing', async () => {
  const { pool } = server.centre
  const [ahead, attached] = [nodeCipher.randomBytes(1000), nodeCipher.randomBytes(1000)]
  await put(ahead)
  await put(attached)
  await pool.query('UPDATE document_chunks SET document_id = $1 WHERE sha256 = $2', [
    newUuid(),
    Buffer.from(hashOf(attached), 'hex')
  ])
  const inDays = (days: number) => () => new Date(Date.now() + days * 86_400_000).toISOString()
  expect(await expireChunks({ pool, now: inDays(DAYS_AHEAD - 1) })).toBe(0)
  expect(await expireChunks({ pool, now: inDays(DAYS_AHEAD + 1) })).toBeGreaterThan(0)
  expect([await statusOfHead(hashOf(ahead)), await statusOfHead(hashOf(attached))]).toEqual([404, 204])
  await runTx(pool, (tx) => forgetDocumentsOfCases(tx, [caseId]))
  expect(await statusOfHead(hashOf(attached))).toBe(404)
})
