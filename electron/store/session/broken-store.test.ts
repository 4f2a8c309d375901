import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { err, ok } from '#shared/foundation/result.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { firstRun, gangnam, localAccount, lockedFor, mapo, TestPc, unlockedAs } from '../testing/test-session.ts'
import { buildStoreFolder } from './store-folder.ts'

let pc: TestPc
beforeEach(async () => {
  pc = await TestPc.start()
})
afterEach(() => pc.remove())

describe('a store that cannot be opened says why and has a way out', () => {
  beforeEach(async () => {
    await pc.signIn(gangnam)
    await pc.session.end()
  })
  const expectBroken = (problem: string) =>
    expect(pc.session.view()).toEqual({ state: 'broken', problem, rescuable: 0 })
  /** What a password is needed to find out. */
  const unlockAndExpect = async (problem: string): Promise<void> => {
    pc.startProgram()
    expect(await pc.unlock(gangnam)).toEqual(err({ type: 'StoreUnusable' }))
    expectBroken(problem)
  }
  const startAndExpect = (problem: string): void => {
    pc.startProgram()
    expectBroken(problem)
  }
  const writeByte = (file: string, at: number): void => {
    const bytes = readFileSync(file)
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at)
    writeFileSync(file, bytes)
  }
  afterEach(async () => {
    const before = readdirSync(pc.folder()).sort()
    expect(await pc.session.startAfresh()).toEqual(ok(firstRun))
    const [aside] = readdirSync(join(pc.dataDir, 'rescue'))
    expect(readdirSync(join(pc.dataDir, 'rescue', String(aside))).sort()).toEqual(before)
    expect(await pc.signIn(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  })

  test('the keyring is gone', () => {
    rmSync(join(pc.folder(), 'keyring.json'))
    startAndExpect('key_missing')
  })
  test('the keyring is damaged', () => {
    truncateSync(join(pc.folder(), 'keyring.json'), 100)
    startAndExpect('key_missing')
  })
  test('the keyring is from a newer program', () => {
    writeFileSync(join(pc.folder(), 'keyring.json'), '{"format":7}')
    startAndExpect('file_from_future')
  })
  test('the OS vault lost the secret of this PC', () => {
    pc.deviceSecret = null
    startAndExpect('vault_lost')
  })
  test('the OS vault gives another secret than before', () => {
    pc.deviceSecret = nodeCipher.randomBytes(32)
    startAndExpect('vault_lost')
  })
  test('the file is gone', () => {
    rmSync(pc.storeFile())
    startAndExpect('file_missing')
  })
  test('the file is empty', () => {
    truncateSync(pc.storeFile(), 0)
    startAndExpect('file_truncated')
  })
  test('the file is cut within a page', () => {
    truncateSync(pc.storeFile(), 5000)
    startAndExpect('file_truncated')
  })
  test('the file is cut between two pages', async () => {
    truncateSync(pc.storeFile(), 2 * 4096)
    await unlockAndExpect('file_truncated')
  })
  test('the first page is damaged', async () => {
    writeByte(pc.storeFile(), 1000)
    await unlockAndExpect('file_damaged')
  })
  test('the key is of another file', async () => {
    const other = mkdtempSync(join(tmpdir(), 'mnk-other-'))
    const [mine, theirs] = [pc.dataDir, other]
    pc.dataDir = theirs
    pc.startProgram()
    await pc.signIn(gangnam)
    await pc.session.end()
    pc.dataDir = mine
    for (const name of ['store.db', 'store.db.keycheck']) {
      writeFileSync(join(pc.folder(), name), readFileSync(join(theirs, 'stores', '11680', name)))
    }
    rmSync(other, { recursive: true })
    await unlockAndExpect('key_wrong')
  })
  test('the file breaks while it is used', async () => {
    pc.startProgram()
    await pc.unlock(gangnam)
    await pc.session.failed('damaged')
    expect(pc.session.open()).toBeNull()
    expectBroken('file_damaged')
    expect(pc.told.slice(-2)).toEqual(['closing broken', 'broken'])
  })
})

describe('after a crash', () => {
  /** The store as a killed program leaves it: a file with its log beside it, and something in both. */
  const crash = async (damage: (bytes: Buffer) => void): Promise<void> => {
    await pc.signIn(gangnam)
    const db = pc.session.open()?.db
    db?.raw.exec(
      `INSERT INTO staff SELECT randomblob(16), hex(randomblob(40)) FROM json_each('[${'0,'.repeat(4999)}0]')`
    )
    db?.raw.pragma('wal_checkpoint(TRUNCATE)')
    db?.raw.exec('DELETE FROM staff WHERE id = (SELECT min(id) FROM staff)')
    const left = [readFileSync(pc.storeFile()), readFileSync(`${pc.storeFile()}-wal`)] as const
    await pc.session.end()
    damage(left[0])
    writeFileSync(pc.storeFile(), left[0])
    writeFileSync(`${pc.storeFile()}-wal`, left[1])
    pc.startProgram()
    expect(await pc.unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
    pc.told = []
    pc.pass(10_000)
    await pc.settle()
  }
  test('a sound store is read through behind the work and stays open', async () => {
    await crash(() => undefined)
    expect([pc.session.view(), pc.told]).toEqual([unlockedAs(gangnam), []])
  })
  test('damage is found before anybody meets it', async () => {
    await crash((bytes) => bytes.writeUInt8(bytes.readUInt8(100 * 4096 + 9) ^ 1, 100 * 4096 + 9))
    expect(pc.session.view()).toEqual({ state: 'broken', problem: 'file_damaged', rescuable: 0 })
    expect(pc.told).toEqual(['closing broken', 'broken'])
  })
})

test('a lost vault makes one new secret, when the person chose to start afresh, and not before', async () => {
  await pc.signIn(gangnam)
  await pc.session.end()
  pc.deviceSecret = null
  pc.startProgram()
  expect(await pc.signIn(gangnam)).toEqual(err({ type: 'StoreUnusable' }))
  expect(pc.newSecrets).toBe(0)
  await pc.session.startAfresh()
  expect(pc.newSecrets).toBe(1)
})

test('a broken store of one district does not stand in the way of another', async () => {
  await pc.signIn(gangnam)
  await pc.signIn(mapo)
  await pc.session.end()
  rmSync(join(pc.folder('11440'), 'keyring.json'))
  pc.startProgram()
  expect(pc.session.view()).toEqual(lockedFor([localAccount(gangnam)], 'start'))
  expect(await pc.unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  expect(await pc.signIn(mapo)).toEqual(err({ type: 'StoreUnusable' }))
  expect(pc.session.view()).toEqual({ state: 'broken', problem: 'key_missing', rescuable: 0 })
  await pc.session.lock('asked')
  expect(await pc.unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
})

test('a full disk is not the fault of the file: it is never set aside, and goes on when there is room', async () => {
  await pc.signIn(gangnam)
  await pc.session.failed('disk_full')
  expect(pc.session.view()).toEqual({ state: 'broken', problem: 'disk_full', rescuable: 0 })
  expect(await pc.session.startAfresh()).toEqual(err({ type: 'DiskFull' }))
  expect(pc.session.lookAgain()).toEqual(lockedFor([localAccount(gangnam)], 'asked'))
  expect(await pc.unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
})

/** `/dev/full` takes nothing: the system answers each write with ENOSPC. */
const fill = (file: string): (() => void) => {
  const beside = `${file}.new`
  symlinkSync('/dev/full', beside)
  return () => rmSync(beside)
}
const full = { state: 'broken', problem: 'disk_full', rescuable: 0 }

describe.runIf(process.platform === 'linux')('a disk that is full at the very first start', () => {
  beforeEach(() => {
    rmSync(join(pc.dataDir, 'pc.json'))
    pc.deviceSecret = null
    pc.hasRoomForSecret = false
  })

  test('is said in the window, and the first sign-in makes the PC secret once there is room', async () => {
    const makeRoom = fill(join(pc.dataDir, 'pc.json'))
    pc.startProgram()
    expect(pc.session.view()).toEqual(full)
    makeRoom()
    pc.hasRoomForSecret = true
    expect(pc.session.lookAgain()).toEqual(firstRun)
    expect(await pc.signIn(gangnam)).toEqual(ok(unlockedAs(gangnam)))
    expect(pc.newSecrets).toBe(1)
  })
  test('is said at the sign-in where there is room for all but the PC secret', async () => {
    pc.startProgram()
    expect(pc.session.view()).toEqual(firstRun)
    expect(await pc.signIn(gangnam)).toEqual(err({ type: 'StoreUnusable' }))
    expect(pc.session.view()).toEqual(full)
    pc.hasRoomForSecret = true
    expect(pc.session.lookAgain()).toEqual(firstRun)
    expect(await pc.signIn(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  })
  test('has the folder of the data made when there is room', async () => {
    rmSync(pc.dataDir, { recursive: true })
    pc.hasRoomForSecret = true
    pc.startProgram()
    expect(pc.session.view()).toEqual(firstRun)
    expect(await pc.signIn(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  })
})

describe.runIf(process.platform === 'linux')('a disk that is full when the program starts', () => {
  beforeEach(async () => {
    await pc.signIn(gangnam)
    await pc.session.end()
    pc.pass(3_600_000)
  })

  test('is said in the window, and the PC works again once there is room', async () => {
    const makeRoom = fill(join(pc.dataDir, 'pc.json'))
    pc.startProgram()
    expect(pc.session.view()).toEqual(full)
    expect(pc.session.lookAgain()).toEqual(full)
    makeRoom()
    expect(pc.session.lookAgain()).toEqual(lockedFor([localAccount(gangnam)], 'asked'))
    expect(await pc.unlock(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  })
  test('opens nothing meanwhile, and sets nothing aside', async () => {
    const makeRoom = fill(join(pc.dataDir, 'pc.json'))
    pc.startProgram()
    expect(await pc.unlock(gangnam)).toEqual(err({ type: 'StoreUnusable' }))
    expect(await pc.signIn(gangnam)).toEqual(err({ type: 'StoreUnusable' }))
    expect(await pc.session.startAfresh()).toEqual(err({ type: 'DiskFull' }))
    expect(pc.session.view()).toEqual(full)
    makeRoom()
    expect(await pc.signIn(gangnam)).toEqual(ok(unlockedAs(gangnam)))
  })
})

test('a store that cannot be made leaves nothing in its place', () => {
  expect(buildStoreFolder(pc.dataDir, '11680', () => err('disk_full'))).toEqual(err('disk_full'))
  expect(readdirSync(join(pc.dataDir, 'stores'))).toEqual([])
})
