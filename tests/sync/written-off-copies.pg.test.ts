import { afterEach, beforeEach, expect, test } from 'vitest'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { executeDueBatches } from '../../server/destruction/execution-job.ts'
import { approvedBatch, testItem } from '../../server/testing/test-batch-commands.ts'
import { keepCase, plainCase } from '../../server/testing/test-cases.ts'
import { DAY_MS, type Office, type OfficePc, openOffice } from './office-with-pcs.ts'

/** An administrator writes a copy off that nobody can prove destroyed any more, from her own window. */

let office: Office
let pc: OfficePc
let batchId: string
beforeEach(async () => {
  office = await openOffice()
  const { centre } = office.centre
  const caseId = await keepCase(centre, plainCase(1))
  batchId = await approvedBatch(office.centre, [testItem(caseId)])
  office.pass(9 * DAY_MS)
  await executeDueBatches(centre, (fault) => expect.fail(String(fault)))
  pc = office.pc()
  expectOk(await pc.signIn(await office.centre.addAccount({ role: 'administrator', districtCode: '11680' })))
})
afterEach(() => office.close())

const writeOff = (line: { place: 'backups' | 'centre' | 'prepared'; ref?: string; reason?: string }) =>
  pc.service.ask('office.writeOffCopy', { batchId, ref: batchId, reason: '분실 신고함', ...line })
const openPlaces = async (): Promise<string[]> =>
  (await pc.service.get('office.openCopies', {})).map(({ place }) => place)

test('she sees what is open and writes off what was lost, with the reason; nobody writes off what is the centre’s own', async () => {
  const before = await openPlaces()
  expect(before).toEqual(expect.arrayContaining(['backups', 'prepared']))
  expect(await writeOff({ place: 'backups' })).toEqual(ok(null))
  expect(await openPlaces()).toEqual(before.filter((place) => place !== 'backups'))
  expect(await writeOff({ place: 'backups' })).toEqual(err({ type: 'NotThere' }))
  expect(await writeOff({ place: 'prepared' })).toEqual(err({ type: 'NotThere' }))
  const { rows } = await office.centre.centre.pool.query(
    "SELECT settled_how, written_off_reason FROM batch_copies WHERE place = 'backups'"
  )
  expect(rows).toEqual([{ settled_how: 'written_off', written_off_reason: '분실 신고함' }])
})

test('without a reason nothing is written off', async () => {
  expect(await writeOff({ place: 'backups', reason: ' 분실 ' })).toMatchObject({ error: { type: 'RequestUnreadable' } })
})
