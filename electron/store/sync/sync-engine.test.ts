import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'
import { META_KEYS, readMetaNumber } from '../db/meta.ts'
import { listOutbox } from '../outbox/outbox-view.ts'
import { type ScriptedCentre, startScriptedCentre } from '../testing/scripted-centre.ts'
import { openTestDesk, openTestSync, type TestDesk, type TestSync } from '../testing/test-desk.ts'
import { LONGEST_MS } from './back-off.ts'

let centre: ScriptedCentre
let desk: TestDesk
let sync: TestSync
beforeEach(async () => {
  centre = await startScriptedCentre()
  desk = openTestDesk()
  sync = openTestSync(desk, { serverUrl: centre.url })
})
afterEach(async () => {
  await sync.stop()
  await centre.pause()
  desk.close()
})

const madeUp = createCaseGenerator({ seed: 5, districtCodes: ['11680'], today: '2026-11-20', count: 6000 })
const held = () => desk.db.pluck<number>('SELECT count(*) FROM cases')
const cursor = () => readMetaNumber(desk.db, META_KEYS.cursor)
const ringNext = () => {
  const alarm = sync.alarms.at(-1)
  alarm?.ring()
  return alarm?.ms ?? 0
}

describe('receiving', () => {
  test('takes everything in, goes on from there, and takes out what left the district', async () => {
    const [a, b] = [madeUp(1), madeUp(2)]
    centre.add(a)
    centre.add(b)
    expect(await sync.syncNow()).toMatchObject({ state: 'current', lastReceivedAt: '2026-11-23T02:00:00.000Z' })
    expect(desk.shown(a.case.id)).toEqual(a)
    centre.changes.push({ type: 'gone', seq: 3, caseId: a.case.id, reason: 'scope' })
    await sync.syncNow()
    expect(desk.shown(a.case.id)).toBeUndefined()
    expect(desk.shown(b.case.id)).toEqual(b)
    expect(cursor()).toBe(3)
  })

  test('keeps what came before the line broke, and asks for the rest the next time', async () => {
    for (let index = 0; index < 600; index += 1) centre.add(madeUp(index))
    centre.cutAfterLines = 401
    expect(await sync.syncNow()).toMatchObject({ state: 'offline' })
    const kept = held() ?? 0
    expect(kept).toBeGreaterThan(0)
    expect([cursor(), kept > 400]).toEqual([kept, false])
    centre.cutAfterLines = null
    expect(await sync.syncNow()).toMatchObject({ state: 'current' })
    expect([held(), cursor()]).toEqual([600, 600])
  })

  test('takes a first download in by large chunks, and still finds each case afterwards', async () => {
    for (let index = 0; index < 5300; index += 1) centre.add(madeUp(index))
    expect(await sync.syncNow()).toMatchObject({ state: 'current' })
    expect([held(), cursor()]).toEqual([5300, 5300])
    expect(desk.shown(madeUp(77).case.id)).toEqual(madeUp(77))
    expect(sync.told.filter(({ state }) => state === 'receiving')).toContainEqual(
      expect.objectContaining({
        state: 'receiving',
        of: 5300,
        firstDownload: expect.objectContaining({ isPaused: false })
      })
    )
    centre.changes.push({ type: 'case', seq: 5301, record: { ...madeUp(77), rev: 2 } })
    await sync.syncNow()
    expect([held(), desk.shown(madeUp(77).case.id)?.rev]).toEqual([5300, 2])
  }, 60_000)

  test('stops when a person stops the first download, over a restart too, and goes on where it was', async () => {
    for (let index = 0; index < 600; index += 1) centre.add(madeUp(index))
    centre.cutAfterLines = 301
    await sync.syncNow()
    expect(await sync.pauseDownload()).toMatchObject({ state: 'offline' })
    centre.cutAfterLines = null
    const kept = held() ?? 0
    const of = kept > 0 ? 600 : expect.any(Number) // a line may break before the centre has said how many come
    desk.register()
    expect(await sync.syncNow()).toMatchObject({
      state: 'receiving',
      done: kept + 1,
      of,
      firstDownload: { isPaused: true, perSecond: null, secondsLeft: null },
      waiting: 0
    })
    await sync.stop()
    sync = openTestSync(desk, { serverUrl: centre.url })
    expect(sync.status()).toMatchObject({ state: 'receiving', of, firstDownload: { isPaused: true } })
    expect(await sync.syncNow()).toMatchObject({ state: 'receiving', firstDownload: { isPaused: true } })
    expect(held()).toBe(kept + 1)
    expect(sync.resumeDownload()).toMatchObject({ state: 'receiving' })
    expect(await sync.syncNow()).toMatchObject({ state: 'current' })
    expect(held()).toBe(601)
    expect(await sync.pauseDownload()).toMatchObject({ state: 'current' })
  })

  test('keeps the fields of a newer centre and passes over kinds of lines that it does not know', async () => {
    const newer = { ...madeUp(1), urgency: 'high' } as CaseRecord
    centre.add(newer)
    centre.extraLines = ['{"type":"notice","text":"new"}']
    expect(await sync.syncNow()).toMatchObject({ state: 'current' })
    expect(desk.shown(newer.case.id)).toEqual(newer)
  })

  test('stops before a record that it cannot read, and says that this program is too old', async () => {
    centre.add(madeUp(1))
    centre.add({ ...madeUp(2), case: { ...madeUp(2).case, state: 'teleported' as never } })
    centre.add(madeUp(3))
    expect(await sync.syncNow()).toMatchObject({ state: 'needs_you', cause: 'protocol' })
    expect([held(), cursor()]).toEqual([1, 1])
  })

  test('takes nothing from another centre and sends it nothing', async () => {
    await sync.syncNow()
    await centre.pause()
    await sync.syncNow()
    await centre.resume()
    centre.centreId = '01930000-0000-7000-8000-0000000000ff'
    centre.add(madeUp(1))
    desk.register()
    expect(await sync.syncNow()).toMatchObject({ state: 'needs_you', cause: 'other_centre', waiting: 1 })
    expect([centre.pushed, cursor()]).toEqual([[], 0])
  })
})

describe('a centre that was set back', () => {
  test('is not taken for up to date: it lacks changes that this PC has', async () => {
    centre.add(madeUp(1))
    centre.add(madeUp(2))
    await sync.syncNow()
    centre.changes.pop()
    desk.register()
    await centre.pause()
    await sync.syncNow()
    await centre.resume()
    expect(await sync.syncNow()).toMatchObject({ state: 'needs_you', cause: 'other_centre', waiting: 1 })
    expect([centre.pushed, cursor(), held()]).toEqual([[], 2, 3])
  })
})

describe('sending', () => {
  test('shows no flicker: what was acknowledged stays as it is until the centre’s own record comes', async () => {
    const caseId = desk.register()
    desk.correct(caseId, 'applicant.phone', '01011112222')
    centre.outcomeOf = ({ id, deviceSeq }) => ({ type: 'Applied', commandId: id, rev: deviceSeq, seq: deviceSeq })
    await sync.syncNow()
    expect(desk.shown(caseId)).toMatchObject({
      rev: 2,
      fieldRevs: { 'applicant.phone': 2 },
      case: { applicant: { phone: '01011112222' } }
    })
    expect(listOutbox(desk.db)).toEqual([])
  })

  test('goes in the order of its making, however much it is, and each answer is written', async () => {
    const member = { name: '가'.repeat(60), registrationNo: null, birthDate: '1990-01-01', relation: 'other' as const }
    for (let n = 0; n < 230; n += 1) desk.register({ household: Array.from({ length: 20 }, () => member) })
    await sync.syncNow()
    const seqs = centre.pushed.flatMap((commands) => commands.map(({ deviceSeq }) => deviceSeq))
    expect(seqs).toEqual(Array.from({ length: 230 }, (_, index) => index + 1))
    expect(listOutbox(desk.db)).toEqual([])
    expect(sync.told.filter(({ state }) => state === 'sending')).toContainEqual(
      expect.objectContaining({ state: 'sending', done: 200, of: 230 })
    )
  }, 30_000)

  test('keeps what was answered before the answer broke off, and sends the rest again', async () => {
    for (let n = 0; n < 3; n += 1) desk.register()
    centre.pushEnd = null
    expect(await sync.syncNow()).toMatchObject({ state: 'offline', waiting: 0 })
    desk.register()
    centre.pushEnd = { type: 'stopped', error: { type: 'TooManyRequests', retryAfterSeconds: 8 } }
    centre.outcomeOf = ({ id }) => ({ type: 'Applied', commandId: id, rev: 1, seq: 1 })
    expect(await sync.syncNow()).toMatchObject({ state: 'offline', waiting: 0 })
    expect(sync.alarms.at(-1)?.ms).toBe(9000)
    centre.pushEnd = { type: 'end' }
    expect(await sync.syncNow()).toMatchObject({ state: 'current' })
    expect(centre.pushed.map((commands) => commands.map(({ deviceSeq }) => deviceSeq))).toEqual([[1, 2, 3], [4]])
  })

  test('is not stopped by a refusal, and a refused intake leaves the list but not the outbox', async () => {
    const [refused, taken] = [desk.register(), desk.register()]
    centre.outcomeOf = ({ id, deviceSeq }) =>
      deviceSeq === 1
        ? { type: 'Refused', commandId: id, refusal: { type: 'RoleNotAllowed' } }
        : { type: 'Applied', commandId: id, rev: 1, seq: 1 }
    expect(await sync.syncNow()).toMatchObject({ state: 'needs_you', cause: 'refused', waiting: 0, refused: 1 })
    expect([desk.shown(refused), desk.shown(taken)?.case.id]).toEqual([undefined, taken])
    expect(listOutbox(desk.db)).toMatchObject([{ caseId: refused, applicantName: '강소미', status: 'refused' }])
  })

  test('a change made on top of a refused one says what its author had truly seen of the case', async () => {
    const caseId = desk.register()
    desk.correct(caseId, 'applicant.phone', '01011112222')
    desk.correct(caseId, 'applicant.phone', '01033334444')
    centre.outcomeOf = ({ id, deviceSeq }) =>
      deviceSeq === 2
        ? { type: 'Refused', commandId: id, refusal: { type: 'RoleNotAllowed' } }
        : { type: 'Applied', commandId: id, rev: 1, seq: 1 }
    await sync.syncNow()
    const bases = centre.pushed.map((commands) => commands.map(({ base }) => base))
    expect(bases).toEqual([[{}, {}], [{ 'applicant.phone': 1 }]])
  })

  test('does not go round in circles when the answer is about something else', async () => {
    desk.register()
    centre.outcomeOf = () => ({ type: 'Applied', commandId: centre.centreId, rev: 1, seq: 1 })
    expect(await sync.syncNow()).toMatchObject({ state: 'offline', waiting: 1 })
    expect(centre.pushed).toHaveLength(1)
  })
})

describe('the line', () => {
  test('is offline since the first failure, is tried again ever less often, and is found again at once when asked', async () => {
    await sync.syncNow()
    await centre.pause()
    desk.register()
    expect(await sync.syncNow()).toMatchObject({ state: 'offline', since: '2026-11-23T02:00:00.000Z', waiting: 1 })
    const waits: number[] = []
    for (let n = 0; n < 8; n += 1) {
      waits.push(ringNext())
      await sync.syncNow()
    }
    expect(waits).toEqual([...waits].sort((a, b) => a - b))
    expect(waits[0]).toBeLessThan(1000)
    expect(Math.max(...waits)).toBeLessThanOrEqual(LONGEST_MS)
    expect(sync.told.filter(({ state }) => state === 'offline')).toHaveLength(1)
    await centre.resume()
    expect(await sync.syncNow()).toMatchObject({ state: 'current', waiting: 0 })
  })

  test('is tried for whoever asks while a try over the dead line is still under way', async () => {
    let breakLine: () => void = () => undefined
    const dead = new Promise<never>((_, reject) => {
      breakLine = () => reject(new TypeError('the line is dead'))
    })
    const lines: Array<typeof fetch> = [() => dead, () => dead] // for a copy, and for the stream
    sync = openTestSync(desk, { serverUrl: centre.url, fetch: (...asked) => (lines.shift() ?? fetch)(...asked) })
    sync.start()
    const asked = sync.syncNow()
    breakLine()
    expect(await asked).toMatchObject({ state: 'current' })
  })

  test('hears a poke, and asks at once when it breaks', async () => {
    sync.start()
    await vi.waitFor(() => expect(centre.listeners()).toBe(1))
    centre.add(madeUp(1))
    centre.poke(1)
    await vi.waitFor(() => expect(held()).toBe(1))
    const asked = centre.requests.length
    centre.poke(1)
    await centre.pause()
    await vi.waitFor(() => expect(sync.alarms.at(-1)?.ms).toBeLessThan(1000))
    expect(centre.requests).toHaveLength(asked)
    ringNext()
    await vi.waitFor(() => expect(sync.status().state).toBe('offline'))
  })

  test.each<[ApiError, number, string]>([
    [{ type: 'SessionInvalid' }, 401, 'session'],
    [{ type: 'DeviceRevoked' }, 403, 'device_revoked'],
    [{ type: 'ProtocolMismatch', server: 2, desk: 1 }, 426, 'protocol'],
    [{ type: 'DeviceSequenceGap', expected: 1 }, 409, 'other_centre']
  ])('needs a person when the centre says %j', async (error, status, cause) => {
    desk.register()
    centre.error = { status, error }
    expect(await sync.syncNow()).toMatchObject({ state: 'needs_you', cause, waiting: 1 })
    centre.error = null
    expect(await sync.syncNow()).toMatchObject({ state: 'current', waiting: 0 })
  })

  test('renews its lease at a centre that comes back from a backup, and at no other that has no time for it', async () => {
    centre.error = { status: 503, error: { type: 'NotReady' } }
    expect([await sync.syncNow(), sync.met]).toMatchObject([{ state: 'offline' }, []])
    centre.error = { status: 503, error: { type: 'CentreRestoring' } }
    expect([await sync.syncNow(), sync.met]).toMatchObject([{ state: 'offline', cause: 'restoring' }, [true]])
  })

  test.each<[ApiError, number, number]>([
    [{ type: 'TooManyRequests', retryAfterSeconds: 8 }, 429, 9000],
    [{ type: 'NotReady' }, 503, 375],
    [{ type: 'ServerFault', requestId: 'r' }, 500, 375]
  ])('is offline for a while when the centre says %j', async (error, status, wait) => {
    centre.error = { status, error }
    expect(await sync.syncNow()).toMatchObject({ state: 'offline' })
    expect(sync.alarms.at(-1)?.ms).toBe(wait)
  })

  test('needs a person when nobody’s session is there to send with', async () => {
    await sync.stop()
    sync = openTestSync(desk, { serverUrl: centre.url, token: () => null })
    expect(await sync.syncNow()).toMatchObject({ state: 'needs_you', cause: 'session' })
    expect(centre.requests).toEqual([])
  })

  test('writes nothing any more once it is stopped', async () => {
    for (let index = 0; index < 600; index += 1) centre.add(madeUp(index))
    const asked = sync.syncNow()
    await sync.stop()
    const kept = held()
    await asked
    expect(held()).toBe(kept)
    expect(sync.alarms).toEqual([])
    expect(sync.faults).toEqual([])
  })
})
