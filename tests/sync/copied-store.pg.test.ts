import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { err } from '#shared/foundation/result.ts'
import { issueCode } from '../../server/accounts/enrolment-codes.ts'
import { type Office, type OfficePc, openOffice, until } from './office-with-pcs.ts'

/** A store that was set back or copied begins anew under another id; what was saved on it is at the centre once. */
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
const copied = { state: 'needs_you', cause: 'store_copied' }
const current = { state: 'current', waiting: 0, refused: 0, parked: 0 }

const storeOf = ({ service }: OfficePc): string => join(service.dataDir, 'stores')
const keepCopy = async (): Promise<string> => {
  await pc.service.end()
  const copy = join(pc.service.dataDir, '..', 'copy')
  cpSync(storeOf(pc), copy, { recursive: true })
  pc.service.startAgain()
  await pc.unlock(office.accounts.first)
  return copy
}
const setBackTo = async (copy: string): Promise<void> => {
  await pc.service.end()
  rmSync(storeOf(pc), { recursive: true })
  cpSync(copy, storeOf(pc), { recursive: true })
  pc.service.startAgain()
}
/** The file alone, without what lies beside it. */
const setFileBackTo = async (copy: string): Promise<void> => {
  await pc.service.end()
  for (const name of ['store.db-wal', 'store.db-shm']) rmSync(join(storeOf(pc), '11680', name), { force: true })
  cpSync(join(copy, '11680', 'store.db'), join(storeOf(pc), '11680', 'store.db'))
  pc.service.startAgain()
}
const correctPhone = (at: OfficePc, caseId: string, value: string, rev: number) => {
  const changes = [{ field: 'applicant.phone' as const, value }]
  const intent = { name: 'case.correct' as const, args: { changes, reason: '' } }
  return at.service.get('command.run', { caseId, base: { 'applicant.phone': rev }, draftId: null, intent })
}
const phoneRev = async (at: OfficePc, caseId: string): Promise<number> =>
  (await at.service.get('case.open', { caseId })).fieldRevs['applicant.phone'] ?? 1
const beginAnew = async (at: OfficePc): Promise<void> => {
  expect(await at.service.get('store.startAfresh', {})).toEqual({ state: 'first_run', erased: null })
  at.line = 'open'
  expect(await at.signIn(office.accounts.first)).toEqual(err({ type: 'EnrolmentNeeded' }))
  expect(await at.signIn(office.accounts.first, await newCode())).toMatchObject(opened)
}
const expectAtCentreOnce = async (names: readonly string[]): Promise<void> => {
  expect((await office.appliedNames()).sort()).toEqual(names)
  const { rows } = await office.centre.centre.pool.query(
    `SELECT count(*)::int AS intakes, count(*) FILTER (WHERE outcome->>'type' = 'Refused')::int AS refused
     FROM commands WHERE name = 'case.register'`
  )
  expect(rows).toEqual([{ intakes: names.length, refused: 0 }])
}

test('a store that was set back, with new work on it, begins anew under another id with all of that work', async () => {
  await pc.register('가하나')
  await pc.sync()
  await pc.signIn(office.accounts.second)
  const copy = await keepCopy()
  await pc.register('나두리')
  await pc.register('다세찬')
  const last = await pc.register('라네온')
  await correctPhone(pc, last, '01022220001', await phoneRev(pc, last))
  await pc.register('마다솜')
  expect(await pc.sync()).toMatchObject(current)
  await setBackTo(copy)

  pc.line = 'cut'
  await pc.unlock(office.accounts.second) // who does not sign in under the new id
  await pc.register('바로한')
  await pc.lock()
  await pc.unlock(office.accounts.first)
  const caseId = await pc.register('사나래')
  await correctPhone(pc, caseId, '01011110001', await phoneRev(pc, caseId))
  await correctPhone(pc, caseId, '01011110002', await phoneRev(pc, caseId))
  const id = pc.deviceId()
  pc.line = 'open'
  expect(await pc.sync()).toMatchObject({ ...copied, waiting: 4 })
  await pc.register('아라온')
  await pc.register('자람') // as many numbers as the centre knows, and one more: it still sends nothing
  expect(await pc.sync()).toMatchObject({ ...copied, waiting: 6 })

  await beginAnew(pc)
  expect(pc.deviceId()).not.toBe(id)
  expect(await pc.sync()).toMatchObject(current)
  const all = ['가하나', '나두리', '다세찬', '라네온', '마다솜', '바로한', '사나래', '아라온', '자람']
  expect(await pc.names()).toEqual(all)
  await expectAtCentreOnce(all)
  const view = await pc.service.get('case.open', { caseId })
  expect([view.fieldRevs['applicant.phone'], view.conflicts]).toEqual([3, []])
  await pc.register('차오름')
  expect(await pc.sync()).toMatchObject(current)
  await pc.service.restart()
  expect(await pc.signIn(office.accounts.first)).toMatchObject(opened)
  expect(await pc.sync()).toMatchObject(current)
  await expectAtCentreOnce([...all, '차오름'])
})

test('of two PCs with the same files, both at work, one begins anew: both go on, and what both have is done once', async () => {
  const shared = await pc.register('가하나')
  await pc.sync()
  pc.line = 'cut'
  await pc.register('나두리')
  await correctPhone(pc, shared, '01011110001', await phoneRev(pc, shared))
  await pc.service.end()
  const twin = office.pc()
  await twin.service.end()
  cpSync(pc.service.dataDir, twin.service.dataDir, { recursive: true })
  twin.service.deviceSecret = pc.service.deviceSecret
  for (const one of [pc, twin]) {
    one.service.startAgain()
    one.line = 'cut'
    await one.unlock(office.accounts.first)
  }
  await pc.register('다세찬')
  await pc.register('라네온')
  await twin.register('마다솜')
  pc.line = 'open'
  expect(await pc.sync()).toMatchObject(current)
  twin.line = 'open'
  expect(await twin.sync()).toMatchObject({ ...copied, waiting: 3 })

  await beginAnew(twin)
  expect(twin.deviceId()).not.toBe(pc.deviceId())
  for (const one of [twin, pc, twin]) expect(await one.sync()).toMatchObject(current)
  const all = ['가하나', '나두리', '다세찬', '라네온', '마다솜']
  await expectAtCentreOnce(all)
  for (const one of [pc, twin]) {
    expect(await one.names()).toEqual(all)
    expect(await phoneRev(one, shared)).toBe(2)
  }
  await pc.register('바로한')
  await twin.register('사나래')
  for (const one of [pc, twin]) expect(await one.sync()).toMatchObject(current)
  await expectAtCentreOnce([...all, '바로한', '사나래'])
})

test('what was found is known after a restart without a line, and the way out is still there', async () => {
  const copy = await keepCopy()
  await pc.register('가하나')
  await pc.register('나두리')
  await pc.sync()
  await setBackTo(copy)
  await pc.unlock(office.accounts.first)
  await pc.register('다세찬')
  expect(await pc.sync()).toMatchObject(copied)
  pc.line = 'cut'
  await pc.service.restart()
  await pc.unlock(office.accounts.first)
  expect(await pc.service.get('sync.status', {})).toMatchObject({ ...copied, waiting: 1 })
  expect(await pc.sync()).toMatchObject({ ...copied, waiting: 1 })
  await beginAnew(pc)
  expect(await pc.sync()).toMatchObject(current)
  await expectAtCentreOnce(['가하나', '나두리', '다세찬'])
})

test('a store that nothing was found about stays where it is', async () => {
  await pc.register('가하나')
  expect(await pc.sync()).toMatchObject(current)
  expect(await pc.service.get('store.startAfresh', {})).toMatchObject({ state: 'unlocked' })
  expect(await pc.sync()).toMatchObject(current)
})

test('a store that was set back and made as many commands as the centre knows more of is found by its numbers', async () => {
  const copy = await keepCopy()
  await pc.register('가하나')
  await pc.register('나두리')
  expect(await pc.sync()).toMatchObject(current)
  await setBackTo(copy)
  pc.line = 'cut'
  await pc.unlock(office.accounts.first)
  await pc.register('다세찬')
  await pc.register('라네온')
  await pc.register('마다솜')
  pc.line = 'open'
  expect(await pc.sync()).toMatchObject({ ...copied, waiting: 3, refused: 0 })
  await beginAnew(pc)
  expect(await pc.sync()).toMatchObject(current)
  await expectAtCentreOnce(['가하나', '나두리', '다세찬', '라네온', '마다솜'])
})

test('the capsule of a store that was set back and is wiped counts whole, and takes no number that another command has', async () => {
  const copy = await keepCopy()
  await pc.register('가하나')
  await pc.register('나두리')
  expect(await pc.sync()).toMatchObject(current)
  await setBackTo(copy)
  pc.line = 'cut'
  await pc.unlock(office.accounts.first)
  const caseId = await pc.register('다세찬')
  await correctPhone(pc, caseId, '01011110001', await phoneRev(pc, caseId))
  await pc.register('라네온')
  await office.orderWipe(pc)
  pc.line = 'open'
  await pc.sync()
  await until(async () => (await office.device(pc))?.state === 'wiped')
  await expectAtCentreOnce(['가하나', '나두리', '다세찬', '라네온'])
  const { rescues } = (await office.admin.call({ method: 'GET', url: '/v1/admin/rescues' })).json()
  expect(rescues).toMatchObject([{ state: 'applied', commands: 3, applied: 3, refused: 0 }])
  const { rows } = await office.centre.centre.pool.query('SELECT device_seq FROM commands ORDER BY device_seq')
  expect(rows.map(({ device_seq }) => device_seq)).toEqual([1, 2, 3, null, null])
})

test('a file that lost its newest transactions is given them again by the capsule, at the next unlock', async () => {
  await pc.register('가하나')
  await pc.sync()
  const copy = await keepCopy()
  pc.line = 'cut'
  const caseId = await pc.register('나두리')
  await correctPhone(pc, caseId, '01011110001', await phoneRev(pc, caseId))
  await setFileBackTo(copy)
  await pc.unlock(office.accounts.first)
  expect(await pc.service.get('case.open', { caseId })).toMatchObject({ case: { applicant: { phone: '01011110001' } } })
  pc.line = 'open'
  await until(async () => (await pc.sync()).state === 'current')
  await expectAtCentreOnce(['가하나', '나두리'])
})
