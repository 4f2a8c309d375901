import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectOk, ok } from '#shared/foundation/result.ts'
import { saveDraft } from '../../electron/store/drafts/drafts.ts'
import { listOutbox } from '../../electron/store/outbox/outbox-view.ts'
import { buryCases } from '../../server/destruction/bury-cases.ts'
import { openSyncFixture, type SyncedDesk, type SyncFixture } from './sync-fixture.ts'

let office: SyncFixture
let a: SyncedDesk
let b: SyncedDesk
beforeEach(async () => {
  office = await openSyncFixture()
  a = await office.openDesk()
  b = await office.openDesk()
})
afterEach(() => office.close())

const TABLES = ['cases', 'case_bodies', 'confirmed_cases', 'drafts', 'sent', 'outbox', 'received_cases'] as const
const rowsIn = (desk: SyncedDesk) =>
  Object.fromEntries(TABLES.map((table) => [table, desk.db.pluck<number>(`SELECT count(*) FROM ${table}`)]))
const NOTHING = Object.fromEntries(TABLES.map((table) => [table, 0]))
const sharedCase = async () => {
  const caseId = a.register()
  for (const desk of [a, b]) await desk.sync.syncNow()
  return caseId
}

test.each(['destroyed', 'withdrawn'] as const)('a %s case leaves no trace on a desk but its id', async (reason) => {
  const caseId = await sharedCase()
  const draft = {
    id: '01930000-0000-7000-8000-0000000000aa',
    kind: 'correction' as const,
    caseId,
    title: '강',
    body: {}
  }
  saveDraft(b.deps, b.db, b.actor.id, draft)
  await buryCases(office.centre.centre, { caseIds: [caseId], reason })
  for (const desk of [a, b]) expect(await desk.sync.syncNow()).toMatchObject({ state: 'current' })
  expect([rowsIn(a), rowsIn(b)]).toEqual([NOTHING, NOTHING])
  expect(b.db.all('SELECT reason FROM gone_cases')).toEqual([{ reason }])
})

test('a change that was made offline is kept out, its content erased, and holds up nothing else', async () => {
  const caseId = await sharedCase()
  expectOk(b.correct(caseId, 'applicant.phone', '01077778888'))
  const other = b.register()
  await buryCases(office.centre.centre, { caseIds: [caseId], reason: 'destroyed' })
  expect(await b.sync.syncNow()).toMatchObject({ state: 'current', waiting: 0, refused: 0, parked: 1 })
  expect(b.shown(caseId)).toBeUndefined()
  expect(b.shown(other)?.case.applicationNo).toMatch(/^2026/)
  expect(listOutbox(b.db)).toMatchObject([
    { status: 'parked', parked: 'destroyed', name: 'case.correct', caseId, applicantName: '', applicationNo: '' }
  ])
  const held = b.db.all<{ body: string }>('SELECT command AS body FROM sent').map(({ body }) => body)
  expect(held.filter((body) => body.includes('01077778888'))).toEqual([])
})

test('the rescue capsule lets go of a change whose case is gone, while others still wait', async () => {
  let isCut = false
  const c = await office.openDesk({
    fetch: async (input, init) => {
      if (isCut && String(input).endsWith('/v1/push')) throw new TypeError('the line is cut')
      return fetch(input, init)
    }
  })
  const caseId = await sharedCase()
  await c.sync.syncNow()
  expectOk(c.correct(caseId, 'applicant.phone', '01077778888'))
  c.db.write((tx) => ok(tx.run("UPDATE outbox SET status = 'refused', refusal = '{}'")))
  c.register()
  const waiting = c.rescued().slice(1)
  expect(waiting).toHaveLength(1)
  await buryCases(office.centre.centre, { caseIds: [caseId], reason: 'destroyed' })
  isCut = true
  await c.sync.syncNow() // after a break the pull comes first, and brings word of the burial
  expect(await c.sync.syncNow()).toMatchObject({ state: 'offline', waiting: 1, parked: 1 })
  expect(c.rescued()).toEqual(waiting)
})

test('a desk that was away for longer than any lease does not bring a destroyed case back', async () => {
  const caseId = await sharedCase()
  expectOk(a.correct(caseId, 'applicant.phone', '01077778888'))
  await buryCases(office.centre.centre, { caseIds: [caseId], reason: 'destroyed' })
  await office.centre.centre.pool.query("UPDATE tombstones SET at = at - interval '3 years'")
  await a.sync.syncNow()
  const { rows } = await office.centre.centre.pool.query('SELECT id FROM cases')
  expect([rows, rowsIn(a)]).toEqual([[], NOTHING])
})
