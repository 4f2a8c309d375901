import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { err, expectOk } from '#shared/foundation/result.ts'
import type { Lease } from '#shared/sync-protocol/lease.ts'
import { createKeyring, fitsVault, openDeviceWrap, putAccount, unlockAccount } from './keyring.ts'
import { type Keyring, readKeyring, writeKeyring } from './keyring-file.ts'
import { type HeldLease, heldLease, leaseRecord, withLease, withLeaseNote } from './lease-layer.ts'
import { nodeCipher } from './node-crypto.ts'
import { type PasswordHardness, PRESENT_HARDNESS } from './password-key.ts'

const STORE_ID = '01930a5c-0000-7000-8000-000000000001'
const DEVICE_ID = '01930a5c-0000-7000-8000-000000000003'
const CENTRE_ID = '01930a5c-0000-7000-8000-000000000002'
const ALICE = { accountId: '01930a5c-0000-7000-8000-00000000000a', login: 'alice', displayName: '담당자 가' }
const BELLA = { accountId: '01930a5c-0000-7000-8000-00000000000b', login: 'bella', displayName: '담당자 나' }
/** The tests are about who gets a key, not about how long that takes. */
const QUICK: PasswordHardness = { memoryKiB: 64, passes: 1, lanes: 1 }
const storeKey = nodeCipher.randomBytes(32)
const deviceSecret = nodeCipher.randomBytes(32)
const deviceShare = nodeCipher.randomBytes(32)

let dir = ''
let file = ''
beforeEach(async () => {
  dir = mkdtempSync(join(tmpdir(), 'mnk-keyring-'))
  file = join(dir, 'keyring.json')
  const parts = {
    storeId: STORE_ID,
    deviceId: DEVICE_ID,
    districtCode: '11680',
    centreId: CENTRE_ID,
    storeKey,
    deviceSecret,
    deviceShare
  }
  const keyring = createKeyring(parts)
  await putAccount(
    { file, keyring },
    { ...ALICE, password: '비밀번호-가', storeKey, deviceSecret, lease: null, hardness: QUICK }
  )
})
afterEach(() => rmSync(dir, { recursive: true }))

const place = () => ({ file, keyring: expectOk(readKeyring(file)) })
const leaseOf = (id: string): Lease => ({
  id,
  share: Buffer.from(nodeCipher.randomBytes(32)).toString('base64'),
  issuedAt: '2026-11-23T00:00:00.000Z',
  endsAt: '2026-11-30T00:00:00.000Z',
  graceEndsAt: '2026-12-07T00:00:00.000Z',
  renewAfter: '2026-11-23T12:00:00.000Z'
})
const FIRST = leaseOf('01930a5c-0000-7000-8000-0000000000e1')
const SECOND = leaseOf('01930a5c-0000-7000-8000-0000000000e2')
const heldOf = ({ id, share }: Lease): HeldLease => ({ id, share: Buffer.from(share, 'base64') })
const underLease = (keyring: Keyring, lease: Lease, held: HeldLease | null = null) =>
  withLease(keyring, { lease, held, deviceSecret, seenAt: lease.issuedAt })
const unlock = (password: string, options: { login?: string; secret?: Uint8Array; lease?: HeldLease | null } = {}) =>
  unlockAccount(place(), {
    login: options.login ?? 'alice',
    password,
    deviceSecret: options.secret ?? deviceSecret,
    lease: options.lease ?? null
  })
const edit = (change: (keyring: Keyring) => Keyring) => writeKeyring(file, change(place().keyring))

describe('every part of the key is needed', () => {
  test('password and this PC together open the store', async () => {
    expect(await unlock('비밀번호-가')).toMatchObject({ ok: true, value: { storeKey, accountId: ALICE.accountId } })
  })
  test('the same password in decomposed letters opens it too', async () => {
    expect(await unlock('비밀번호-가'.normalize('NFD'))).toMatchObject({ ok: true })
  })
  test('the keyring on another PC opens nothing, also with the right password', async () => {
    const secret = nodeCipher.randomBytes(32)
    expect(await unlock('비밀번호-가', { secret })).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
    expect([fitsVault(place().keyring, deviceSecret), fitsVault(place().keyring, secret)]).toEqual([true, false])
  })
  test('a lease share that is asked for and missing is said so, and costs no try', async () => {
    edit((keyring) => underLease(keyring, FIRST))
    expect(await unlock('비밀번호-가')).toEqual(err({ type: 'LeaseMissing' }))
    expect(await unlock('비밀번호-가', { lease: heldOf(SECOND) })).toEqual(err({ type: 'LeaseMissing' }))
    expect(await unlock('비밀번호-가', { lease: { ...heldOf(SECOND), id: FIRST.id } })).toEqual(
      err({ type: 'LeaseMissing' })
    )
    expect(place().keyring.accounts[0]?.failedAttempts).toBe(0)
    expect(await unlock('비밀번호-가', { lease: heldOf(FIRST) })).toMatchObject({ ok: true, value: { storeKey } })
  })
  test('an entry moved to another account, or to another store, opens nothing', async () => {
    await putAccount(place(), {
      ...BELLA,
      password: '비밀번호-가',
      storeKey,
      deviceSecret,
      lease: null,
      hardness: QUICK
    })
    const [alice, bella] = place().keyring.accounts
    if (alice === undefined || bella === undefined) throw new Error('two accounts expected')
    const swapped = { ...bella, argon2: alice.argon2, wrappedStoreKey: alice.wrappedStoreKey }
    edit((keyring) => ({ ...keyring, accounts: [alice, swapped] }))
    expect(await unlock('비밀번호-가', { login: 'bella' })).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
    edit((keyring) => ({ ...keyring, storeId: CENTRE_ID }))
    expect(await unlock('비밀번호-가')).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
  })
})

describe('wrong passwords', () => {
  test('the fifth locks the account out, and then the right one opens nothing either', async () => {
    const answers = []
    for (let i = 0; i < 5; i++) answers.push(await unlock('틀린 비밀번호'))
    expect(answers).toEqual([
      ...[4, 3, 2, 1].map((attemptsLeft) => err({ type: 'WrongPassword', attemptsLeft })),
      err({ type: 'AccountLocked' })
    ])
    expect(await unlock('비밀번호-가')).toEqual(err({ type: 'AccountLocked' }))
  })
  test('the right one before that gives all tries back', async () => {
    await unlock('틀린 비밀번호')
    await unlock('비밀번호-가')
    expect(await unlock('틀린 비밀번호')).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
  })
  test('a try is on the disk before it is made, so that pulling the plug gives none back', async () => {
    const trying = unlock('비밀번호-가')
    expect(place().keyring.accounts[0]?.failedAttempts).toBe(1)
    await trying
    expect(place().keyring.accounts[0]?.failedAttempts).toBe(0)
  })
  test('an online sign-in ends a lock-out and takes the new password', async () => {
    for (let i = 0; i < 5; i++) await unlock('틀린 비밀번호')
    await putAccount(place(), {
      ...ALICE,
      password: '새 비밀번호',
      storeKey,
      deviceSecret,
      lease: null,
      hardness: QUICK
    })
    expect(await unlock('새 비밀번호')).toMatchObject({ ok: true })
    expect(await unlock('비밀번호-가')).toEqual(err({ type: 'WrongPassword', attemptsLeft: 4 }))
  })
  test('an account that never signed in here is said so', async () => {
    expect(await unlock('비밀번호-가', { login: 'nobody' })).toEqual(err({ type: 'UnknownAccount' }))
  })
})

describe('a colleague who signs in here for the first time', () => {
  test('gets the key by this PC and the centre together, by neither alone', () => {
    const { keyring } = place()
    const other = nodeCipher.randomBytes(32)
    expect(openDeviceWrap(keyring, { deviceSecret, deviceShare })).toEqual(storeKey)
    expect(openDeviceWrap(keyring, { deviceSecret, deviceShare: other })).toBeNull()
    expect(openDeviceWrap(keyring, { deviceSecret: other, deviceShare })).toBeNull()
    expect(openDeviceWrap(keyring, { deviceSecret: deviceShare, deviceShare: deviceSecret })).toBeNull()
  })
})

describe('a lease', () => {
  test('is renewed for everybody without a password, and the share before it opens nothing more', async () => {
    await putAccount(place(), {
      ...BELLA,
      password: '비밀번호-나',
      storeKey,
      deviceSecret,
      lease: null,
      hardness: QUICK
    })
    edit((keyring) => underLease(keyring, FIRST))
    edit((keyring) => underLease(keyring, SECOND, heldOf(FIRST)))
    for (const [login, password] of [
      ['alice', '비밀번호-가'],
      ['bella', '비밀번호-나']
    ] as const) {
      expect(await unlock(password, { login, lease: heldOf(FIRST) })).toEqual(err({ type: 'LeaseMissing' }))
      expect(await unlock(password, { login, lease: heldOf(SECOND) })).toMatchObject({ ok: true })
    }
  })
  test('that cannot be peeled off takes its entry with it: the account comes in online again', () => {
    edit((keyring) => underLease(keyring, FIRST))
    edit((keyring) => underLease(keyring, SECOND, heldOf(SECOND)))
    expect(place().keyring.accounts).toEqual([])
  })
  test('keeps its share under the secret of this PC, and loses it for good when it is over', () => {
    edit((keyring) => underLease(keyring, FIRST))
    const { keyring } = place()
    expect(heldLease(keyring, deviceSecret)).toEqual(heldOf(FIRST))
    expect(heldLease(keyring, nodeCipher.randomBytes(32))).toBeNull()
    expect(readFileSync(file, 'utf8')).not.toContain(FIRST.share)
    edit((before) => withLeaseNote(before, deviceSecret, { share: null, seenAt: FIRST.endsAt }))
    expect(heldLease(place().keyring, deviceSecret)).toBeNull()
    expect(leaseRecord(place().keyring, deviceSecret)).toMatchObject({ share: null, seenAt: FIRST.endsAt })
  })
  test('cannot be moved to another store, nor its note be read as another lease', () => {
    edit((keyring) => underLease(keyring, FIRST))
    edit((keyring) => ({ ...keyring, lease: keyring.lease && { ...keyring.lease, id: SECOND.id } }))
    expect(leaseRecord(place().keyring, deviceSecret)).toBeNull()
  })
})

describe('the file', () => {
  test('of the program before leases is read, and opens as before', async () => {
    const { bond: _bond, lease: _lease, shutOutAt: _shutOut, ...first } = place().keyring
    const accounts = first.accounts.map(({ leaseId: _id, ...entry }) => ({ ...entry, lease: null }))
    writeFileSync(file, JSON.stringify({ ...first, format: 1, accounts }))
    expect(place().keyring).toMatchObject({ format: 2, lease: null, bond: null, shutOutAt: null })
    expect(await unlock('비밀번호-가')).toMatchObject({ ok: true, value: { storeKey } })
  })
  test('holds no key and no password', () => {
    const text = readFileSync(file)
    for (const secret of [storeKey, deviceSecret, deviceShare]) {
      for (const form of ['hex', 'base64'] as const)
        expect(text.includes(Buffer.from(secret).toString(form))).toBe(false)
    }
    expect(text.includes('비밀번호')).toBe(false)
  })
  test('missing, damaged and from the future are told apart, and nothing is written over them', () => {
    const text = readFileSync(file, 'utf8')
    for (const damaged of ['', '{', text.slice(0, 200), '[]', text.replace('"format": 2', '"format": "2"')]) {
      writeFileSync(file, damaged)
      expect(readKeyring(file)).toEqual(err({ type: 'KeyringDamaged' }))
    }
    writeFileSync(file, JSON.stringify({ format: 3, whatever: true }))
    expect(readKeyring(file)).toEqual(err({ type: 'KeyringFromFuture' }))
    rmSync(file)
    expect(readKeyring(file)).toEqual(err({ type: 'KeyringMissing' }))
    expect(existsSync(file)).toBe(false)
  })
  test('says how hard a password is to try, so that it can be raised', async () => {
    const hardness: PasswordHardness = { memoryKiB: 128, passes: 2, lanes: 1 }
    await putAccount(place(), { ...ALICE, password: '비밀번호-가', storeKey, deviceSecret, lease: null, hardness })
    expect(place().keyring.accounts[0]?.argon2).toMatchObject(hardness)
    expect(await unlock('비밀번호-가')).toMatchObject({ ok: true })
    expect(PRESENT_HARDNESS).toEqual({ memoryKiB: 65536, passes: 3, lanes: 1 })
  })
  test.each([
    ['more memory than a PC has', { memoryKiB: 2 ** 31 }],
    ['less memory than Argon2 works in', { memoryKiB: 7 }],
    ['a second lane, which is not computed here', { lanes: 2 }],
    ['a longer salt', { salt: Buffer.alloc(17).toString('base64') }],
    ['a shorter salt', { salt: Buffer.alloc(15).toString('base64') }]
  ])('cannot ask for %s', (_what, forged) => {
    const text = JSON.parse(readFileSync(file, 'utf8'))
    text.accounts[0].argon2 = { ...text.accounts[0].argon2, ...forged }
    writeFileSync(file, JSON.stringify(text))
    expect(readKeyring(file)).toEqual(err({ type: 'KeyringDamaged' }))
  })
})
