import { existsSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { STORE_FORMAT } from '#shared/store-format/schema.ts'
import type { SnapshotResponse } from '#shared/sync-protocol/snapshot.ts'
import { caseById } from '../../electron/store/db/case-rows.ts'
import { META_KEYS, readMetaNumber } from '../../electron/store/db/meta.ts'
import { openPageCheck } from '../../electron/store/db/page-check.ts'
import { searchCases } from '../../electron/store/queries/case-search.ts'
import { openTestSync } from '../../electron/store/testing/test-desk.ts'
import { seedCentre } from '../../server/seed/seed-centre.ts'
import { findPlaintext } from '../helpers/plaintext.ts'
import { openSyncFixture, type SyncedDesk, type SyncFixture } from './sync-fixture.ts'

const COUNT = 8000
const make = createCaseGenerator({ seed: 2, districtCodes: ['11680'], today: '2026-11-20', count: COUNT })
const records = Array.from({ length: COUNT }, (_, index) => make(index))

let office: SyncFixture
beforeAll(async () => {
  office = await openSyncFixture({ snapshotLimits: { fewest: 1000, most: 10_000 } })
  await seedCentre(office.centre.centre, records)
  const first = await office.centre.signIn(await office.centre.addAccount())
  const payload = { encoding: 'zstd', format: STORE_FORMAT }
  for (;;) {
    const answer: SnapshotResponse = (await first.call({ method: 'POST', url: '/v1/snapshot', payload })).json()
    if (answer.type === 'Ready') break
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}, 60_000)
afterAll(() => office.close())

const isPart = (input: unknown): boolean => String(input).includes('/chunks/')

/** A line that counts the parts, and spoils or cuts those it is told to. */
function createLine(spoil: (nth: number, bytes: Uint8Array) => Uint8Array | null = (_, bytes) => bytes) {
  const line = { parts: 0, pulls: 0 }
  const through: typeof fetch = async (input, init) => {
    if (String(input).includes('/v1/changes')) line.pulls += 1
    const response = await fetch(input, init)
    if (!isPart(input)) return response
    line.parts += 1
    const bytes = spoil(line.parts, new Uint8Array(await response.arrayBuffer()))
    if (bytes === null) throw new TypeError('the line broke')
    return new Response(new Uint8Array(bytes))
  }
  return { ...line, fetch: through, counts: line }
}

function expectWhole(desk: SyncedDesk, more = 0): void {
  expect(desk.db.pluck('SELECT count(*) FROM cases')).toBe(COUNT + more)
  expect(desk.db.pluck('SELECT cases FROM case_totals')).toBe(COUNT + more)
  for (const record of records.slice(0, 50)) {
    expect(caseById(desk.db, record.case.id)?.record.case.applicant).toEqual(record.case.applicant)
  }
  expect(readMetaNumber(desk.db, META_KEYS.cursor)).toBeGreaterThanOrEqual(COUNT)
  expect(desk.db.raw.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(desk.db.raw.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(existsSync(`${desk.file}.incoming`)).toBe(false)
}

describe('a first download by a copy that is made ready', () => {
  test('brings every case, sealed as SQLCipher would, with its search index, and keeps what was made here', async () => {
    const line = createLine()
    const desk = await office.openDesk({ fetch: line.fetch })
    const own = desk.register({ applicant: { ...make(3).case.applicant, name: '독고하늘빛' } as never })
    expect(await desk.sync.syncNow()).toMatchObject({ state: 'current', waiting: 0 })
    expect(line.counts.parts).toBeGreaterThan(1)
    expectWhole(desk, 1)
    expect(desk.shown(own)?.case.applicationNo).toMatch(/^2026-/)
    const name = records[7]?.case.applicant.name ?? ''
    const found = searchCases(desk.db, { text: name, limit: 50 })
    expect(found.searched).toBe(COUNT + 1)
    expect(found.hits.map(({ row }) => row.id)).toContain(records[7]?.case.id)
    expect(searchCases(desk.db, { text: '독고하늘', limit: 5 }).hits.map(({ row }) => row.id)).toEqual([own])
    const check = openPageCheck({ file: desk.file, key: desk.key, monotonicMs: () => performance.now() })
    expect(check.step(60_000)).toBe('sound')
    check.close()
    desk.correct(own, 'applicant.phone', '01011112222')
    await desk.sync.syncNow()
    const other = await office.openDesk()
    await other.sync.syncNow()
    expect(other.shown(own)?.case.applicant.phone).toBe('01011112222')
    expect(findPlaintext(desk.dir, [name, '독고하늘빛'])).toEqual([])
  }, 60_000)

  test('leaves nothing readable on the disk while it comes', async () => {
    const line = createLine((nth, bytes) => (nth === 2 ? null : bytes))
    const desk = await office.openDesk({ fetch: line.fetch })
    await desk.sync.syncNow()
    expect(existsSync(`${desk.file}.incoming`)).toBe(true)
    expect(
      findPlaintext(
        desk.dir,
        records.slice(0, 30).map(({ case: { applicant } }) => applicant.registrationNo)
      )
    ).toEqual([])
  }, 60_000)

  test('goes on at the part where the line broke, over restarts too, and loses and doubles nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 4 }), async (cuts) => {
        let sinceCut = 0
        const left = [...cuts]
        const line = createLine((_, bytes) => {
          sinceCut += 1
          if (left[0] === undefined || sinceCut < left[0]) return bytes
          left.shift()
          sinceCut = 0
          return null
        })
        const desk = await office.openDesk({ fetch: line.fetch })
        let sync = desk.sync
        for (let round = 0; round <= cuts.length; round += 1) {
          const status = await sync.syncNow()
          if (status.state === 'current') break
          await sync.stop()
          sync = openTestSync(desk, {
            serverUrl: office.url,
            token: () => desk.token,
            fetch: line.fetch
          })
        }
        expect((await sync.syncNow()).state).toBe('current')
        await sync.stop()
        expectWhole(desk, desk.db.pluck<number>('SELECT cases FROM case_totals') === COUNT ? 0 : 1)
      }),
      { numRuns: 8 }
    )
  }, 120_000)

  test('is left for the stream on a line so slow that nothing could be used for long', async () => {
    let seconds = 0
    const line = createLine((_, bytes) => {
      seconds += 15
      return bytes
    })
    const monotonicMs = (): number => performance.now() + seconds * 1000
    const desk = await office.openDesk({ fetch: line.fetch, monotonicMs })
    expect(await desk.sync.syncNow()).toMatchObject({ state: 'current' })
    // The window hears of each page that has come; of a store that was replaced it hears once.
    expect(desk.sync.changedCases.length).toBeGreaterThanOrEqual(COUNT / 1000)
    expectWhole(desk, (desk.db.pluck<number>('SELECT cases FROM case_totals') ?? 0) - COUNT)
  }, 60_000)

  test('is refused when a part is not what the centre made: the stream brings everything', async () => {
    for (const spoil of [
      (bytes: Uint8Array) => bytes.map((byte, at) => (at === 100 ? byte ^ 1 : byte)),
      (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1),
      () => new Uint8Array()
    ]) {
      const line = createLine((nth, bytes) => (nth === 2 ? spoil(bytes) : bytes))
      const desk = await office.openDesk({ fetch: line.fetch })
      expect(await desk.sync.syncNow()).toMatchObject({ state: 'current' })
      expectWhole(desk, (desk.db.pluck<number>('SELECT cases FROM case_totals') ?? 0) - COUNT)
    }
  }, 60_000)
})
