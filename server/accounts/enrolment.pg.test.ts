import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deviceAuthorization } from '#shared/sync-protocol/device-credential.ts'
import {
  openTestCentre,
  signInPayload,
  type TestCentre,
  type TestDesk,
  testCredential
} from '../testing/test-centre.ts'
import { revokeDevice } from './devices.ts'
import { lendShare } from './leases.ts'

let server: TestCentre
let admin: TestDesk
let clock = Date.parse('2026-11-23T00:00:00.000Z')
beforeAll(async () => {
  server = await openTestCentre({ enrolment: 'code', now: () => new Date(clock).toISOString(), sessionHours: 1_000 })
  admin = await server.signIn(await server.addAccount({ role: 'administrator', displayName: '오마루' }))
})
afterAll(() => server.close())

const signIn = async (login: string, over: { deviceId?: string; enrolmentCode?: string; credential?: string } = {}) => {
  const { credential, ...rest } = over
  const payload = signInPayload({ login, ...rest })
  const device = { ...payload.device, ...(credential !== undefined && { credential }) }
  const response = await server.call({ method: 'POST', url: '/v1/sign-in', payload: { ...payload, device } })
  return response.statusCode === 200 ? 'in' : response.json().error
}
const codes = '/v1/admin/enrolment-codes'
const issue = async (note = '') => (await admin.call({ method: 'POST', url: codes, payload: { note } })).json()
const open = async () => (await admin.call({ method: 'GET', url: codes })).json().codes
const wrong = (attemptsLeft: number) => ({ type: 'EnrolmentCodeWrong', attemptsLeft })

test('a code is shown once, listed without itself, used once, and open no longer', async () => {
  const account = await server.addAccount()
  const issued = await issue('2층 민원실')
  expect(issued).toEqual({
    id: expect.any(String),
    note: '2층 민원실',
    issuedAt: '2026-11-23T00:00:00.000Z',
    issuedBy: '오마루',
    expiresAt: '2026-11-24T00:00:00.000Z',
    code: expect.stringMatching(/^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$/)
  })
  const { code, ...listed } = issued
  expect(await open()).toEqual([listed])
  const deviceId = newUuid()
  expect(await signIn(account.login, { deviceId })).toEqual({ type: 'EnrolmentNeeded' })
  expect(await signIn(account.login, { deviceId, enrolmentCode: code })).toBe('in')
  expect(await signIn(account.login, { deviceId })).toBe('in')
  expect(await open()).toEqual([])
  expect(await signIn((await server.addAccount()).login, { enrolmentCode: code })).toEqual(wrong(4))
  const { rows } = await server.centre.pool.query('SELECT (e.*)::text AS line FROM enrolment_codes e')
  expect(JSON.stringify(rows)).not.toContain(code.replace('-', ''))
})

test('a code that is withdrawn, over, or of another district lets no PC in', async () => {
  const account = await server.addAccount()
  const withdrawn = await issue()
  const remove = () => admin.call({ method: 'DELETE', url: `${codes}/${withdrawn.id}` })
  expect([(await remove()).statusCode, (await remove()).statusCode]).toEqual([204, 404])
  expect(await signIn(account.login, { enrolmentCode: withdrawn.code })).toEqual(wrong(4))
  const foreign = await server.addAccount({ districtCode: '11440' })
  const mine = await issue()
  expect(await signIn(foreign.login, { enrolmentCode: mine.code })).toEqual(wrong(4))
  clock += 24 * 3_600_000
  expect(await signIn(account.login, { enrolmentCode: mine.code })).toEqual(wrong(4))
})

test('after five wrong codes an account has to wait an hour, also with a right one', async () => {
  const account = await server.addAccount()
  const answers = []
  for (let no = 0; no < 5; no += 1) answers.push(await signIn(account.login, { enrolmentCode: 'AAAA-AAAA' }))
  expect(answers).toEqual([4, 3, 2, 1, 0].map(wrong))
  const { code } = await issue()
  expect(await signIn(account.login, { enrolmentCode: code })).toEqual(wrong(0))
  clock += 3_600_001
  expect(await signIn(account.login, { enrolmentCode: code })).toBe('in')
})

test('many guesses at once get no more than five', async () => {
  const account = await server.addAccount()
  const guesses = await Promise.all(
    Array.from({ length: 20 }, () => signIn(account.login, { enrolmentCode: 'BBBB-BBBB' }))
  )
  expect(guesses.filter(({ attemptsLeft }) => attemptsLeft > 0)).toHaveLength(4)
})

test('a device id alone is no proof: without its credential it is as good as a new PC, and a code binds it anew', async () => {
  const account = await server.addAccount()
  const deviceId = newUuid()
  expect(await signIn(account.login, { deviceId, enrolmentCode: (await issue()).code })).toBe('in')
  const credential = testCredential(newUuid())
  expect(await signIn(account.login, { deviceId, credential })).toEqual({ type: 'EnrolmentNeeded' })
  expect(await signIn(account.login, { deviceId, credential, enrolmentCode: (await issue()).code })).toBe('in')
  expect(await signIn(account.login, { deviceId })).toEqual({ type: 'EnrolmentNeeded' })
})

test('a PC that was enrolled before PCs proved themselves does so from its next sign-in on', async () => {
  const account = await server.addAccount()
  const deviceId = newUuid()
  await signIn(account.login, { deviceId, enrolmentCode: (await issue()).code })
  await server.centre.pool.query('UPDATE devices SET credential_hash = NULL WHERE id = $1', [deviceId])
  expect(await signIn(account.login, { deviceId })).toBe('in')
  expect(await signIn(account.login, { deviceId, credential: testCredential(newUuid()) })).toEqual({
    type: 'EnrolmentNeeded'
  })
})

test('the credential of a PC is good for its orders and opens nothing else', async () => {
  const account = await server.addAccount()
  const deviceId = newUuid()
  await signIn(account.login, { deviceId, enrolmentCode: (await issue()).code })
  const authorization = deviceAuthorization({ id: deviceId, credential: testCredential(deviceId) })
  const ask = (url: string, method: 'GET' | 'POST' = 'GET', payload?: object) =>
    server.call({ method, url, headers: { authorization }, ...(payload && { payload }) })
  expect((await ask('/v1/device/orders')).json()).toMatchObject({ order: 'none' })
  expect((await ask('/v1/device/wiped', 'POST', { handedOver: 0 })).statusCode).toBe(404)
  for (const url of ['/v1/changes?cursor=0', '/v1/poke', '/v1/admin/devices']) {
    expect([url, (await ask(url)).statusCode]).toEqual([url, 401])
  }
  expect((await ask('/v1/lease', 'POST', { holds: null })).statusCode).toBe(401)
  await admin.call({ method: 'POST', url: `/v1/admin/devices/${deviceId}/revoke` })
  expect((await ask('/v1/device/orders')).json()).toMatchObject({ order: 'revoked' })
  await admin.call({ method: 'POST', url: `/v1/admin/devices/${deviceId}/wipe` })
  expect((await ask('/v1/device/orders')).json()).toMatchObject({ order: 'wipe' })
  expect((await ask('/v1/device/wiped', 'POST', { handedOver: 3 })).statusCode).toBe(204)
  expect((await ask('/v1/device/wiped', 'POST', { handedOver: 0 })).statusCode).toBe(204)
  const { rows } = await server.centre.pool.query('SELECT handed_over FROM devices WHERE id = $1', [deviceId])
  expect(rows).toEqual([{ handed_over: 3 }])
})

test('a PC that is shut out while it signs in or renews its lease is left with no share', async () => {
  const account = await server.addAccount()
  const { code } = await issue()
  const deviceId = newUuid()
  expect(await signIn(account.login, { deviceId, enrolmentCode: code })).toBe('in')
  const { leaseShares } = server.centre.keyRing
  const shutOut = async () => {
    const order = { deviceId, districtCode: '11680', by: admin.account.id, now: server.centre.now() }
    await revokeDevice(server.centre, order)
  }
  // Between the guard, which found the PC in order, and the new share.
  const keyRing = {
    ...server.centre.keyRing,
    leaseShares: {
      ...leaseShares,
      destroyOthers: (lease: Parameters<typeof leaseShares.destroyOthers>[0]) =>
        shutOut().then(() => leaseShares.destroyOthers(lease))
    }
  }
  expect(await lendShare({ ...server.centre, keyRing }, { deviceId, districtCode: '11680', holds: null })).toBeNull()
  const shares = `SELECT device_id FROM lease_shares WHERE device_id = $1 UNION ALL SELECT device_id FROM device_shares WHERE device_id = $1`
  expect((await server.centre.keysPool.query(shares, [deviceId])).rows).toEqual([])
})

test('neither database holds a credential, a lease share or the centre’s secret key in clear', async () => {
  const account = await server.addAccount()
  const deviceId = newUuid()
  const payload = signInPayload({ login: account.login, deviceId, enrolmentCode: (await issue()).code })
  const { lease } = (await server.call({ method: 'POST', url: '/v1/sign-in', payload })).json()
  const dump = async (pool: typeof server.centre.pool, tables: string[]) => {
    const texts = []
    for (const table of tables) texts.push((await pool.query(`SELECT (t.*)::text AS line FROM ${table} t`)).rows)
    return JSON.stringify(texts)
  }
  const all =
    (await dump(server.centre.pool, ['devices', 'sessions'])) +
    (await dump(server.centre.keysPool, ['lease_shares', 'named_keys', 'device_shares']))
  const secrets = [
    Buffer.from(payload.device.credential).toString('hex'),
    Buffer.from(lease.share, 'base64').toString('hex'),
    Buffer.from(server.centre.keyRing.rescueBox.secretKey).toString('hex')
  ]
  expect(all).toContain(deviceId)
  for (const secret of secrets) expect(all).not.toContain(secret)
})
