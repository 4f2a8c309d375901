import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { err, ok } from '#shared/foundation/result.ts'
import { startLoopbackCentre } from '../testing/loopback-centre.ts'
import {
  colleague,
  firstRun,
  gangnam,
  localAccount,
  lockedFor,
  mapo,
  TestPc,
  unlockedAs
} from '../testing/test-session.ts'

const DAY_MS = 24 * 60 * 60 * 1000

let pc: TestPc
beforeEach(async () => {
  pc = await TestPc.start()
})
afterEach(() => pc.remove())

describe('signing in and unlocking', () => {
  test('a new PC asks to sign in; the first sign-in makes an encrypted store and opens it', async () => {
    expect(pc.session.view()).toEqual(firstRun)
    expect(await pc.signIn(gangnam)).toEqual(ok(unlockedAs(gangnam)))
    expect(pc.session.open()?.remembered.token).toBe(`token-of-${gangnam.id}`)
    expect(readFileSync(pc.storeFile()).includes('SQLite format 3')).toBe(false)
    expect(pc.told).toEqual(['sign_in', 'unlocked'])
  })

  test('afterwards the PC opens without the centre, with what was in the store', async () => {
    await pc.signIn(gangnam)
    await pc.centre.stop()
    await pc.restart()
    expect(pc.session.view()).toEqual(lockedFor([localAccount(gangnam)], 'start'))
    expect(await pc.unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
    expect(pc.session.open()?.remembered.token).toBe(`token-of-${gangnam.id}`)
  })

  test('an unlock in reach of the centre renews a pass that is about to end, so that nobody is asked twice', async () => {
    await pc.signIn(gangnam)
    await pc.session.lock('asked')
    await pc.unlock(gangnam)
    await pc.settle()
    expect(pc.centre.asked).toHaveLength(1) // it still lasts for days
    await pc.session.lock('asked')
    pc.pass(29.9 * DAY_MS)
    await pc.unlock(gangnam)
    await pc.settle()
    expect(pc.centre.asked).toHaveLength(2)
    expect(pc.told.at(-1)).toBe('renewed')
  })

  test('a password that was changed elsewhere is offered to the centre once, not until it locks the account', async () => {
    await pc.signIn(gangnam)
    pc.centre.setPassword(gangnam.login, 'password-2')
    pc.pass(29.9 * DAY_MS)
    for (let morning = 0; morning < 6; morning += 1) {
      await pc.session.lock('asked')
      expect(await pc.unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
      await pc.settle()
    }
    expect(pc.centre.asked).toHaveLength(2)
    await pc.session.lock('asked')
    expect(await pc.signIn(gangnam, 'password-2')).toEqual(ok(unlockedAs(gangnam)))
  })

  test('an unlock out of reach of the centre keeps the pass it has', async () => {
    await pc.signIn(gangnam)
    await pc.session.lock('asked')
    pc.pass(29.9 * DAY_MS)
    await pc.centre.stop()
    expect(await pc.unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
    await pc.settle()
    expect(pc.session.open()?.remembered.passwordRefused).toBe(false)
  })

  test('a colleague signs in here for the first time and opens the same store', async () => {
    await pc.signIn(gangnam)
    const storeId = pc.session.open()?.keyring.storeId
    expect(await pc.signIn(colleague)).toEqual(ok(unlockedAs(colleague)))
    expect(pc.session.open()?.keyring.storeId).toBe(storeId)
    await pc.session.lock('asked')
    expect(pc.session.view()).toEqual(lockedFor([localAccount(gangnam), localAccount(colleague)], 'asked'))
    expect(await pc.unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  })

  test('an account of another district gets a store of its own, under a number of its own', async () => {
    await pc.signIn(gangnam)
    const first = pc.session.open()?.keyring
    expect(await pc.signIn(mapo)).toEqual(ok(unlockedAs(mapo)))
    const second = pc.session.open()?.keyring
    expect(readdirSync(join(pc.dataDir, 'stores')).sort()).toEqual(['11440', '11680'])
    expect([second?.deviceId === first?.deviceId, second?.storeId === first?.storeId]).toEqual([false, false])
    expect(await pc.signIn(gangnam)).toEqual(ok(unlockedAs(gangnam)))
    expect(pc.session.open()?.keyring.storeId).toBe(first?.storeId)
  })

  test('an account that moved to another district opens the old one no more, offline neither', async () => {
    await pc.signIn(gangnam)
    await pc.signIn(colleague)
    pc.centre.addAccount({ ...gangnam, districtCode: '11440' }, 'password-1')
    expect(await pc.signIn(gangnam)).toMatchObject({ ok: true, value: { account: { districtCode: '11440' } } })
    await pc.session.lock('asked')
    expect(await pc.unlock(gangnam)).toMatchObject({ ok: true, value: { account: { districtCode: '11440' } } })
    await pc.session.lock('asked')
    expect(pc.session.view()).toMatchObject({ accounts: [localAccount(gangnam), localAccount(colleague)] })
  })

  test('a caseworker who became an administrator opens the cases no more, offline neither', async () => {
    await pc.signIn(colleague)
    await pc.signIn(gangnam)
    pc.centre.addAccount({ ...gangnam, role: 'administrator' }, 'password-1')
    expect(await pc.signIn(gangnam)).toMatchObject({ ok: true, value: { state: 'administering' } })
    expect(await pc.unlock(gangnam)).toEqual(err({ type: 'UnknownAccount' }))
    expect(await pc.unlock(colleague)).toEqual(ok(unlockedAs(colleague)))
  })

  test('two ways in at once are taken one after the other', async () => {
    await pc.signIn(gangnam)
    await pc.session.lock('asked')
    const answers = await Promise.all([pc.unlock(gangnam, 'wrong'), pc.unlock(gangnam), pc.unlock(gangnam, 'wrong')])
    expect(answers.map(({ ok: isOk }) => isOk)).toEqual([false, true, false])
    expect(answers[2]).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
  })

  test('five wrong passwords lock the account out until it signs in online', async () => {
    await pc.signIn(gangnam)
    await pc.restart()
    for (let i = 0; i < 4; i++) await pc.unlock(gangnam, 'wrong')
    expect(await pc.unlock(gangnam, 'wrong')).toEqual(err({ type: 'AccountLocked' }))
    expect(pc.session.view()).toEqual(lockedFor([localAccount(gangnam, true)], 'start'))
    expect(await pc.unlock(gangnam)).toEqual(err({ type: 'AccountLocked' }))
    await pc.restart()
    expect(await pc.unlock(gangnam)).toEqual(err({ type: 'AccountLocked' }))
    expect(await pc.signIn(gangnam)).toEqual(ok(unlockedAs(gangnam)))
    await pc.session.lock('asked')
    expect(await pc.unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  })

  test('a password changed at the centre holds here from the next sign-in on', async () => {
    await pc.signIn(gangnam)
    pc.centre.setPassword(gangnam.login, 'password-2')
    await pc.session.lock('asked')
    expect(await pc.signIn(gangnam, 'password-2')).toEqual(ok(unlockedAs(gangnam)))
    await pc.session.lock('asked')
    expect(await pc.unlock(gangnam, 'password-1')).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
    expect(await pc.unlock(gangnam, 'password-2')).toEqual(ok(unlockedAs(gangnam)))
  })

  test('a login that was never here is pc.told to sign in online', async () => {
    await pc.signIn(gangnam)
    await pc.session.lock('asked')
    expect(await pc.unlock(mapo)).toEqual(err({ type: 'UnknownAccount' }))
  })
})

describe('the centre', () => {
  const error = (body: unknown, status = 400) => pc.centre.answerWith({ status, body: JSON.stringify({ error: body }) })

  test('is not trusted over plain http to another machine, and hears no password', async () => {
    for (const serverUrl of ['http://10.0.0.5:8080', 'http://pc.centre.example.kr', 'http://127.0.0.1.example.kr']) {
      const answer = await pc.session.signIn({ serverUrl, login: gangnam.login, password: 'password-1' })
      expect(answer).toEqual(err({ type: 'CentreNotTrusted' }))
    }
  })
  test('its refusals and its absence are pc.told apart', async () => {
    expect(await pc.signIn(gangnam, 'wrong')).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
    error({ type: 'AccountLocked' })
    expect(await pc.signIn(gangnam)).toEqual(err({ type: 'AccountLocked' }))
    error({ type: 'DeviceRevoked' })
    expect(await pc.signIn(gangnam)).toEqual(err({ type: 'DeviceRevoked' }))
    error({ type: 'ProtocolMismatch', server: 2, desk: 1 })
    expect(await pc.signIn(gangnam)).toEqual(err({ type: 'ProtocolMismatch' }))
    error({ type: 'ServerFault', requestId: 'r' }, 500)
    expect(await pc.signIn(gangnam)).toEqual(err({ type: 'CentreFault' }))
    pc.centre.answerWith({ status: 200, body: '<html>login to the network</html>' })
    expect(await pc.signIn(gangnam)).toEqual(err({ type: 'CentreFault' }))
    const answer = { account: gangnam, token: 't'.repeat(40), tokenExpiresAt: pc.now(), serverTime: pc.now() }
    const short = { ...answer, centreId: pc.centre.centreId, deviceShare: 'AAAA' }
    for (const body of [{ account: {} }, short]) {
      pc.centre.answerWith({ status: 200, body: JSON.stringify(body) })
      expect(await pc.signIn(gangnam)).toEqual(err({ type: 'CentreFault' }))
    }
    await pc.centre.stop()
    expect(await pc.signIn(gangnam)).toEqual(err({ type: 'CentreUnreachable' }))
    expect([pc.session.view(), existsSync(pc.folder())]).toEqual([firstRun, false])
  })
  test('that stands on another database is not mixed with the one this store is from', async () => {
    await pc.signIn(gangnam)
    await pc.session.lock('asked')
    const other = await startLoopbackCentre({ centreId: newUuid(), now: () => pc.now() })
    other.addAccount(gangnam, 'password-1')
    const answer = await pc.session.signIn({ serverUrl: other.url, login: gangnam.login, password: 'password-1' })
    await other.stop()
    expect(answer).toEqual(err({ type: 'OtherDistrict' }))
    expect(await pc.unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  })
})

describe('an idle desk', () => {
  test('warns, then locks by itself; a touch extends', async () => {
    await pc.signIn(gangnam)
    pc.told = []
    pc.pass(9 * 60_000)
    expect(pc.told).toEqual(['warning'])
    expect(pc.session.touch()).toEqual(ok({ locksAt: '2026-11-23T00:19:00.000Z' }))
    pc.pass(9.5 * 60_000)
    expect(pc.told).toEqual(['warning', 'warning'])
    pc.pass(30_000)
    expect(pc.session.open()).toBeNull()
    await pc.settle()
    expect(pc.told.slice(2)).toEqual(['closing idle', 'locked'])
    expect(pc.session.view()).toEqual(lockedFor([localAccount(gangnam)], 'idle'))
  })
  test('that slept over its time gives nothing away between waking and locking', async () => {
    await pc.signIn(gangnam)
    pc.elapsedMs += 11 * 60_000
    expect([pc.session.open(), pc.session.touch()]).toEqual([null, err({ type: 'Locked' })])
  })
  test('locks sooner when pc.told so', async () => {
    await pc.signIn(gangnam)
    pc.session.setLockMinutes(1)
    pc.pass(61_000)
    expect(pc.session.open()).toBeNull()
  })
})
