import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { err } from '#shared/foundation/result.ts'
import { signInResponseSchema } from '#shared/sync-protocol/sign-in.ts'
import {
  openTestCentre,
  signInPayload,
  TEST_PASSWORD,
  type TestCentre,
  testCredential
} from '../testing/test-centre.ts'
import { setPassword } from './accounts.ts'
import { signIn } from './sign-in.ts'

let server: TestCentre
let clock = Date.parse('2026-11-23T00:00:00.000Z')

beforeAll(async () => {
  server = await openTestCentre({ now: () => new Date(clock).toISOString(), sessionHours: 12 })
})
afterAll(() => server.close())

const attempt = async (login: string, password: string, deviceId?: string) => {
  const payload = signInPayload({ login, password, ...(deviceId !== undefined && { deviceId }) })
  const response = await server.call({ method: 'POST', url: '/v1/sign-in', payload })
  return { status: response.statusCode, body: response.json() }
}
const WRONG = 'Wrong-horse-1'
/** 32 bytes in base64. */
const KEY_TEXT = expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/)

test('the first sign-in of a PC enrols it and brings all that the desk needs', async () => {
  const account = await server.addAccount()
  const deviceId = newUuid()
  const { status, body } = await attempt(account.login, TEST_PASSWORD, deviceId)
  expect(status).toBe(200)
  const answer = signInResponseSchema.parse(body)
  expect(answer).toEqual({
    account,
    token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
    tokenExpiresAt: '2026-11-23T12:00:00.000Z',
    deviceShare: KEY_TEXT,
    lease: {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      share: KEY_TEXT,
      issuedAt: '2026-11-23T00:00:00.000Z',
      endsAt: '2026-11-30T00:00:00.000Z',
      graceEndsAt: '2026-12-07T00:00:00.000Z',
      renewAfter: '2026-11-23T12:00:00.000Z'
    },
    heldLeaseShare: null,
    rescue: { publicKey: KEY_TEXT, ticket: KEY_TEXT },
    lastDeviceSeq: 0,
    centreId: server.centre.centreId,
    serverTime: '2026-11-23T00:00:00.000Z'
  })
})

test('who had worked at a PC may act under its next id when the PC proves the former one, and only then', async () => {
  const [one, colleague, elsewhere] = [
    await server.addAccount(),
    await server.addAccount(),
    await server.addAccount({ districtCode: '11440' })
  ]
  const former = newUuid()
  await server.signIn(one, former)
  await server.signIn(colleague, former)
  const actorsAfter = async (login: string, credential: string): Promise<string[]> => {
    const payload = signInPayload({ login })
    const device = { ...payload.device, formerly: [{ id: former, credential }] }
    const response = await server.call({ method: 'POST', url: '/v1/sign-in', payload: { ...payload, device } })
    expect(response.statusCode).toBe(200)
    const { rows } = await server.centre.pool.query<{ account_id: string }>(
      'SELECT account_id FROM device_accounts WHERE device_id = $1 ORDER BY account_id',
      [device.id]
    )
    return rows.map(({ account_id }) => account_id)
  }
  expect(await actorsAfter(one.login, testCredential(former))).toEqual([one.id, colleague.id].sort())
  expect(await actorsAfter(one.login, testCredential(newUuid()))).toEqual([one.id])
  expect(await actorsAfter(elsewhere.login, testCredential(former))).toEqual([elsewhere.id])
  await server.centre.pool.query('UPDATE devices SET revoked_at = now() WHERE id = $1', [former])
  expect(await actorsAfter(one.login, testCredential(former))).toEqual([one.id])
})

test('every account of a PC gets the same share of its store key, another PC gets another', async () => {
  const [one, two] = [await server.addAccount(), await server.addAccount()]
  const deviceId = newUuid()
  const shares = [
    await server.signIn(one, deviceId),
    await server.signIn(two, deviceId),
    await server.signIn(one, deviceId),
    await server.signIn(one)
  ].map(({ deviceShare }) => deviceShare)
  expect([shares[1], shares[2]]).toEqual([shares[0], shares[0]])
  expect(shares[3]).not.toBe(shares[0])
})

test('the fifth wrong password locks the account, also for the right one, until it is unlocked', async () => {
  const account = await server.addAccount()
  const answers = []
  for (let no = 0; no < 6; no += 1) answers.push((await attempt(account.login, WRONG)).body.error)
  expect(answers).toEqual([
    { type: 'WrongCredentials', attemptsLeft: 4 },
    { type: 'WrongCredentials', attemptsLeft: 3 },
    { type: 'WrongCredentials', attemptsLeft: 2 },
    { type: 'WrongCredentials', attemptsLeft: 1 },
    { type: 'AccountLocked' },
    { type: 'AccountLocked' }
  ])
  expect(await attempt(account.login, TEST_PASSWORD)).toEqual({
    status: 423,
    body: { error: { type: 'AccountLocked' } }
  })
  const admin = await server.signIn(await server.addAccount({ role: 'administrator' }))
  const unlock = await admin.call({ method: 'POST', url: `/v1/admin/accounts/${account.id}/unlock` })
  expect(unlock.statusCode).toBe(204)
  expect((await attempt(account.login, TEST_PASSWORD)).status).toBe(200)
})

test('a right password sets the count back', async () => {
  const account = await server.addAccount()
  for (let no = 0; no < 4; no += 1) await attempt(account.login, WRONG)
  expect((await attempt(account.login, TEST_PASSWORD)).status).toBe(200)
  expect((await attempt(account.login, WRONG)).body.error).toEqual({ type: 'WrongCredentials', attemptsLeft: 4 })
})

test('guesses that come all at once do not get more than five', async () => {
  const account = await server.addAccount()
  const guesses = await Promise.all(Array.from({ length: 30 }, () => attempt(account.login, WRONG)))
  const wrong = guesses.filter(({ body }) => body.error.type === 'WrongCredentials')
  expect(wrong.map(({ body }) => body.error.attemptsLeft).sort()).toEqual([1, 2, 3, 4])
  expect(guesses.filter(({ status }) => status === 423)).toHaveLength(26)
})

test('the same person signing in on many PCs at once is let in on each', async () => {
  const account = await server.addAccount()
  const desks = await Promise.all(Array.from({ length: 12 }, () => attempt(account.login, TEST_PASSWORD)))
  expect(desks.map(({ status }) => status)).toEqual(desks.map(() => 200))
})

test('a login that does not exist is answered like one that does, to the end', async () => {
  const account = await server.addAccount()
  const existing = []
  const missing = []
  for (let no = 0; no < 7; no += 1) {
    existing.push(await attempt(account.login, WRONG))
    missing.push(await attempt('nobody.here', WRONG))
  }
  expect(missing).toEqual(existing)
})

test('a disabled account cannot sign in, and its open session ends', async () => {
  const account = await server.addAccount()
  const desk = await server.signIn(account)
  await server.centre.pool.query('UPDATE accounts SET disabled_at = now() WHERE id = $1', [account.id])
  expect((await attempt(account.login, TEST_PASSWORD)).body).toEqual({ error: { type: 'GrantOver' } })
  const response = await desk.call({ method: 'GET', url: '/v1/changes?cursor=0' })
  expect([response.statusCode, response.json()]).toEqual([401, { error: { type: 'GrantOver' } }])
})

test('a PC of one district does not open for an account of another', async () => {
  const deviceId = newUuid()
  await server.signIn(await server.addAccount(), deviceId)
  const stranger = await server.addAccount({ districtCode: '11440' })
  expect(await attempt(stranger.login, TEST_PASSWORD, deviceId)).toEqual({
    status: 403,
    body: { error: { type: 'RoleNotAllowed' } }
  })
})

test('an account that moves to another district loses its session', async () => {
  const account = await server.addAccount()
  const desk = await server.signIn(account)
  await server.centre.pool.query("UPDATE accounts SET district_code = '11440' WHERE id = $1", [account.id])
  expect((await desk.call({ method: 'GET', url: '/v1/changes?cursor=0' })).json()).toEqual({
    error: { type: 'SessionInvalid' }
  })
})

test('a session ends after its hours, and at sign-out', async () => {
  const account = await server.addAccount()
  const [brief, signedOut] = [await server.signIn(account), await server.signIn(account)]
  const pull = (desk: typeof brief) => desk.call({ method: 'GET', url: '/v1/changes?cursor=0' })
  expect((await pull(brief)).statusCode).toBe(200)
  expect((await signedOut.call({ method: 'POST', url: '/v1/sign-out' })).statusCode).toBe(204)
  expect((await pull(signedOut)).json()).toEqual({ error: { type: 'SessionInvalid' } })
  clock += 12 * 3_600_000
  expect((await pull(brief)).json()).toEqual({ error: { type: 'SessionInvalid' } })
})

test('a sign-in with the old password that is under way when a new one is set opens no session', async () => {
  const account = await server.addAccount()
  const { hasher } = server.centre
  const deps = {
    ...server.centre,
    hasher: {
      ...hasher,
      verify: async (password: string, phc: string) => {
        const isRight = await hasher.verify(password, phc)
        await setPassword(server.centre, { accountId: account.id, districtCode: null, password: 'Another-day-1!' })
        return isRight
      }
    }
  }
  const late = await signIn(deps, signInPayload({ login: account.login }))
  expect(late).toEqual(err({ type: 'WrongCredentials', attemptsLeft: 4 }))
  const { rows } = await server.centre.pool.query('SELECT 1 FROM sessions WHERE account_id = $1', [account.id])
  expect(rows).toEqual([])
  expect((await attempt(account.login, 'Another-day-1!')).status).toBe(200)
})

test('an administrator gets no share of any PC, nor its ticket: she opens no store and seals no capsule for one', async () => {
  const caseworker = await server.addAccount()
  const { deviceId } = await server.signIn(caseworker)
  const administrator = await server.addAccount({ role: 'administrator' })
  expect(await server.signIn(administrator, deviceId)).toMatchObject({ deviceShare: '', lease: null, rescue: null })
})

test('an administrator comes in on a PC that nobody enrolled, and enrols none; as long as she is one', async () => {
  const strict = await openTestCentre({ enrolment: 'code' })
  const administrator = await strict.signIn(await strict.addAccount({ role: 'administrator' }))
  const devices = () => administrator.call({ method: 'GET', url: '/v1/admin/devices' })
  expect((await devices()).json()).toEqual({ devices: [] })
  await expect(strict.signIn(await strict.addAccount())).rejects.toThrow('EnrolmentNeeded')
  await strict.centre.pool.query(`UPDATE accounts SET role = 'caseworker' WHERE id = $1`, [administrator.account.id])
  expect((await devices()).json()).toEqual({ error: { type: 'SessionInvalid' } })
  const ended = await strict.call({
    method: 'POST',
    url: '/v1/sign-out',
    headers: { authorization: `Bearer ${administrator.token}` }
  })
  expect(ended.json()).toEqual({ error: { type: 'SessionInvalid' } })
  await strict.close()
})

test('a text that no database can hold is a fault of the request', async () => {
  const payload = signInPayload({ login: 'gang\u0000nam' })
  const response = await server.call({ method: 'POST', url: '/v1/sign-in', payload })
  expect([response.statusCode, response.json()]).toEqual([400, { error: { type: 'RequestInvalid', where: ['body'] } }])
})

test('no database holds a password or a token', async () => {
  const account = await server.addAccount()
  const desk = await server.signIn(account)
  const { rows } = await server.centre.pool.query(
    'SELECT (a.*)::text || (s.*)::text AS line FROM accounts a, sessions s'
  )
  const dump = JSON.stringify(rows)
  expect(dump).toContain(account.login)
  for (const secret of [TEST_PASSWORD, desk.token, Buffer.from(desk.token, 'base64url').toString('hex')]) {
    expect(dump).not.toContain(secret)
  }
})
