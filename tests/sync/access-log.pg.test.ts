import { afterEach, describe, expect, test } from 'vitest'
import { ok } from '#shared/foundation/result.ts'
import { MAX_LINES_A_LOG } from '#shared/sync-protocol/access-log.ts'
import { recordAct } from '../../electron/store/access-log/access-log.ts'
import type { TestDesk } from '../../electron/store/testing/test-desk.ts'
import type { TestCentre } from '../../server/testing/test-centre.ts'
import { openOffice, until } from './office-with-pcs.ts'
import { openRestoreFixture } from './restore-fixture.ts'
import { openSyncFixture, type SyncedDesk } from './sync-fixture.ts'

/** What a PC logged comes to the centre line by line, also what the centre lost, and before the PC is wiped. */
const closing: Array<() => Promise<void>> = []
afterEach(async () => {
  for (const close of closing.splice(0)) await close()
})
function open<T extends { close(): Promise<void> }>(fixture: T): T {
  closing.push(() => fixture.close())
  return fixture
}

const here = (desk: TestDesk): string[] =>
  desk.db.all<{ body: string }>('SELECT body FROM access_log ORDER BY no').map(({ body }) => body)
const linesAt = async ({ centre }: TestCentre, deviceId: string) =>
  (
    await centre.pool.query<{ body: string; act: string; marks: string[] }>(
      'SELECT body, act, marks FROM access_lines WHERE device_id = $1 ORDER BY id',
      [deviceId]
    )
  ).rows
const bodiesAt = async (centre: TestCentre, deviceId: string): Promise<string[]> =>
  (await linesAt(centre, deviceId)).map(({ body }) => body)
const marksAt = async (centre: TestCentre, deviceId: string): Promise<string[]> =>
  (await linesAt(centre, deviceId)).flatMap(({ marks }) => marks)
const look = (desk: TestDesk, times = 1): void => {
  desk.db.write((tx) => {
    for (let i = 0; i < times; i += 1) recordAct(tx, desk.deps, { act: 'view', caseIds: [] })
    return ok(null)
  })
}

describe('a PC with a line to the centre', () => {
  test('sends what was logged beside its commands, and what was only looked at', async () => {
    const office = open(await openSyncFixture())
    const desk = await office.openDesk()
    desk.register()
    await desk.sync.syncNow()
    look(desk)
    await desk.sync.syncNow()
    expect(await bodiesAt(office.centre, desk.deps.deviceId)).toEqual(here(desk))
    expect(here(desk)).toHaveLength(2)
  })

  test('sends a long log in several requests, after a long time without a line', async () => {
    const office = open(await openSyncFixture())
    const desk = await office.openDesk()
    look(desk, MAX_LINES_A_LOG + 5)
    expect(await desk.sync.syncNow()).toMatchObject({ state: 'current' })
    expect(await bodiesAt(office.centre, desk.deps.deviceId)).toEqual(here(desk))
  })

  test('goes on where the centre has it when the answer was lost', async () => {
    const office = open(await openSyncFixture())
    let isDeaf = true
    const desk: SyncedDesk = await office.openDesk({
      fetch: async (input, init) => {
        const response = await fetch(input, init)
        if (!isDeaf || !String(input).includes('/v1/access-log')) return response
        isDeaf = false
        throw new TypeError('the answer is lost')
      }
    })
    look(desk, 3)
    expect(await desk.sync.syncNow()).toMatchObject({ state: 'offline' })
    look(desk)
    expect(await desk.sync.syncNow()).toMatchObject({ state: 'current' })
    expect(await bodiesAt(office.centre, desk.deps.deviceId)).toEqual(here(desk))
    expect(await marksAt(office.centre, desk.deps.deviceId)).toEqual([])
  })

  test('whose newest lines were cut off shows it with its next one', async () => {
    const office = open(await openSyncFixture())
    const desk = await office.openDesk()
    look(desk, 4)
    await desk.sync.syncNow()
    desk.db.write((tx) => {
      const last = desk.db.pluck<Uint8Array>('SELECT hash FROM access_log WHERE no = 2') ?? new Uint8Array()
      tx.run('DELETE FROM access_log WHERE no > 2')
      tx.run("UPDATE meta SET value = ? WHERE key = 'access_log.head'", `2:${Buffer.from(last).toString('hex')}`)
      recordAct(tx, desk.deps, { act: 'list', caseIds: [] })
      return ok(null)
    })
    await desk.sync.syncNow()
    expect((await linesAt(office.centre, desk.deps.deviceId)).map(({ act, marks }) => [act, marks])).toEqual([
      ['view', []],
      ['view', []],
      ['view', []],
      ['view', []],
      ['list', ['fork']]
    ])
  })
})

test('a centre that was set back gets again what it lost of the log', async () => {
  const fixture = open(await openRestoreFixture())
  const desk = await fixture.openDesk()
  look(desk, 3)
  await desk.sync.syncNow()
  const backup = await fixture.backUp()
  look(desk, 5)
  desk.register()
  await desk.sync.syncNow()
  const centre = await fixture.restore({ casesUrl: backup.casesUrl })
  expect(await bodiesAt(centre, desk.deps.deviceId)).toHaveLength(3)
  await desk.sync.syncNow()
  await desk.sync.syncNow()
  expect(await bodiesAt(centre, desk.deps.deviceId)).toEqual(here(desk))
  expect(await marksAt(centre, desk.deps.deviceId)).toEqual([])
})

test.each(['wipe', 'revoke'] as const)(
  'what was logged last comes before an order is carried out: %s',
  async (order) => {
    const office = open(await openOffice())
    const pc = office.pc()
    await pc.signIn(office.accounts.first)
    const caseId = await pc.register('가하나')
    await pc.sync()
    await pc.service.get('case.open', { caseId })
    const deviceId = pc.deviceId()
    await (order === 'wipe' ? office.orderWipe(pc) : office.revoke(pc))
    await pc.sync()
    await until(async () => (await linesAt(office.centre, deviceId)).at(-1)?.act === 'lock')
    const acts = (await linesAt(office.centre, deviceId)).map(({ act }) => act)
    expect(acts.filter((act) => act !== 'list')).toEqual(['sign_in', 'register', 'view', 'lock'])
    expect(await marksAt(office.centre, deviceId)).toEqual([])
  }
)
