import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { expectOk } from '#shared/foundation/result.ts'
import { moveCaseToDistrict } from '../../server/cases/move-case-to-district.ts'
import { buryCases } from '../../server/destruction/bury-cases.ts'
import { openGate } from '../../server/restore/open-gate.ts'
import { type MovableDesk, openRestoreFixture, type RestoreFixture } from './restore-fixture.ts'

let office: RestoreFixture
let a: MovableDesk
let b: MovableDesk
beforeEach(async () => {
  office = await openRestoreFixture()
  a = await office.openDesk()
  b = await office.openDesk()
})
afterEach(() => office.close())

const CURRENT = { state: 'current', waiting: 0, refused: 0 }
const RESTORING = { state: 'offline', cause: 'restoring' }
const syncInTurn = async (...desks: MovableDesk[]) => {
  for (const desk of desks) expect(await desk.sync.syncNow()).toMatchObject(CURRENT)
}
const openGateByHand = (districtCode = '11680') =>
  openGate(office.centre().centre, { districtCode, by: null, reason: '다른 PC를 기다리지 않음' })
const phoneAt = (desk: MovableDesk, caseId: string) => desk.shown(caseId)?.case.applicant.phone
const outcomesAt = async () =>
  (await office.centre().centre.pool.query('SELECT id, count(*) AS times FROM commands GROUP BY id')).rows

test('what the desks were acknowledged comes back to a centre whose cases were restored from an old backup', async () => {
  const [kept, destroyed] = [a.register(), a.register()]
  await syncInTurn(a, b)
  const backup = await office.backUp()
  const late = b.register()
  expectOk(a.correct(kept, 'applicant.phone', '01011112222'))
  expectOk(b.correct(kept, 'applicant.email', 'new@example.kr'))
  await syncInTurn(a, b, a)
  await buryCases(office.centre().centre, { caseIds: [destroyed], reason: 'destroyed' })
  await syncInTurn(a)
  const before = a.shown(kept)

  await office.restore({ casesUrl: backup.casesUrl })
  expectOk(a.correct(kept, 'applicant.contactPhone', '0255500001'))
  expect(await a.sync.syncNow()).toMatchObject({ ...RESTORING, waiting: 1 })
  expect(a.shown(kept)).toMatchObject({ case: { applicant: { phone: '01011112222', contactPhone: '0255500001' } } })
  await syncInTurn(b, a, b)

  expect(b.shown(kept)).toEqual(a.shown(kept))
  expect(b.shown(kept)).toMatchObject({
    rev: (before?.rev ?? 0) + 1,
    case: { applicant: { phone: '01011112222', email: 'new@example.kr', contactPhone: '0255500001' } }
  })
  expect(a.shown(late)).toEqual(b.shown(late))
  expect([a.shown(destroyed), b.shown(destroyed)]).toEqual([undefined, undefined])
  const times = await outcomesAt()
  expect(times.filter((row) => row.times !== 1)).toEqual([])
  expect(times).toHaveLength(6)
  expect([a.sync.faults, b.sync.faults]).toEqual([[], []])
})

test('a desk whose session was lost with the restore gives back before anybody has signed in again', async () => {
  const caseId = a.register()
  await syncInTurn(a, b)
  const backup = await office.backUp()
  expectOk(a.correct(caseId, 'applicant.phone', '01011112222'))
  await syncInTurn(a)
  const centre = await office.restore(backup)
  await centre.centre.pool.query('DELETE FROM sessions')
  expect(await a.sync.syncNow()).toMatchObject({ state: 'needs_you', cause: 'session' })
  const { rows } = await centre.centre.pool.query('SELECT rev FROM cases WHERE id = $1', [caseId])
  expect(rows).toEqual([{ rev: 2 }])
})

test('an intake whose answer was lost with the old centre is not refused by the case that came back from another desk', async () => {
  await syncInTurn(a, b)
  const backup = await office.backUp()
  const caseId = a.register()
  await a.sync.syncNow()
  await syncInTurn(b)
  // The answer never came: the desk still has it waiting.
  const sent = a.db.get<{ command: string }>('SELECT command FROM sent')
  const [record] = [a.shown(caseId)]
  expect([sent !== undefined, record?.rev]).toEqual([true, 1])
  await office.restore({ casesUrl: backup.casesUrl })
  expect(await b.sync.syncNow()).toMatchObject(RESTORING)
  await syncInTurn(a, b)
  expect(b.shown(caseId)).toEqual(a.shown(caseId))
})

test('a centre of which both databases were set back serves again when all desks have reported', async () => {
  const caseId = a.register()
  await syncInTurn(a, b)
  const backup = await office.backUp()
  expectOk(a.correct(caseId, 'applicant.phone', '01011112222'))
  await syncInTurn(a)
  await office.restore(backup)
  expect(await b.sync.syncNow()).toMatchObject(RESTORING)
  await syncInTurn(a, b)
  expect(phoneAt(b, caseId)).toBe('01011112222')
})

test('a case whose move to another district was lost with the restore comes back to the desks that had let go of it', async () => {
  const [kept, moved] = [a.register(), a.register()]
  await syncInTurn(a, b)
  const backup = await office.backUp()
  expectOk(await moveCaseToDistrict(office.centre().centre, { caseId: moved, dongCode: '1144056500' }))
  await syncInTurn(a)
  expect(a.shown(moved)).toBeUndefined()
  await office.restore(backup)
  expect(await a.sync.syncNow()).toMatchObject(RESTORING)
  await syncInTurn(b, a, b)
  expect(a.shown(moved)).toEqual(b.shown(moved))
  expect([a.shown(kept)?.rev, a.shown(moved)?.rev]).toEqual([1, 1])
})

const movedThere = async (
  there: MovableDesk,
  meanwhile: (caseId: string) => Promise<void> = async () => undefined
): Promise<string> => {
  const caseId = a.register()
  await syncInTurn(a, b, there)
  const backup = await office.backUp()
  expectOk(await moveCaseToDistrict(office.centre().centre, { caseId, dongCode: '1144056500' }))
  await syncInTurn(a, b, there)
  expect([a.shown(caseId), there.shown(caseId)?.rev]).toEqual([undefined, 2])
  await meanwhile(caseId)
  await office.restore({ casesUrl: backup.casesUrl })
  return caseId
}

test('a case whose lost move meets an edit in its old district after the restore is held by one district only', async () => {
  const there = await office.openDesk({ districtCode: '11440' })
  const caseId = await movedThere(there, async (moved) => {
    expectOk(there.correct(moved, 'applicant.email', 'new@example.kr'))
    await syncInTurn(there)
  })
  expect(await a.sync.syncNow()).toMatchObject(RESTORING)
  await syncInTurn(b, a)
  expectOk(a.correct(caseId, 'applicant.phone', '01011112222'))
  await syncInTurn(a)
  expectOk(there.correct(caseId, 'applicant.contactPhone', '0255500001'))
  await there.sync.syncNow()
  await there.sync.syncNow()
  await syncInTurn(there, b, a)
  expect(there.shown(caseId)).toBeUndefined()
  expect([phoneAt(a, caseId), b.shown(caseId)]).toEqual(['01011112222', a.shown(caseId)])
  const { rows } = await office.centre().centre.pool.query('SELECT case_id, from_district FROM handed_over')
  const handedOver = { case_id: caseId, from_district: '11440' }
  expect(rows).toEqual([handedOver, handedOver]) // the edit that was acknowledged before the restore, and the one that waited
})

test.each(['withdrawn', 'destroyed'] as const)(
  'a case that is %s before the district has reported that it had moved to goes from the desks of that one, too',
  async (reason) => {
    const there = await office.openDesk({ districtCode: '11440' })
    const caseId = await movedThere(there)
    await buryCases(office.centre().centre, { caseIds: [caseId], reason })
    await there.sync.syncNow()
    await syncInTurn(there)
    expect(there.shown(caseId)).toBeUndefined()
  }
)

test('a move that a restore lost stands again although a desk of the old district received the case anew before that', async () => {
  const there = await office.openDesk({ districtCode: '11440' })
  const caseId = await movedThere(there)
  await a.sync.syncNow()
  await openGateByHand()
  await syncInTurn(a)
  await b.sync.syncNow()
  await syncInTurn(b)
  expect(b.shown(caseId)?.rev).toBe(1)
  await there.sync.syncNow()
  await syncInTurn(there, a, b)
  expect([a.shown(caseId), b.shown(caseId), there.shown(caseId)?.rev]).toEqual([undefined, undefined, 2])
})

test('a centre that is set back again, before its desks had received from it, is given the same once more', async () => {
  const caseId = b.register()
  await syncInTurn(b, a)
  const [backup, sameBackup] = [await office.backUp(), await office.backUp()]
  expectOk(b.correct(caseId, 'applicant.phone', '01011112222'))
  await syncInTurn(b, a)
  await office.restore(backup)
  expect(await a.sync.syncNow()).toMatchObject(RESTORING)
  const centre = await office.restore(sameBackup)
  expect(await a.sync.syncNow()).toMatchObject(RESTORING)
  const { rows } = await centre.centre.pool.query('SELECT rev FROM cases WHERE id = $1', [caseId])
  expect(rows).toEqual([{ rev: 2 }])
})

test('a desk that was away over two restores gives what the first one lost, although the stream went on beyond it', async () => {
  await syncInTurn(a, b)
  const first = await office.backUp()
  const lost = b.register()
  await syncInTurn(b, a)
  await office.restore({ casesUrl: first.casesUrl })
  await openGateByHand()
  const c = await office.openDesk()
  c.register()
  await syncInTurn(c)
  const second = await office.backUp()
  c.register()
  await syncInTurn(c)
  await office.restore({ casesUrl: second.casesUrl })
  await openGateByHand()
  await a.sync.syncNow()
  await syncInTurn(a, c)
  expect(c.shown(lost)).toEqual(a.shown(lost))
  expect(c.shown(lost)?.case.id).toBe(lost)
})

describe('a case that is another district’s again after the restore leaves the desks that hold it', () => {
  const OTHER = '11440'
  const toGangnam = (caseId: string) =>
    moveCaseToDistrict(office.centre().centre, { caseId, dongCode: '1168064000' }).then(expectOk)
  const toMapo = (caseId: string) =>
    moveCaseToDistrict(office.centre().centre, { caseId, dongCode: '1144066000' }).then(expectOk)
  const openBoth = async () => {
    await openGateByHand()
    await openGateByHand(OTHER)
  }

  test('when it was worked on there before they reported', async () => {
    const mapo = await office.openDesk({ districtCode: OTHER })
    const caseId = mapo.register({ dongCode: '1144066000' })
    await syncInTurn(mapo, a)
    const backup = await office.backUp()
    await toGangnam(caseId)
    await syncInTurn(a, mapo)
    expect([a, mapo].map((desk) => desk.shown(caseId) !== undefined)).toEqual([true, false])
    await office.restore({ casesUrl: backup.casesUrl })
    await openBoth()
    await mapo.sync.syncNow()
    await syncInTurn(mapo)
    expectOk(mapo.correct(caseId, 'applicant.phone', '01011112222'))
    await syncInTurn(mapo)
    await a.sync.syncNow()
    await syncInTurn(a, mapo)
    expect([a, mapo].map((desk) => desk.shown(caseId) !== undefined)).toEqual([false, true])
    expect(phoneAt(mapo, caseId)).toBe('01011112222')
  })

  test('when it had gone back there before they heard of it', async () => {
    const mapo = await office.openDesk({ districtCode: OTHER })
    const caseId = mapo.register({ dongCode: '1144066000' })
    await syncInTurn(mapo, a)
    const backup = await office.backUp()
    await toGangnam(caseId)
    await syncInTurn(a)
    await toMapo(caseId)
    await syncInTurn(mapo)
    await office.restore({ casesUrl: backup.casesUrl })
    await openBoth()
    await mapo.sync.syncNow()
    await syncInTurn(mapo)
    await a.sync.syncNow()
    await syncInTurn(a, mapo)
    expect([a, mapo].map((desk) => desk.shown(caseId) !== undefined)).toEqual([false, true])
  })
})

test('a desk that was away over two restores undoes nothing that was written between them: its own edit is decided again', async () => {
  let isCut = false
  const away = await office.openDesk({
    line: (sound) => (input, init) => (isCut ? Promise.reject(new TypeError('fetch failed')) : sound(input, init))
  })
  const caseId = a.register()
  await syncInTurn(a, b, away)
  const first = await office.backUp()
  expectOk(away.correct(caseId, 'applicant.phone', '01011112222'))
  expectOk(away.correct(caseId, 'applicant.contactPhone', '0255500001'))
  await syncInTurn(away)
  isCut = true
  await office.restore({ casesUrl: first.casesUrl })
  await a.sync.syncNow()
  await b.sync.syncNow()
  await openGateByHand()
  await syncInTurn(a, b)
  expectOk(b.correct(caseId, 'applicant.email', 'new@example.kr'))
  await syncInTurn(b)
  const second = await office.backUp()
  b.register()
  await syncInTurn(b)
  await office.restore({ casesUrl: second.casesUrl })
  isCut = false
  expect(await away.sync.syncNow()).toMatchObject(RESTORING)
  await a.sync.syncNow()
  await syncInTurn(b, a)
  await away.sync.syncNow()
  await syncInTurn(away, b)
  const both = { phone: '01011112222', contactPhone: '0255500001', email: 'new@example.kr' }
  expect(b.shown(caseId)).toMatchObject({ case: { applicant: both } })
  expect(away.shown(caseId)).toEqual(b.shown(caseId))
})
