import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROLES } from '#shared/domain/account/account.ts'
import type { GrantGrounds, GrantTerms } from '#shared/domain/grant/grant.ts'
import { openTestCentre, TEST_PASSWORD, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { answerLines, createTestOutbox, pull, pushRequest } from '../testing/test-commands.ts'

let server: TestCentre
let admin: TestDesk
let grounds: GrantGrounds

beforeAll(async () => {
  server = await openTestCentre()
  admin = await server.signIn(await server.addAccount({ role: 'administrator' }))
  const approver = await server.addAccount({ role: 'supervisor' })
  grounds = { reason: '인사발령에 따름', approverId: approver.id, document: '가족정책과-12' }
})
afterAll(() => server.close())

const newcomer = {
  login: 'new.comer',
  displayName: '새담당',
  department: '가족정책과',
  role: 'caseworker',
  password: 'First-day-2026!'
}
const ALL: GrantTerms = { startsOn: '2020-01-01', endsOn: null, edits: null, reveals: null }
const revoke = (accountId: string) => post(admin, `/v1/admin/accounts/${accountId}/revoke`, { grounds })
const post = (desk: TestDesk, url: string, payload?: object) =>
  desk.call({ method: 'POST', url, ...(payload && { payload }) })

test('an administrator makes an account of her own district, and it can sign in', async () => {
  const created = await post(admin, '/v1/admin/accounts', { ...newcomer, grant: { terms: ALL, grounds } })
  expect(created.statusCode).toBe(201)
  const { password: _password, ...visible } = newcomer
  expect(created.json()).toEqual({ account: { ...visible, id: expect.any(String), districtCode: '11680' } })
  expect(created.body).not.toContain(newcomer.password)
  const again = await post(admin, '/v1/admin/accounts', { ...newcomer, grant: { terms: ALL, grounds } })
  expect(again.json()).toEqual({ error: { type: 'RequestInvalid', where: ['body/login'] } })
})

test('a weak password makes no account', async () => {
  const response = await post(admin, '/v1/admin/accounts', {
    ...{ ...newcomer, login: 'weak.one', password: 'password' },
    grant: { terms: ALL, grounds }
  })
  expect(response.json()).toEqual({ error: { type: 'RequestInvalid', where: ['body/password'] } })
})

test('a new password ends the old one and every open session', async () => {
  const account = await server.addAccount()
  const desk = await server.signIn(account)
  const response = await post(admin, `/v1/admin/accounts/${account.id}/password`, { password: 'Another-day-1!' })
  expect(response.statusCode).toBe(204)
  expect((await desk.call({ method: 'GET', url: '/v1/changes?cursor=0' })).json()).toEqual({
    error: { type: 'SessionInvalid' }
  })
  await expect(server.signIn(account)).rejects.toThrow('WrongCredentials')
})

test('a revoked PC is shut out at once, its token is worth nothing and its share is gone', async () => {
  const account = await server.addAccount()
  const desk = await server.signIn(account)
  const register = createTestOutbox(desk).register()
  expect((await post(admin, `/v1/admin/devices/${desk.deviceId}/revoke`)).statusCode).toBe(204)
  const revoked = { error: { type: 'DeviceRevoked' } }
  const push = await desk.call(pushRequest(desk, [register]))
  expect([push.statusCode, push.json()]).toEqual([403, revoked])
  expect((await desk.call({ method: 'GET', url: '/v1/changes?cursor=0' })).json()).toEqual(revoked)
  expect((await desk.call({ method: 'GET', url: '/v1/poke' })).json()).toEqual(revoked)
  await expect(server.signIn(account, desk.deviceId)).rejects.toThrow('DeviceRevoked')
  const { rows } = await server.centre.keysPool.query('SELECT device_id FROM device_shares WHERE device_id = $1', [
    desk.deviceId
  ])
  expect(rows).toEqual([])
  const { devices } = (await admin.call({ method: 'GET', url: '/v1/admin/devices' })).json() as {
    devices: { id: string; revokedAt: string | null }[]
  }
  expect(devices.find(({ id }) => id === desk.deviceId)?.revokedAt).toEqual(expect.any(String))
  expect(await pull(await server.signIn(account))).toHaveLength(2) // the account itself works from another PC
})

test('an account that left is shut out at once and can be let in again; nobody shuts herself out', async () => {
  const account = await server.addAccount()
  const desk = await server.signIn(account)
  const list = async () => {
    const response = await admin.call({ method: 'GET', url: '/v1/admin/accounts' })
    const { accounts } = response.json() as { accounts: { id: string; disabledAt: string | null }[] }
    return accounts.find(({ id }) => id === account.id)
  }
  const grant = { ...ALL, startsOn: expect.any(String) }
  expect(await list()).toEqual({ ...account, lockedAt: null, disabledAt: null, grant })
  expect((await revoke(account.id)).statusCode).toBe(204)
  expect((await desk.call({ method: 'GET', url: '/v1/changes?cursor=0' })).json()).toEqual({
    error: { type: 'GrantOver' }
  })
  await expect(server.signIn(account)).rejects.toThrow('GrantOver')
  expect(await list()).toEqual({ ...account, lockedAt: null, disabledAt: expect.any(String), grant })
  const again = await post(admin, `/v1/admin/accounts/${account.id}/grant`, { terms: ALL, grounds })
  expect(again.statusCode).toBe(204)
  expect((await server.signIn(account)).account).toEqual(account)
  expect((await revoke(admin.account.id)).json()).toEqual({ error: { type: 'GrantRefused', cause: 'OwnRights' } })
})

test('the work that a shut-out account left on a PC is refused, not taken over', async () => {
  const [gone, colleague] = [await server.addAccount(), await server.addAccount()]
  const left = await server.signIn(gone)
  const register = createTestOutbox(left).register()
  const desk = await server.signIn(colleague, left.deviceId)
  await revoke(gone.id)
  const response = await desk.call(pushRequest(desk, [register]))
  expect(answerLines(response.body)[0]).toMatchObject({
    outcomes: [{ type: 'Refused', refusal: { type: 'RoleNotAllowed' } }]
  })
})

test('accounts and PCs of another district are answered like ones that do not exist', async () => {
  const stranger = await server.addAccount({ districtCode: '11440' })
  const desk = await server.signIn(stranger)
  const missing = newUuid()
  for (const [mine, none] of [
    [`/v1/admin/accounts/${stranger.id}/unlock`, `/v1/admin/accounts/${missing}/unlock`],
    [`/v1/admin/accounts/${stranger.id}/revoke`, `/v1/admin/accounts/${missing}/revoke`],
    [`/v1/admin/accounts/${stranger.id}/grant`, `/v1/admin/accounts/${missing}/grant`],
    [`/v1/admin/accounts/${stranger.id}/password`, `/v1/admin/accounts/${missing}/password`],
    [`/v1/admin/devices/${desk.deviceId}/revoke`, `/v1/admin/devices/${missing}/revoke`]
  ] as const) {
    const payload = { password: 'Another-day-1!', terms: ALL, grounds }
    const [theirs, nobodys] = [await post(admin, mine, payload), await post(admin, none, payload)]
    expect([theirs.statusCode, theirs.body]).toEqual([nobodys.statusCode, nobodys.body])
    expect(theirs.json()).toEqual({ error: { type: 'NotFound' } })
  }
  const { devices } = (await admin.call({ method: 'GET', url: '/v1/admin/devices' })).json() as {
    devices: { districtCode: string }[]
  }
  expect(new Set(devices.map(({ districtCode }) => districtCode))).toEqual(new Set(['11680']))
  expect((await server.signIn({ login: stranger.login }, desk.deviceId)).account).toEqual(stranger)
  expect(TEST_PASSWORD).not.toBe('Another-day-1!')
})

test.each(ROLES.filter((role) => role !== 'administrator'))('a %s administers nothing', async (role) => {
  const desk = await server.signIn(await server.addAccount({ role }))
  const target = newUuid()
  const answers = await Promise.all([
    post(desk, '/v1/admin/accounts', newcomer),
    desk.call({ method: 'GET', url: '/v1/admin/accounts' }),
    post(desk, `/v1/admin/accounts/${target}/unlock`),
    post(desk, `/v1/admin/accounts/${target}/revoke`, { grounds }),
    post(desk, `/v1/admin/accounts/${target}/grant`, { terms: ALL, grounds }),
    post(desk, `/v1/admin/accounts/${target}/password`, { password: 'Another-day-1!' }),
    post(desk, `/v1/admin/devices/${target}/revoke`),
    desk.call({ method: 'GET', url: '/v1/admin/devices' })
  ])
  expect(answers.map((answer) => [answer.statusCode, answer.json()])).toEqual(
    answers.map(() => [403, { error: { type: 'RoleNotAllowed' } }])
  )
})

test('an administrator sees no case', async () => {
  const answers = await Promise.all([
    admin.call({ method: 'GET', url: '/v1/changes?cursor=0' }),
    admin.call({ method: 'GET', url: '/v1/poke' }),
    admin.call(pushRequest(admin, [createTestOutbox(admin).register()]))
  ])
  expect(answers.map((answer) => answer.json())).toEqual(answers.map(() => ({ error: { type: 'RoleNotAllowed' } })))
})
