import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { err } from '#shared/foundation/result.ts'
import { eraseStore } from '../../electron/store/session/erase.ts'
import { storeFolder } from '../../electron/store/session/store-folder.ts'
import { DAY_MS, type Office, type OfficePc, openOffice, until } from './office-with-pcs.ts'

let office: Office
let pc: OfficePc
beforeEach(async () => {
  office = await openOffice()
  pc = office.pc()
})
afterEach(() => office.close())

const opened = { ok: true, value: { state: 'unlocked' } }
const isErased = async (): Promise<boolean> => (await pc.view()).state === 'first_run'
const isReported = async (): Promise<boolean> => (await office.device(pc))?.state === 'wiped'

/** She works, and what she did last could not be sent. */
const workWithUnsent = async (): Promise<void> => {
  await pc.signIn(office.accounts.second)
  await pc.signIn(office.accounts.first)
  await pc.register('가하나')
  await pc.sync()
  pc.line = 'cut'
  await pc.register('나두리')
  await pc.sync()
}

describe('사용 중지: a PC that is revoked', () => {
  test('is locked within a second while somebody works at it; its data stays and opens for nobody', async () => {
    await workWithUnsent()
    pc.line = 'open'
    await pc.service.get('sync.status', {})
    await office.revoke(pc)
    await pc.sync()
    await until(async () => (await pc.view()).state === 'shut_out')
    expect(existsSync(pc.file('store.db'))).toBe(true)
    expect(await pc.unlock(office.accounts.first)).toEqual(err({ type: 'DeviceRevoked' }))
    expect(await pc.signIn(office.accounts.second)).toEqual(err({ type: 'DeviceRevoked' }))
    expect(await office.device(pc)).toMatchObject({ state: 'revoked', wipedAt: null })
    await pc.service.restart()
    expect(await pc.view()).toMatchObject({ state: 'shut_out' })
  })

  test('hears of it over its open line by itself', async () => {
    await pc.signIn(office.accounts.first)
    await pc.sync()
    await until(async () => office.centre.centre.pokeHub.connected().length === 1)
    const began = performance.now()
    await office.revoke(pc)
    await until(async () => (await pc.view()).state === 'shut_out')
    expect(performance.now() - began).toBeLessThan(10_000)
  })

  test('hears of it while somebody works at it whose pass counts no more, as after a restore', async () => {
    await workWithUnsent()
    await office.centre.centre.pool.query('DELETE FROM sessions WHERE device_id IS NOT NULL')
    await office.revoke(pc)
    pc.line = 'open'
    await pc.sync()
    await until(async () => (await pc.view()).state === 'shut_out')
  })

  test('whose pass alone is over stays open', async () => {
    await pc.signIn(office.accounts.first)
    await office.centre.centre.pool.query('DELETE FROM sessions WHERE device_id IS NOT NULL')
    expect(await pc.sync()).toMatchObject({ state: 'needs_you', cause: 'session' })
    await pc.sync()
    expect((await pc.view()).state).toBe('unlocked')
  })

  test('hands its unsent work over; it counts once an administrator has released it', async () => {
    await workWithUnsent()
    await office.revoke(pc)
    pc.line = 'open'
    await pc.sync()
    await until(async () => {
      const view = await pc.view()
      return view.state === 'shut_out' && view.isHandedOver
    })
    expect(await pc.view()).toEqual({ state: 'shut_out', unsent: 1, documents: 0, lost: 0, isHandedOver: true })
    expect(await office.appliedNames()).toEqual(['가하나'])
    const { rescues } = (await office.admin.call({ method: 'GET', url: '/v1/admin/rescues' })).json() as {
      rescues: Array<{ id: string }>
    }
    expect(rescues).toMatchObject([
      { via: 'line', state: 'parked', parkedFor: 'revoked', commands: 1, applied: 0, releasedAt: null }
    ])
    const release = () => office.admin.call({ method: 'POST', url: `/v1/admin/rescues/${rescues[0]?.id}/release` })
    expect((await release()).statusCode).toBe(204)
    expect((await release()).statusCode).toBe(404)
    expect(await office.appliedNames()).toEqual(['가하나', '나두리'])
    expect((await office.admin.call({ method: 'GET', url: '/v1/admin/rescues' })).json()).toMatchObject({
      rescues: [{ state: 'released', applied: 1, refused: 0 }]
    })
  })

  test('that never hears of it still opens until its time is over, and then never again', async () => {
    await workWithUnsent()
    await office.revoke(pc)
    await pc.service.end()
    office.pass(6 * DAY_MS)
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.first)).toMatchObject(opened)
    await pc.service.end()
    office.pass(2 * DAY_MS)
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.first)).toEqual(err({ type: 'LeaseOver' }))
    pc.line = 'open'
    expect(await pc.signIn(office.accounts.first)).toEqual(err({ type: 'DeviceRevoked' }))
  })

  test('hears of it when it is started again, with nobody signed in', async () => {
    await workWithUnsent()
    await pc.service.end()
    await office.revoke(pc)
    pc.line = 'open'
    pc.service.startAgain()
    await until(async () => (await pc.view()).state === 'shut_out')
    expect(await pc.unlock(office.accounts.first)).toEqual(err({ type: 'DeviceRevoked' }))
  })

  test('comes in again as a new PC, and what was shut out stays aside', async () => {
    await pc.signIn(office.accounts.first)
    await pc.register('가하나')
    await pc.sync()
    const shutOut = pc.deviceId()
    await office.revoke(pc)
    await pc.sync()
    await until(async () => (await pc.view()).state === 'shut_out')
    await pc.service.get('store.startAfresh', {})
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    expect(pc.deviceId()).not.toBe(shutOut)
    expect(await pc.sync()).toMatchObject({ state: 'current' })
    expect(await pc.names()).toEqual(['가하나'])
  })
})

describe('원격 삭제: a PC that is to be wiped', () => {
  const expectWiped = async (unsent: number): Promise<void> => {
    await until(isErased)
    await until(isReported)
    expect(await pc.view()).toMatchObject({
      state: 'first_run',
      erased: { reason: 'wiped', unsent, isHandedOver: true }
    })
    expect(pc.hasStoreBytes()).toBe(false)
    expect(await office.appliedNames()).toEqual(['가하나', '나두리'])
    expect(await office.device(pc)).toMatchObject({
      state: 'wiped',
      wipeOrderedAt: '2026-11-23T00:00:00.000Z',
      wipedAt: '2026-11-23T00:00:00.000Z',
      waiting: 0
    })
  }

  test('leaves no byte of the store, has brought its unsent work to the centre, and says that it is done', async () => {
    await workWithUnsent()
    await office.orderWipe(pc)
    pc.line = 'open'
    await pc.sync()
    await expectWiped(1)
    expect(pc.files().filter((name) => !/pc\.json|settings\.json|erase\.json/.test(name))).toEqual([])
    expect(await pc.unlock(office.accounts.first)).toEqual(err({ type: 'UnknownAccount' }))
  })

  test('hears of it when it is started again, with nobody signed in', async () => {
    await workWithUnsent()
    await pc.service.end()
    await office.orderWipe(pc)
    pc.line = 'open'
    pc.service.startAgain()
    await expectWiped(1)
  })

  test('hears of it from a sign-in', async () => {
    await workWithUnsent()
    await pc.lock()
    await office.orderWipe(pc)
    pc.line = 'open'
    expect(await pc.signIn(office.accounts.first)).toEqual(err({ type: 'DeviceWipeOrdered' }))
    await expectWiped(1)
  })

  test('is told twice and does it once; afterwards it can come in as a new PC', async () => {
    await workWithUnsent()
    const wiped = pc.deviceId()
    await office.orderWipe(pc)
    await office.orderWipe(pc)
    pc.line = 'open'
    await pc.sync()
    await expectWiped(1)
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    expect(pc.deviceId()).not.toBe(wiped)
    await pc.sync()
    expect(await pc.names()).toEqual(['가하나', '나두리'])
    expect(pc.files().some((name) => name.includes('erase.json'))).toBe(false)
  })

  test.each([
    ['the capsule has left and its receipt is lost', '/v1/rescue'],
    ['the word that it is done is lost', '/v1/device/wiped']
  ])('goes on at the next start when %s', async (_when, path) => {
    await workWithUnsent()
    await office.orderWipe(pc)
    pc.line = 'open'
    pc.deafTo = path
    await pc.sync()
    await until(isErased)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    await pc.service.end()
    expect(pc.hasStoreBytes()).toBe(false)
    pc.deafTo = null
    pc.service.startAgain()
    await expectWiped(1)
  })

  test('that somebody comes in at again meanwhile says that it is done when its work is at the centre, not before', async () => {
    await workWithUnsent()
    await office.orderWipe(pc)
    const heard: string[] = []
    let isRescueOut = true
    pc.carry = async (url, send) => {
      const path = url.split('/v1/')[1] ?? ''
      if (path === 'rescue' && isRescueOut) throw new TypeError('the line is cut')
      const response = await send()
      if (['rescue', 'device/wiped'].includes(path)) heard.push(path)
      return response
    }
    pc.line = 'open'
    await pc.sync()
    await until(isErased)
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    await pc.service.restart()
    await new Promise((resolve) => setTimeout(resolve, 1_500))
    expect(heard).toEqual([])
    isRescueOut = false
    await pc.service.restart()
    await until(async () => heard.includes('device/wiped'))
    expect(heard).toEqual(['rescue', 'device/wiped'])
    expect(await office.appliedNames()).toEqual(['가하나', '나두리'])
  })

  const deps = () => ({ dataDir: pc.service.dataDir, now: () => '2026-11-23T00:00:00.000Z' })
  const folder = () => storeFolder(pc.service.dataDir, '11680')
  /** What lies there after a deletion that ended at some point, out of a whole one and the store before it. */
  const cutAfter = async (step: 'note' | 'keys' | 'store' | 'moved'): Promise<void> => {
    const before = `${pc.service.dataDir}-before`
    cpSync(folder().dir, before, { recursive: true })
    const aside = eraseStore(deps(), folder(), { reason: 'wiped', deviceSecret: pc.service.deviceSecret })
    if (step !== 'moved') {
      mkdirSync(folder().dir, { recursive: true })
      cpSync(aside.dir, folder().dir, { recursive: true })
      rmSync(aside.dir, { recursive: true })
      const restore = step === 'note' ? readdirSync(before) : step === 'keys' ? ['store.db'] : []
      for (const name of restore) cpSync(join(before, name), join(folder().dir, name))
      if (step === 'keys') writeFileSync(folder().keyringFile, Buffer.alloc(900))
    }
    rmSync(before, { recursive: true })
  }

  test.each(['note', 'keys', 'store', 'moved'] as const)(
    'finishes before anything opens what was cut off after the step: %s',
    async (step) => {
      await workWithUnsent()
      await pc.service.end()
      await office.orderWipe(pc)
      await cutAfter(step)
      pc.service.startAgain() // the line is still cut
      expect(await pc.view()).toMatchObject({
        state: 'first_run',
        erased: { reason: 'wiped', unsent: 1, isHandedOver: false }
      })
      expect(pc.hasStoreBytes()).toBe(false)
      expect(await pc.unlock(office.accounts.first)).toEqual(err({ type: 'UnknownAccount' }))
      pc.line = 'open'
      await pc.service.restart()
      await expectWiped(1)
    }
  )

  test('leaves nothing readable behind while the line is cut: the capsule opens at the centre alone', async () => {
    await workWithUnsent()
    await pc.service.end()
    const aside = eraseStore(deps(), folder(), { reason: 'wiped', deviceSecret: pc.service.deviceSecret })
    const [header = ''] = readFileSync(aside.capsuleFile, 'latin1').split('\n')
    expect(JSON.parse(header).wraps.map(({ kind }: { kind: string }) => kind)).toEqual(['centre', 'public'])
    pc.service.startAgain()
  })
})

test('locking and ending the program delete nothing: the files are the same, and the password opens them', async () => {
  await workWithUnsent()
  const names = () => pc.files().sort()
  const before = names()
  await pc.lock()
  await pc.service.restart()
  expect(await pc.unlock(office.accounts.first)).toMatchObject(opened)
  expect(await pc.names()).toEqual(['가하나', '나두리'])
  expect(names()).toEqual(before)
})

test('the list of PCs says what each holds unsent, who uses it, and how long it may still be away', async () => {
  await workWithUnsent()
  expect(await office.device(pc)).toMatchObject({
    state: 'active',
    waiting: 0,
    refused: 0,
    oldestWaitingAt: null,
    leaseEndsAt: '2026-11-30T00:00:00.000Z',
    graceEndsAt: '2026-12-07T00:00:00.000Z',
    accounts: [office.accounts.first, office.accounts.second].map(({ login, displayName, role }) => ({
      login,
      displayName,
      role
    }))
  })
  pc.line = 'open'
  pc.deafTo = '/v1/push'
  await pc.sync()
  expect(await office.device(pc)).toMatchObject({ waiting: 1, oldestWaitingAt: '2026-11-23T00:00:00.000Z' })
  pc.deafTo = null
  await until(async () => (await pc.sync()).waiting === 0)
  await pc.sync()
  expect(await office.device(pc)).toMatchObject({ waiting: 0, oldestWaitingAt: null })
})
