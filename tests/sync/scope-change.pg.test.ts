import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectOk } from '#shared/foundation/result.ts'
import { listOutbox } from '../../electron/store/outbox/outbox-view.ts'
import { moveCaseToDistrict } from '../../server/cases/move-case-to-district.ts'
import { until } from './office-with-pcs.ts'
import { openSyncFixture, type SyncFixture } from './sync-fixture.ts'

let office: SyncFixture
beforeEach(async () => {
  office = await openSyncFixture()
})
afterEach(() => office.close())

test('a case that moves leaves the old district’s desks; what they had not sent is handed to the new one', async () => {
  const [old, mapo] = [await office.openDesk(), await office.openDesk({ districtCode: '11440' })]
  const caseId = old.register()
  await old.sync.syncNow()
  expectOk(old.correct(caseId, 'applicant.phone', '01077778888'))
  const other = old.register()
  expectOk(await moveCaseToDistrict(office.centre.centre, { caseId, dongCode: '1144066000' }))

  expect(await old.sync.syncNow()).toMatchObject({ state: 'current', waiting: 0, refused: 0, parked: 1 })
  expect(old.shown(caseId)).toBeUndefined()
  expect(old.shown(other)?.case.applicationNo).toMatch(/^2026/)
  expect(listOutbox(old.db)).toMatchObject([{ status: 'parked', parked: 'scope', caseId }])
  await mapo.sync.syncNow()
  expect(mapo.shown(caseId)).toMatchObject({ case: { districtCode: '11440', assigneeId: null } })
  const { rows } = await office.centre.centre.pool.query('SELECT case_id, from_district, settled_at FROM handed_over')
  expect(rows).toEqual([{ case_id: caseId, from_district: '11680', settled_at: null }])
})

test('a change that is sent in the very moment of the move is handed over too; the case is found by its phone after', async () => {
  const { centre } = office.centre
  const old = await office.openDesk()
  const caseId = old.register()
  await old.sync.syncNow()
  const tagsOf = async () =>
    (await centre.pool.query('SELECT tag, kind FROM blind_indexes WHERE case_id = $1 ORDER BY tag', [caseId])).rows
  const tags = await tagsOf()
  expectOk(old.correct(caseId, 'applicant.email', 'a@b.kr'))
  const isWaiting = (count: number) =>
    until(async () => {
      const { rows } = await centre.pool.query(
        `SELECT count(*)::integer AS count FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
      )
      return rows[0]?.count === count
    })
  const holder = await centre.pool.connect()
  await holder.query('BEGIN')
  await holder.query('SELECT FROM cases WHERE id = $1 FOR UPDATE', [caseId])
  const moving = moveCaseToDistrict(centre, { caseId, dongCode: '1144066000' })
  await isWaiting(1)
  const sending = old.sync.syncNow()
  await isWaiting(2)
  await holder.query('COMMIT')
  holder.release()
  expectOk(await moving)
  expect(await sending).toMatchObject({ waiting: 0, refused: 0, parked: 1 })
  const { rows } = await centre.pool.query('SELECT case_id, from_district FROM handed_over')
  expect(rows).toEqual([{ case_id: caseId, from_district: '11680' }])
  expect(tags.length).toBeGreaterThan(0)
  expect(await tagsOf()).toEqual(tags)
})
