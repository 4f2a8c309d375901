import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Account } from '#shared/domain/account/account.ts'
import { err } from '#shared/foundation/result.ts'
import { readKeyring } from '../../electron/store/keys/keyring-file.ts'
import { TestService } from '../../electron/store/testing/test-service.ts'
import { revokeDevice } from '../../server/accounts/devices.ts'
import { TEST_PASSWORD } from '../../server/testing/test-centre.ts'
import { openSyncFixture, type SyncFixture } from './sync-fixture.ts'

let office: SyncFixture
let pc: TestService
beforeEach(async () => {
  office = await openSyncFixture()
  pc = new TestService()
})
afterEach(async () => {
  expect(pc.faults).toEqual([])
  await pc.remove()
  await office.close()
})

const account = (districtCode: string) => office.centre.addAccount({ districtCode })
const signIn = ({ login }: Account, password = TEST_PASSWORD) =>
  pc.ask('session.signIn', { serverUrl: office.url, login, password })
const unlock = ({ login }: Account) => pc.ask('session.unlock', { login, password: TEST_PASSWORD })
const opened = (account: Account) => ({ ok: true, value: { state: 'unlocked', account } })

test('two colleagues and somebody of another district share a PC, and each unlocks it offline', async () => {
  const [first, second, mapo] = [await account('11680'), await account('11680'), await account('11440')]
  for (const each of [first, second, mapo]) expect(await signIn(each)).toMatchObject(opened(each))
  expect(readdirSync(join(pc.dataDir, 'stores')).sort()).toEqual(['11440', '11680'])
  for (const each of [first, mapo, second]) {
    await pc.restart()
    expect(await unlock(each)).toMatchObject(opened(each))
    expect(await pc.get('sync.now', {})).toMatchObject({ state: 'current' })
  }
})

test('the centre counts wrong passwords and locks, and the PC says so', async () => {
  const someone = await account('11680')
  const answers = []
  for (let i = 0; i < 5; i++) answers.push(await signIn(someone, 'Wrong-password-1'))
  expect(answers).toEqual([
    ...[4, 3, 2, 1].map((attemptsLeft) => err({ type: 'WrongPassword', attemptsLeft })),
    err({ type: 'AccountLocked' })
  ])
  expect(await pc.get('session.current', {})).toEqual({ state: 'first_run', erased: null })
})

test('a PC that was shut out gets nobody in any more', async () => {
  const someone = await account('11680')
  await signIn(someone)
  const keyring = readKeyring(join(pc.dataDir, 'stores', '11680', 'keyring.json'))
  const deviceId = keyring.ok ? keyring.value.deviceId : ''
  const now = new Date().toISOString()
  expect(await revokeDevice(office.centre.centre, { deviceId, districtCode: '11680', by: someone.id, now })).toBe(true)
  expect(await pc.get('sync.now', {})).toMatchObject({ state: 'needs_you' })
  await pc.ask('session.lock', { cause: 'asked' })
  expect(await signIn(someone)).toEqual(err({ type: 'DeviceRevoked' }))
  expect(await signIn(await account('11680'))).toEqual(err({ type: 'DeviceRevoked' }))
})
