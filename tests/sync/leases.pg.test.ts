import { cpSync, existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { err } from '#shared/foundation/result.ts'
import { readKeyring } from '../../electron/store/keys/keyring-file.ts'
import { DAY_MS, HOUR_MS, type Office, type OfficePc, openOffice, until } from './office-with-pcs.ts'

let office: Office
let pc: OfficePc
beforeEach(async () => {
  office = await openOffice()
  pc = office.pc()
})
afterEach(() => office.close())

const opened = { ok: true, value: { state: 'unlocked' } }

/** Two colleagues have signed in, and the first has taken an application in that could not be sent. */
const leaveUnsent = async (): Promise<void> => {
  await pc.signIn(office.accounts.second)
  await pc.signIn(office.accounts.first)
  await pc.sync()
  pc.line = 'cut'
  await pc.register('가하나')
  await pc.service.end()
}

describe('a PC that stays away', () => {
  test('works a week, says two days before that its time ends, and then opens for nobody until it is online', async () => {
    await leaveUnsent()
    office.pass(4 * DAY_MS)
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.first)).toMatchObject({ ok: true, value: { lease: { state: 'fine' } } })
    await pc.service.end()
    office.pass(2 * DAY_MS)
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.first)).toMatchObject({ ok: true, value: { lease: { state: 'ending' } } })
    await pc.service.end()
    office.pass(DAY_MS + 1)
    pc.service.startAgain()
    const { first, second } = office.accounts
    expect(await pc.view()).toMatchObject({
      state: 'locked',
      lease: { state: 'over', endsAt: '2026-11-30T00:00:00.000Z', graceEndsAt: '2026-12-07T00:00:00.000Z' },
      accounts: [{ leaseOver: true }, { leaseOver: true }]
    })
    expect(await pc.unlock(first)).toEqual(err({ type: 'LeaseOver' }))
    expect(await pc.signIn(first)).toEqual(err({ type: 'CentreUnreachable' }))

    pc.line = 'open'
    expect(await pc.signIn(first)).toMatchObject({ ok: true, value: { lease: { state: 'fine' } } })
    expect(await pc.sync()).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
    expect(await office.appliedNames()).toEqual(['가하나'])
    pc.line = 'cut'
    await pc.lock()
    expect(await pc.unlock(second)).toMatchObject(opened) // revived for the colleague, without her password
  })

  test('a running desk gives nothing away from the moment its time is over', async () => {
    await pc.signIn(office.accounts.first)
    await pc.sync()
    pc.line = 'cut'
    office.pass(7 * DAY_MS)
    expect(await pc.service.ask('draft.list', {})).toEqual(err({ type: 'Locked' }))
    expect(await pc.unlock(office.accounts.first)).toEqual(err({ type: 'LeaseOver' }))
  })

  test('when the grace is over, too, it deletes store and keys before anything opens; its work is at the centre', async () => {
    await leaveUnsent()
    office.pass(14 * DAY_MS)
    pc.service.startAgain()
    expect(await pc.view()).toEqual({
      state: 'first_run',
      erased: { reason: 'lease', at: '2026-12-07T00:00:00.000Z', unsent: 1, documents: 0, lost: 0, isHandedOver: false }
    })
    expect(pc.hasStoreBytes()).toBe(false)
    expect(await pc.unlock(office.accounts.first)).toEqual(err({ type: 'UnknownAccount' }))
    pc.line = 'open'
    await pc.service.restart()
    await until(async () => {
      const view = await pc.view()
      return view.state === 'first_run' && view.erased?.isHandedOver === true
    })
    expect(await office.appliedNames()).toEqual(['가하나'])
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    await pc.sync()
    await pc.register('나두리')
    expect(await pc.sync()).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
    expect(await pc.names()).toEqual(['가하나', '나두리'])
    await pc.lock()
    expect(await pc.view()).toMatchObject({ state: 'locked', erased: null })
  })

  test('whose owner is faster than the hand-over takes her work back into the new store, and nothing is done twice', async () => {
    await leaveUnsent()
    office.pass(14 * DAY_MS)
    pc.service.startAgain()
    pc.line = 'open'
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    expect(await pc.sync()).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
    expect(await pc.names()).toEqual(['가하나'])
    await pc.service.restart()
    expect(await office.appliedNames()).toEqual(['가하나'])
  })
})

describe('a clock that is set', () => {
  test('back two days after the end opens nothing: the latest time that was seen counts', async () => {
    await leaveUnsent()
    office.pass(7 * DAY_MS + HOUR_MS)
    pc.service.startAgain()
    await pc.view()
    await pc.service.end()
    pc.clockAheadMs = -2 * DAY_MS
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.first)).toEqual(err({ type: 'LeaseOver' }))
  })

  test('back before the end gives no more time than was left', async () => {
    await leaveUnsent()
    office.pass(6 * DAY_MS)
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.first)).toMatchObject(opened)
    await pc.service.end()
    pc.clockAheadMs = -2 * DAY_MS
    office.pass(2 * DAY_MS)
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.first)).toMatchObject({
      ok: true,
      value: { lease: { state: 'ending', endsAt: '2026-11-30T00:00:00.000Z' } }
    })
  })

  test('forward two days over the end locks, also when it is put right; a sign-in online opens again', async () => {
    await leaveUnsent()
    office.pass(6 * DAY_MS)
    pc.clockAheadMs = 2 * DAY_MS
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.first)).toEqual(err({ type: 'LeaseOver' }))
    await pc.service.end()
    pc.clockAheadMs = 0
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.first)).toEqual(err({ type: 'LeaseOver' }))
    pc.line = 'open'
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    expect(await pc.names()).toEqual(['가하나'])
  })

  test('wrong by weeks costs nothing while the centre is in reach', async () => {
    pc.clockAheadMs = 21 * DAY_MS
    expect(await pc.signIn(office.accounts.first)).toMatchObject({ ok: true, value: { lease: { state: 'fine' } } })
    expect(await pc.sync()).toMatchObject({ state: 'current' })
    await pc.lock()
    expect(await pc.unlock(office.accounts.first)).toMatchObject(opened)
  })
})

test('a store that comes back out of a backup after it was deleted is deleted again, whatever the clock says', async () => {
  await leaveUnsent()
  const stores = join(pc.service.dataDir, 'stores')
  const backup = `${pc.service.dataDir}-backup`
  cpSync(stores, backup, { recursive: true })
  office.pass(14 * DAY_MS)
  pc.service.startAgain()
  expect(await pc.view()).toMatchObject({ state: 'first_run' })
  await pc.service.end()
  cpSync(backup, stores, { recursive: true })
  pc.clockAheadMs = -14 * DAY_MS
  pc.service.startAgain()
  expect(await pc.view()).toMatchObject({ state: 'first_run', erased: { reason: 'lease' } })
  expect(existsSync(pc.file('store.db'))).toBe(false)
  expect(await pc.unlock(office.accounts.first)).toEqual(err({ type: 'UnknownAccount' }))
  rmSync(backup, { recursive: true })
})

describe('a renewal', () => {
  const leaseId = () => {
    const keyring = readKeyring(pc.file('keyring.json'))
    return keyring.ok ? keyring.value.lease?.id : undefined
  }
  const sharesAtCentre = async (): Promise<string[]> => {
    const { rows } = await office.centre.centre.keysPool.query<{ lease_id: string }>(
      'SELECT lease_id FROM lease_shares WHERE device_id = $1 ORDER BY lease_id',
      [pc.deviceId()]
    )
    return rows.map((row) => row.lease_id)
  }
  const day = async (): Promise<void> => {
    await pc.service.end()
    office.pass(DAY_MS)
    pc.service.startAgain()
    await pc.signIn(office.accounts.first)
  }

  test('comes with work online and leaves one share at the centre: the one that the keyring stands under', async () => {
    await pc.signIn(office.accounts.second)
    await pc.signIn(office.accounts.first)
    const before = leaseId()
    await until(async () => (await sharesAtCentre()).length === 1)
    expect(await sharesAtCentre()).toEqual([before])
    await pc.lock()
    office.pass(13 * HOUR_MS)
    pc.service.startAgain()
    await pc.signIn(office.accounts.first)
    await pc.sync()
    await until(async () => leaseId() !== before && (await sharesAtCentre()).length === 1)
    expect(await sharesAtCentre()).toEqual([leaseId()])
    expect(await office.device(pc)).toMatchObject({ leaseEndsAt: '2026-11-30T13:00:00.000Z' })
  })

  test.each([
    ['its answer', '/v1/lease'],
    ['the word that it is written down', '/v1/lease/held'],
    ['the answer to a sign-in', '/v1/sign-in']
  ])('that loses %s opens the store the next day and revives it for all when its time is over', async (_what, path) => {
    await pc.signIn(office.accounts.second)
    await pc.signIn(office.accounts.first)
    await pc.sync()
    pc.deafTo = path
    office.pass(13 * HOUR_MS)
    pc.service.startAgain()
    await pc.unlock(office.accounts.first)
    await pc.sync().catch(() => undefined)
    await pc.signIn(office.accounts.first)
    await pc.service.end()
    expect(await sharesAtCentre()).toContain(leaseId())
    pc.deafTo = null
    pc.line = 'cut'
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.second)).toMatchObject(opened)
    await pc.service.end()
    office.pass(8 * DAY_MS)
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.second)).toEqual(err({ type: 'LeaseOver' }))
    pc.line = 'open'
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    await pc.lock()
    pc.line = 'cut'
    expect(await pc.unlock(office.accounts.second)).toMatchObject(opened)
  })

  test('goes on for a PC that meets the centre each day, and no shares pile up', async () => {
    await pc.signIn(office.accounts.first)
    for (let i = 0; i < 4; i += 1) await day()
    await until(async () => (await sharesAtCentre()).length === 1)
    expect(await sharesAtCentre()).toEqual([leaseId()])
  })
})

test('the office chooses how long a PC may be away; it holds from the next renewal on', async () => {
  const terms = { leaseHours: 24, graceHours: 48 }
  const put = (payload: object) => office.admin.call({ method: 'PUT', url: '/v1/admin/lease', payload })
  expect((await office.admin.call({ method: 'GET', url: '/v1/admin/lease' })).json()).toEqual({
    leaseHours: 168,
    graceHours: 168
  })
  expect((await put(terms)).json()).toEqual(terms)
  for (const wrong of [
    { ...terms, leaseHours: 0 },
    { ...terms, graceHours: 24 * 91 },
    { leaseHours: 1.5, graceHours: 1 }
  ]) {
    expect((await put(wrong)).statusCode).toBe(400)
  }
  expect(await pc.signIn(office.accounts.first)).toMatchObject({
    value: { lease: { endsAt: '2026-11-24T00:00:00.000Z', graceEndsAt: '2026-11-26T00:00:00.000Z' } }
  })
})
