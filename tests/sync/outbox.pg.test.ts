import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectOk, ok } from '#shared/foundation/result.ts'
import { META_KEYS, writeMeta } from '../../electron/store/db/meta.ts'
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

test('a store that was set back and gave its numbers out anew is found by the first of them, and its work waits', async () => {
  const caseId = desk.register()
  await desk.sync.syncNow()
  // The store's file is put back from a copy of before: the number is given out once more.
  desk.db.write((tx) => {
    writeMeta(tx, META_KEYS.deviceSeq, 0)
    writeMeta(tx, META_KEYS.acknowledgedSeq, 0)
    return ok(null)
  })
  expectOk(desk.correct(caseId, 'applicant.phone', '01011112222'))
  expectOk(desk.correct(caseId, 'applicant.email', 'new@example.kr'))
  expect(await desk.sync.syncNow()).toMatchObject({ state: 'needs_you', cause: 'store_copied', waiting: 2, refused: 0 })
  expect(items()).toEqual([
    [1, 'waiting', undefined],
    [2, 'waiting', undefined]
  ])
})

test('a number whose command is lost at the PC is given up by itself, and the outbox says so', async () => {
  const [, , last] = [desk.register(), desk.register(), desk.register()]
  desk.db.write((tx) => ok(tx.run('DELETE FROM outbox WHERE device_seq IN (1, 2)')))
  expect(await desk.sync.syncNow()).toMatchObject({ state: 'current', waiting: 0, parked: 1 })
  expect(listOutbox(desk.db)).toMatchObject([{ status: 'parked', parked: 'missing', amount: 2 }])
  await other.sync.syncNow()
  expect(other.shown(last ?? '')?.rev).toBe(1)
  desk.register()
  expect(await desk.sync.syncNow()).toMatchObject({ state: 'current', waiting: 0, parked: 1 })
})

test('a number that the centre had answered is not given up: the centre lacks what it had', async () => {
  desk.register()
  await desk.sync.syncNow()
  desk.register()
  await office.centre.centre.pool.query('UPDATE devices SET last_device_seq = 0')
  // Whether the centre notices by the PC's receipt, or the PC has to say so: the command waits.
  expect(await desk.sync.syncNow()).toMatchObject({ waiting: 1, parked: 0 })
})
