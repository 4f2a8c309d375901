import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Account } from '#shared/domain/account/account.ts'
import { redact } from '#shared/foundation/redacted.ts'
import { err, ok } from '#shared/foundation/result.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { carriedPolicies } from '../policy/policies.ts'
import { type LoopbackCentre, startLoopbackCentre } from '../testing/loopback-centre.ts'
import { createSession, type Session } from './session.ts'
import type { SessionDeps } from './session-deps.ts'

const START = Date.parse('2026-11-23T00:00:00.000Z')
const person = (login: string, districtCode: string): Account => ({
  id: newUuid(),
  login,
  displayName: `담당자 ${login}`,
  department: '복지정책과',
  role: 'caseworker',
  districtCode
})
const gangnam = person('gangnam1', '11680')
const colleague = person('gangnam2', '11680')
const mapo = person('mapo1', '11440')
const policies = carriedPolicies()

let dataDir = ''
let centre: LoopbackCentre
let session: Session
let elapsedMs = 0
let alarms: Array<{ at: number; work: () => void }> = []
let told: string[] = []
let background: Array<Promise<unknown>> = []
let deviceSecret: Uint8Array | null
let newSecrets = 0

/** Lets time pass; `asleep` leaves the monotonic clock and the alarms behind, as a sleeping PC does. */
function pass(ms: number): void {
  const end = elapsedMs + ms
  for (;;) {
    alarms.sort((a, b) => a.at - b.at)
    const next = alarms[0]
    if (next === undefined || next.at > end) break
    alarms.shift()
    elapsedMs = Math.max(elapsedMs, next.at)
    next.work()
  }
  elapsedMs = end
}

const deps = (): SessionDeps => ({
  dataDir,
  deviceSecret: deviceSecret === null ? null : redact(deviceSecret),
  vault: 'os',
  requestDeviceSecret: async () => {
    newSecrets += 1
    deviceSecret = nodeCipher.randomBytes(32)
    return deviceSecret
  },
  hardness: { memoryKiB: 64, passes: 1, lanes: 1 },
  fetch,
  now: () => new Date(START + elapsedMs).toISOString(),
  monotonicMs: () => elapsedMs,
  later: (ms, work) => {
    const alarm = { at: elapsedMs + ms, work }
    alarms.push(alarm)
    return () => {
      alarms = alarms.filter((other) => other !== alarm)
    }
  },
  newId: () => newUuid(),
  deviceName: '민원-07',
  appVersion: '0.1.0',
  locksAfterMinutes: () => 10,
  policies
})

const start = (): Session =>
  createSession(deps(), {
    opened: (_open, how) => told.push(how),
    closing: async (_open, cause) => {
      told.push(`closing ${cause}`)
    },
    changed: (view) => told.push(view.state),
    idleWarning: () => told.push('warning'),
    background: (work) => background.push(work)
  })
const restart = async (): Promise<void> => {
  await session.end()
  alarms = []
  session = start()
}
const signIn = (account: Account, password = 'password-1') =>
  session.signIn({ serverUrl: centre.url, login: account.login, password })
const unlock = (account: Account, password = 'password-1') => session.unlock({ login: account.login, password })
const folder = (districtCode = '11680') => join(dataDir, 'stores', districtCode)
const storeFile = () => join(folder(), 'store.db')

beforeEach(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'mnk-session-'))
  elapsedMs = 0
  newSecrets = 0
  alarms = []
  told = []
  background = []
  deviceSecret = nodeCipher.randomBytes(32)
  centre = await startLoopbackCentre({ centreId: newUuid(), now: () => deps().now() })
  for (const account of [gangnam, colleague, mapo]) centre.addAccount(account, 'password-1')
  session = start()
})
afterEach(async () => {
  await session.end()
  await centre.stop()
  rmSync(dataDir, { recursive: true })
})

const unlockedAs = (account: Account) => ({
  state: 'unlocked',
  account,
  deviceName: '민원-07',
  locksAfterMinutes: 10,
  vault: 'os'
})
const localAccount = ({ login, displayName }: Account, lockedOut = false) => ({ login, displayName, lockedOut })

describe('signing in and unlocking', () => {
  test('a new PC asks to sign in; the first sign-in makes an encrypted store and opens it', async () => {
    expect(session.view()).toEqual({ state: 'first_run' })
    expect(await signIn(gangnam)).toEqual(ok(unlockedAs(gangnam)))
    expect(session.open()?.remembered.token).toBe(`token-of-${gangnam.id}`)
    expect(readFileSync(storeFile()).includes('SQLite format 3')).toBe(false)
    expect(told).toEqual(['sign_in', 'unlocked'])
  })

  test('afterwards the PC opens without the centre, with what was in the store', async () => {
    await signIn(gangnam)
    await centre.stop()
    await restart()
    expect(session.view()).toEqual({ state: 'locked', accounts: [localAccount(gangnam)], cause: 'start' })
    expect(await unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
    expect(session.open()?.remembered.token).toBe(`token-of-${gangnam.id}`)
  })

  test('a colleague signs in here for the first time and opens the same store', async () => {
    await signIn(gangnam)
    const storeId = session.open()?.keyring.storeId
    expect(await signIn(colleague)).toEqual(ok(unlockedAs(colleague)))
    expect(session.open()?.keyring.storeId).toBe(storeId)
    await session.lock('asked')
    expect(session.view()).toEqual({
      state: 'locked',
      accounts: [localAccount(gangnam), localAccount(colleague)],
      cause: 'asked'
    })
    expect(await unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  })

  test('an account of another district gets a store of its own, under a number of its own', async () => {
    await signIn(gangnam)
    const first = session.open()?.keyring
    expect(await signIn(mapo)).toEqual(ok(unlockedAs(mapo)))
    const second = session.open()?.keyring
    expect(readdirSync(join(dataDir, 'stores')).sort()).toEqual(['11440', '11680'])
    expect([second?.deviceId === first?.deviceId, second?.storeId === first?.storeId]).toEqual([false, false])
    expect(await signIn(gangnam)).toEqual(ok(unlockedAs(gangnam)))
    expect(session.open()?.keyring.storeId).toBe(first?.storeId)
  })

  test('two ways in at once are taken one after the other', async () => {
    await signIn(gangnam)
    await session.lock('asked')
    const answers = await Promise.all([unlock(gangnam, 'wrong'), unlock(gangnam), unlock(gangnam, 'wrong')])
    expect(answers.map(({ ok: isOk }) => isOk)).toEqual([false, true, false])
    expect(answers[2]).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
  })

  test('five wrong passwords lock the account out until it signs in online', async () => {
    await signIn(gangnam)
    await restart()
    for (let i = 0; i < 4; i++) await unlock(gangnam, 'wrong')
    expect(await unlock(gangnam, 'wrong')).toEqual(err({ type: 'AccountLocked' }))
    expect(session.view()).toEqual({ state: 'locked', accounts: [localAccount(gangnam, true)], cause: 'start' })
    expect(await unlock(gangnam)).toEqual(err({ type: 'AccountLocked' }))
    await restart()
    expect(await unlock(gangnam)).toEqual(err({ type: 'AccountLocked' }))
    expect(await signIn(gangnam)).toEqual(ok(unlockedAs(gangnam)))
    await session.lock('asked')
    expect(await unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  })

  test('a password changed at the centre holds here from the next sign-in on', async () => {
    await signIn(gangnam)
    centre.setPassword(gangnam.login, 'password-2')
    await session.lock('asked')
    expect(await signIn(gangnam, 'password-2')).toEqual(ok(unlockedAs(gangnam)))
    await session.lock('asked')
    expect(await unlock(gangnam, 'password-1')).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
    expect(await unlock(gangnam, 'password-2')).toEqual(ok(unlockedAs(gangnam)))
  })

  test('a login that was never here is told to sign in online', async () => {
    await signIn(gangnam)
    await session.lock('asked')
    expect(await unlock(mapo)).toEqual(err({ type: 'UnknownAccount' }))
  })
})

describe('the centre', () => {
  const error = (body: unknown, status = 400) => centre.answerWith({ status, body: JSON.stringify({ error: body }) })

  test('is not trusted over plain http to another machine, and hears no password', async () => {
    for (const serverUrl of ['http://10.0.0.5:8080', 'http://centre.example.kr', 'http://127.0.0.1.example.kr']) {
      const answer = await session.signIn({ serverUrl, login: gangnam.login, password: 'password-1' })
      expect(answer).toEqual(err({ type: 'CentreNotTrusted' }))
    }
  })
  test('its refusals and its absence are told apart', async () => {
    expect(await signIn(gangnam, 'wrong')).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
    error({ type: 'AccountLocked' })
    expect(await signIn(gangnam)).toEqual(err({ type: 'AccountLocked' }))
    error({ type: 'DeviceRevoked' })
    expect(await signIn(gangnam)).toEqual(err({ type: 'DeviceRevoked' }))
    error({ type: 'ProtocolMismatch', server: 2, desk: 1 })
    expect(await signIn(gangnam)).toEqual(err({ type: 'ProtocolMismatch' }))
    error({ type: 'ServerFault', requestId: 'r' }, 500)
    expect(await signIn(gangnam)).toEqual(err({ type: 'CentreFault' }))
    centre.answerWith({ status: 200, body: '<html>login to the network</html>' })
    expect(await signIn(gangnam)).toEqual(err({ type: 'CentreFault' }))
    centre.answerWith({ status: 200, body: '{"account":{}}' })
    expect(await signIn(gangnam)).toEqual(err({ type: 'CentreFault' }))
    await centre.stop()
    expect(await signIn(gangnam)).toEqual(err({ type: 'CentreUnreachable' }))
    expect([session.view(), existsSync(folder())]).toEqual([{ state: 'first_run' }, false])
  })
  test('that stands on another database is not mixed with the one this store is from', async () => {
    await signIn(gangnam)
    await session.lock('asked')
    const other = await startLoopbackCentre({ centreId: newUuid(), now: () => deps().now() })
    other.addAccount(gangnam, 'password-1')
    const answer = await session.signIn({ serverUrl: other.url, login: gangnam.login, password: 'password-1' })
    await other.stop()
    expect(answer).toEqual(err({ type: 'OtherDistrict' }))
    expect(await unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  })
})

describe('an idle desk', () => {
  test('warns, then locks by itself; a touch extends', async () => {
    await signIn(gangnam)
    told = []
    pass(9 * 60_000)
    expect(told).toEqual(['warning'])
    expect(session.touch()).toEqual(ok({ locksAt: '2026-11-23T00:19:00.000Z' }))
    pass(9.5 * 60_000)
    expect(told).toEqual(['warning', 'warning'])
    pass(30_000)
    expect(session.open()).toBeNull()
    await Promise.all(background)
    expect(told.slice(2)).toEqual(['closing idle', 'locked'])
    expect(session.view()).toEqual({ state: 'locked', accounts: [localAccount(gangnam)], cause: 'idle' })
  })
  test('that slept over its time gives nothing away between waking and locking', async () => {
    await signIn(gangnam)
    elapsedMs += 11 * 60_000
    expect([session.open(), session.touch()]).toEqual([null, err({ type: 'Locked' })])
  })
  test('locks sooner when told so', async () => {
    await signIn(gangnam)
    session.setLockMinutes(1)
    pass(61_000)
    expect(session.open()).toBeNull()
  })
})

describe('a store that cannot be opened says why and has a way out', () => {
  beforeEach(async () => {
    await signIn(gangnam)
    await session.end()
  })
  const expectBroken = (problem: string) => expect(session.view()).toEqual({ state: 'broken', problem, rescuable: 0 })
  /** What a password is needed to find out. */
  const unlockAndExpect = async (problem: string): Promise<void> => {
    session = start()
    expect(await unlock(gangnam)).toEqual(err({ type: 'StoreUnusable' }))
    expectBroken(problem)
  }
  const startAndExpect = (problem: string): void => {
    session = start()
    expectBroken(problem)
  }
  const writeByte = (file: string, at: number): void => {
    const bytes = readFileSync(file)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    writeFileSync(file, bytes)
  }
  afterEach(async () => {
    const before = readdirSync(folder()).sort()
    expect(await session.startAfresh()).toEqual(ok({ state: 'first_run' }))
    const [aside] = readdirSync(join(dataDir, 'rescue'))
    expect(readdirSync(join(dataDir, 'rescue', String(aside))).sort()).toEqual(before)
    expect(await signIn(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  })

  test('the keyring is gone', () => {
    rmSync(join(folder(), 'keyring.json'))
    startAndExpect('key_missing')
  })
  test('the keyring is damaged', () => {
    truncateSync(join(folder(), 'keyring.json'), 100)
    startAndExpect('key_missing')
  })
  test('the keyring is from a newer program', () => {
    writeFileSync(join(folder(), 'keyring.json'), '{"format":7}')
    startAndExpect('file_from_future')
  })
  test('the OS vault lost the secret of this PC', () => {
    deviceSecret = null
    startAndExpect('vault_lost')
  })
  test('the OS vault gives another secret than before', () => {
    deviceSecret = nodeCipher.randomBytes(32)
    startAndExpect('vault_lost')
  })
  test('the file is gone', () => {
    rmSync(storeFile())
    startAndExpect('file_missing')
  })
  test('the file is empty', () => {
    truncateSync(storeFile(), 0)
    startAndExpect('file_truncated')
  })
  test('the file is cut within a page', () => {
    truncateSync(storeFile(), 5000)
    startAndExpect('file_truncated')
  })
  test('the file is cut between two pages', async () => {
    truncateSync(storeFile(), 2 * 4096)
    await unlockAndExpect('file_truncated')
  })
  test('the first page is damaged', async () => {
    writeByte(storeFile(), 1000)
    await unlockAndExpect('file_damaged')
  })
  test('the key is of another file', async () => {
    const other = mkdtempSync(join(tmpdir(), 'mnk-other-'))
    const [mine, theirs] = [dataDir, other]
    dataDir = theirs
    session = start()
    await signIn(gangnam)
    await session.end()
    dataDir = mine
    for (const name of ['store.db', 'store.db.keycheck']) {
      writeFileSync(join(folder(), name), readFileSync(join(theirs, 'stores', '11680', name)))
    }
    rmSync(other, { recursive: true })
    await unlockAndExpect('key_wrong')
  })
  test('the file breaks while it is used', async () => {
    session = start()
    await unlock(gangnam)
    await session.failed('damaged')
    expect(session.open()).toBeNull()
    expectBroken('file_damaged')
    expect(told.slice(-2)).toEqual(['closing broken', 'broken'])
  })
})

test('a lost vault makes one new secret, when the person chose to start afresh, and not before', async () => {
  await signIn(gangnam)
  await session.end()
  deviceSecret = null
  session = start()
  expect(await signIn(gangnam)).toEqual(err({ type: 'StoreUnusable' }))
  expect(newSecrets).toBe(0)
  await session.startAfresh()
  expect(newSecrets).toBe(1)
})

test('a broken store of one district does not stand in the way of another', async () => {
  await signIn(gangnam)
  await signIn(mapo)
  await session.end()
  rmSync(join(folder('11440'), 'keyring.json'))
  session = start()
  expect(session.view()).toEqual({ state: 'locked', accounts: [localAccount(gangnam)], cause: 'start' })
  expect(await unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  expect(await signIn(mapo)).toEqual(err({ type: 'StoreUnusable' }))
  expect(session.view()).toEqual({ state: 'broken', problem: 'key_missing', rescuable: 0 })
  await session.lock('asked')
  expect(await unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
})
