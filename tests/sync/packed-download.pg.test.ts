import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { PIECES_TYPE } from '#shared/sync-protocol/pull-pieces.ts'
import { caseById } from '../../electron/store/db/case-rows.ts'
import { searchCases } from '../../electron/store/queries/case-search.ts'
import { seedCentre } from '../../server/seed/seed-centre.ts'
import { openSyncFixture, type SyncedDesk, type SyncFixture } from './sync-fixture.ts'

const COUNT = 2500
const make = createCaseGenerator({ seed: 6, districtCodes: ['11680'], today: '2026-11-20', count: COUNT })
const records = Array.from({ length: COUNT }, (_, index) => make(index))

let office: SyncFixture
beforeAll(async () => {
  office = await openSyncFixture({ packedFrom: 500 })
  await seedCentre(office.centre.centre, records)
}, 60_000)
afterAll(() => office.close())

/** Lets so many bytes of each pull through, in turn; then all. */
function cutAfter(lengths: readonly number[]) {
  const left = [...lengths]
  const seen = { packed: 0 }
  const through: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    if (response.headers.get('content-type') !== PIECES_TYPE) return response
    seen.packed += 1
    const most = left.shift()
    if (most === undefined) return response
    const bytes = new Uint8Array(await response.arrayBuffer()).subarray(0, most)
    return new Response(bytes, { headers: { 'content-type': PIECES_TYPE } })
  }
  return { fetch: through, seen }
}

function expectWhole(desk: SyncedDesk, more = 0): void {
  expect(desk.db.pluck('SELECT count(*) FROM cases')).toBe(COUNT + more)
  expect(desk.db.pluck('SELECT cases FROM case_totals')).toBe(COUNT + more)
  for (const record of records.filter((_, index) => index % 50 === 0)) {
    const held = caseById(desk.db, record.case.id)?.record.case
    expect(held).toEqual({ ...record.case, applicationNo: held?.applicationNo })
    const { hits } = searchCases(desk.db, { text: record.case.applicant.phone, limit: 50 })
    expect(hits.map(({ row }) => row.id)).toContain(record.case.id)
  }
  expect(desk.db.raw.pragma('integrity_check', { simple: true })).toBe('ok')
  expect(desk.db.raw.pragma('journal_mode', { simple: true })).toBe('wal')
}

test('a download in packed pages brings every case with its search, and keeps what was made here', async () => {
  const line = cutAfter([])
  const desk = await office.openDesk({ fetch: line.fetch })
  const own = desk.register()
  expect(await desk.sync.syncNow()).toMatchObject({ state: 'current', waiting: 0 })
  expect(line.seen.packed).toBe(1)
  expectWhole(desk, 1)
  expect(desk.shown(own)?.case.applicationNo).toMatch(/^2026-/)
  expect(desk.sync.faults).toEqual([])
}, 60_000)

test('cut anywhere it goes on at the last whole page, and loses and doubles nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(600_000), { maxLength: 4 }), async (lengths) => {
      const line = cutAfter(lengths)
      const desk = await office.openDesk({ fetch: line.fetch })
      for (let round = 0; round <= lengths.length; round += 1) {
        if ((await desk.sync.syncNow()).state === 'current') break
      }
      expect((await desk.sync.syncNow()).state).toBe('current')
      expectWhole(desk, (desk.db.pluck<number>('SELECT cases FROM case_totals') ?? 0) - COUNT)
    }),
    { numRuns: 8 }
  )
}, 120_000)

test('after a page that is none, lines bring everything', async () => {
  const spoilt: string[] = []
  const desk = await office.openDesk({
    fetch: async (input, init) => {
      const response = await fetch(input, init)
      if (response.headers.get('content-type') !== PIECES_TYPE) return response
      const bytes = new Uint8Array(await response.arrayBuffer())
      const secondPiece = 5 + new DataView(bytes.buffer).getUint32(1, true)
      bytes[secondPiece] = 7
      spoilt.push(String(input))
      return new Response(bytes, { headers: { 'content-type': PIECES_TYPE } })
    }
  })
  expect((await desk.sync.syncNow()).state).not.toBe('current')
  expect(desk.db.pluck('SELECT count(*) FROM cases')).toBe(0)
  expect((await desk.sync.syncNow()).state).toBe('current')
  expectWhole(desk, (desk.db.pluck<number>('SELECT cases FROM case_totals') ?? 0) - COUNT)
  expect(spoilt).toHaveLength(1)
}, 60_000)
