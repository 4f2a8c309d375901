import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { err } from '#shared/foundation/result.ts'
import { setPassword } from '../../server/accounts/accounts.ts'
import { issueCode } from '../../server/accounts/enrolment-codes.ts'
import { DAY_MS, type Office, type OfficePc, openOffice, until } from './office-with-pcs.ts'

/** In each loss: what was sent, what was sent without an answer, and what was never sent are at the centre once each. */
let office: Office
let pc: OfficePc
beforeEach(async () => {
  office = await openOffice({ enrolment: 'code' })
  pc = office.pc()
  await pc.signIn(office.accounts.first, await newCode())
})
afterEach(() => office.close())

const newCode = async (): Promise<string> =>
  (await issueCode(office.centre.centre, { districtCode: '11680', note: '', issuedBy: null })).code
const opened = { ok: true, value: { state: 'unlocked' } }
const ALL = ['가하나', '나두리', '다세찬']

const workBeforeTheLoss = async (): Promise<void> => {
  await pc.register('가하나')
  await pc.sync()
  pc.deafTo = '/v1/push'
  await pc.register('나두리')
  await pc.sync()
  pc.deafTo = null
  pc.line = 'cut'
  await pc.register('다세찬')
}

const expectAllOnce = async (): Promise<void> => {
  expect((await office.appliedNames()).sort()).toEqual(ALL)
  const { rows } = await office.centre.centre.pool.query<{ ids: number; commands: number }>(
    'SELECT count(DISTINCT id)::int AS ids, count(*)::int AS commands FROM commands'
  )
  expect(rows).toEqual([{ ids: 3, commands: 3 }])
}
const goOnAndExpectAll = async (): Promise<void> => {
  expect(await pc.sync()).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
  expect(await pc.names()).toEqual(ALL)
  await expectAllOnce()
  await pc.register('라네온')
  expect(await pc.sync()).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
}

test('the OS vault is lost: the PC can prove itself no more and comes in again with a code, its work with it', async () => {
  await workBeforeTheLoss()
  await pc.service.end()
  pc.service.deviceSecret = null
  pc.service.startAgain()
  expect(await pc.view()).toEqual({ state: 'broken', problem: 'vault_lost', rescuable: 2 })
  await pc.service.get('store.startAfresh', {})
  pc.line = 'open'
  expect(await pc.signIn(office.accounts.first)).toEqual(err({ type: 'EnrolmentNeeded' }))
  expect(await pc.signIn(office.accounts.first, await newCode())).toMatchObject(opened)
  await goOnAndExpectAll()
})

test('another secret in the vault than before is told apart from a wrong password, and costs no work', async () => {
  await workBeforeTheLoss()
  await pc.service.end()
  pc.service.deviceSecret = new Uint8Array(32).fill(7)
  pc.service.startAgain()
  expect(await pc.view()).toEqual({ state: 'broken', problem: 'vault_lost', rescuable: 2 })
  await pc.service.get('store.startAfresh', {})
  pc.line = 'open'
  expect(await pc.signIn(office.accounts.first, await newCode())).toMatchObject(opened)
  await goOnAndExpectAll()
})

test('the password is forgotten: a new one from the administrator opens the same store, with the work in it', async () => {
  await workBeforeTheLoss()
  await pc.lock()
  pc.line = 'open'
  const password = 'Another-day-1!'
  await setPassword(office.centre.centre, { accountId: office.accounts.first.id, districtCode: null, password })
  const { login } = office.accounts.first
  expect(await pc.service.ask('session.signIn', { serverUrl: office.url, login, password })).toMatchObject(opened)
  await goOnAndExpectAll()
  await pc.lock()
  expect(await pc.unlock(office.accounts.first)).toMatchObject({ ok: false, error: { type: 'WrongPassword' } })
})

describe('the lease is over', () => {
  test('and the store is locked: a sign-in online opens it with the work in it', async () => {
    await workBeforeTheLoss()
    await pc.service.end()
    office.pass(8 * DAY_MS)
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.first)).toEqual(err({ type: 'LeaseOver' }))
    pc.line = 'open'
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    await goOnAndExpectAll()
  })

  test('and the store is deleted: the work goes to the centre, and the PC needs no new code', async () => {
    await workBeforeTheLoss()
    await pc.service.end()
    office.pass(15 * DAY_MS)
    pc.service.startAgain()
    expect(await pc.view()).toMatchObject({ state: 'first_run', erased: { unsent: 2, isHandedOver: false } })
    pc.line = 'open'
    await until(async () => {
      const view = await pc.view()
      return view.state === 'first_run' && view.erased?.isHandedOver === true
    })
    await expectAllOnce()
    expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
    await goOnAndExpectAll()
  })
})

test('work that goes to the centre while somebody signs in is counted once, and the new store goes on after it', async () => {
  await workBeforeTheLoss()
  await pc.service.end()
  office.pass(15 * DAY_MS)
  const seen: string[] = []
  const untilSeen = (what: string) => until(async () => seen.includes(what))
  pc.carry = async (url, send) => {
    const isRescue = url.endsWith('/v1/rescue')
    if (isRescue) seen.push('the capsule leaves')
    if (isRescue) await untilSeen('she is let in')
    const response = await send()
    if (isRescue) seen.push('the capsule is there')
    if (!url.endsWith('/v1/sign-in')) return response
    seen.push('she is let in')
    await untilSeen('the capsule is there')
    await new Promise((resolve) => setTimeout(resolve, 100)) // until the PC has heard that too
    return response
  }
  pc.line = 'open'
  pc.service.startAgain()
  await untilSeen('the capsule leaves')
  expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
  await goOnAndExpectAll()
})

test('Windows is installed anew: the capsule from the old data folder is brought in as a file, once or twice', async () => {
  await workBeforeTheLoss()
  await pc.service.end()
  const saved = `${pc.service.dataDir}-stick`
  cpSync(pc.file('rescue.capsule'), saved)
  rmSync(pc.service.dataDir, { recursive: true })
  pc.service.deviceSecret = new Uint8Array(32).fill(9)
  const bring = () =>
    office.admin.call({
      method: 'POST',
      url: '/v1/admin/rescues',
      headers: { 'content-type': 'application/octet-stream' },
      payload: readFileSync(saved)
    })
  const first = (await bring()).json()
  expect(first).toMatchObject({
    rescue: { via: 'file', state: 'applied', commands: 2, applied: 1, alreadyApplied: 1, refused: 0, damaged: 0 }
  })
  expect((await bring()).json()).toEqual(first)
  rmSync(saved)
  await expectAllOnce()
  pc.service.startAgain()
  pc.line = 'open'
  expect(await pc.signIn(office.accounts.first)).toEqual(err({ type: 'EnrolmentNeeded' }))
  expect(await pc.signIn(office.accounts.first, await newCode())).toMatchObject(opened)
  await goOnAndExpectAll()
})

describe('a PC and its id', () => {
  test('enrols with one code, once; colleagues need none, and a lost answer costs no second one', async () => {
    const other = office.pc()
    expect(await other.signIn(office.accounts.first)).toEqual(err({ type: 'EnrolmentNeeded' }))
    expect(await other.signIn(office.accounts.first, 'ABCD-2345')).toEqual(
      err({ type: 'EnrolmentCodeWrong', attemptsLeft: 4 })
    )
    const code = await newCode()
    other.deafTo = '/v1/sign-in'
    expect(await other.signIn(office.accounts.first, code.toLowerCase().replace('-', ' '))).toEqual(
      err({ type: 'CentreUnreachable' })
    )
    other.deafTo = null
    expect(await other.signIn(office.accounts.first)).toMatchObject(opened)
    expect(await other.signIn(office.accounts.second)).toMatchObject(opened)
    const third = office.pc()
    expect(await third.signIn(office.accounts.first, code)).toEqual(
      err({ type: 'EnrolmentCodeWrong', attemptsLeft: 4 })
    )
  })

  test('is of no use on another PC: who copies the folder cannot prove to be it, nor ask for its orders', async () => {
    await workBeforeTheLoss()
    await pc.service.end()
    const thief = office.pc()
    await thief.service.end()
    cpSync(join(pc.service.dataDir), thief.service.dataDir, { recursive: true })
    thief.service.startAgain()
    expect(await thief.view()).toMatchObject({ state: 'broken', problem: 'vault_lost' })
    await thief.service.get('store.startAfresh', {})
    expect(await thief.signIn(office.accounts.first)).toEqual(err({ type: 'EnrolmentNeeded' }))
    expect(await office.appliedNames()).toEqual(['가하나', '나두리'])
    pc.line = 'open'
    pc.service.startAgain()
    expect(await pc.unlock(office.accounts.first)).toMatchObject(opened)
    await goOnAndExpectAll()
  })
})
