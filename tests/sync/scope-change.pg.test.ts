import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectOk } from '#shared/foundation/result.ts'
import { listOutbox } from '../../electron/store/outbox/outbox-view.ts'
import { moveCaseToDistrict } from '../../server/cases/move-case-to-district.ts'
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
