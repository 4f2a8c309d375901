import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectOk, ok } from '#shared/foundation/result.ts'
import { META_KEYS, readMetaNumber, writeMeta } from '../../electron/store/db/meta.ts'
import { correctRefused } from '../../electron/store/outbox/correct-refused.ts'
import { listOutbox } from '../../electron/store/outbox/outbox-view.ts'
import { openSyncFixture, type SyncedDesk, type SyncFixture } from './sync-fixture.ts'

let office: SyncFixture
let desk: SyncedDesk
let other: SyncedDesk
beforeEach(async () => {
  office = await openSyncFixture()
  desk = await office.openDesk()
  other = await office.openDesk()
})
afterEach(() => office.close())

/** Three intakes, the second of which is spoilt as no form would let it be. */
function threeIntakes(spoil: (body: { command: { args: Record<string, unknown> } }) => void): string[] {
  const caseIds = [desk.register(), desk.register(), desk.register()]
  const row = desk.db.get<{ body: string }>('SELECT body FROM outbox WHERE device_seq = 2')
  const body = JSON.parse(row?.body ?? '')
  spoil(body)
  desk.db.write((tx) => ok(tx.run('UPDATE outbox SET body = ? WHERE device_seq = 2', JSON.stringify(body))))
  return caseIds
}
const items = () => listOutbox(desk.db).map(({ deviceSeq, status, refusal }) => [deviceSeq, status, refusal?.type])

test.each([
  ['does not fit its schema', (args: Record<string, unknown>) => Object.assign(args, { service: 'no such' })],
  ['is far too large', (args: Record<string, unknown>) => Object.assign(args, { filler: 'x'.repeat(3_000_000) })],
  ['holds what PostgreSQL has no sign for', (args: Record<string, unknown>) => Object.assign(args, { dongCode: '\0' })]
])('a command in the middle that %s is refused alone, and the rest goes on', async (_what, spoil) => {
  const [first, , last] = threeIntakes(({ command }) => spoil(command.args))
  expect(await desk.sync.syncNow()).toMatchObject({ waiting: 0, refused: 1 })
  expect(items()).toEqual([[2, 'refused', 'CommandUnreadable']])
  await other.sync.syncNow()
  expect([first, last].map((caseId) => other.shown(caseId ?? '')?.rev)).toEqual([1, 1])
})

test('commands of a store that was set back are refused one by one, can be sent anew, and hold nothing up', async () => {
  const caseId = desk.register()
  await desk.sync.syncNow()
  // The store's file is put back from a copy of before: the number is given out once more.
  desk.db.write((tx) => {
    writeMeta(tx, META_KEYS.deviceSeq, 0)
    return ok(null)
  })
  expectOk(desk.correct(caseId, 'applicant.phone', '01011112222'))
  expectOk(desk.correct(caseId, 'applicant.email', 'new@example.kr'))
  await desk.sync.syncNow()
  expect(items()).toEqual([[1, 'refused', 'DeviceSequenceReused']])
  expect(desk.shown(caseId)?.case.applicant.email).toBe('new@example.kr')
  const [item] = listOutbox(desk.db)
  expect(correctRefused(desk.deps, desk.db, item?.commandId ?? '')).toEqual(ok({ screen: 'case', caseId }))
  expectOk(desk.correct(caseId, 'applicant.phone', '01011112222'))
  expect(readMetaNumber(desk.db, META_KEYS.deviceSeq)).toBe(3)
  await desk.sync.syncNow()
  await other.sync.syncNow()
  expect(other.shown(caseId)?.case.applicant).toMatchObject({ phone: '01011112222', email: 'new@example.kr' })
})
