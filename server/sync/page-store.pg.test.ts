import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { type CasePage, readCasePage, recordOfPacked } from '#shared/store-format/case-page.ts'
import { STORE_FORMAT } from '#shared/store-format/schema.ts'
import { PIECES_TYPE, readPieces } from '#shared/sync-protocol/pull-pieces.ts'
import { buryCases } from '../destruction/bury-cases.ts'
import { seedCentre } from '../seed/seed-centre.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, pull, push } from '../testing/test-commands.ts'
import { createPageStore, type PageStore } from './page-store.ts'

const COUNT = 250
const make = createCaseGenerator({ seed: 4, districtCodes: ['11680'], today: '2026-11-20', count: COUNT })

let ahead = 0
let server: TestCentre
let desk: TestDesk
let made = 0
let pages: PageStore

beforeAll(async () => {
  server = await openTestCentre({ packedFrom: 200, now: () => new Date(Date.now() + ahead).toISOString() })
  await seedCentre(
    server.centre,
    Array.from({ length: COUNT }, (_, index) => make(index))
  )
  desk = await server.signIn(await server.addAccount())
  const { keyRing } = server.centre
  const counted: typeof keyRing = {
    ...keyRing,
    caseKeys: (ids) => {
      made += 1
      return keyRing.caseKeys(ids)
    }
  }
  pages = createPageStore({ ...server.centre, keyRing: counted, pageChanges: 100 })
})
afterAll(async () => {
  await pages.close()
  await server.close()
})

const streamEnd = async (): Promise<number> => {
  const end = (await pull(desk)).at(-1)
  return end?.type === 'end' ? end.cursor : 0
}

/** All pages of the district, and how many of them were made for it. */
async function readAll(): Promise<{ pages: CasePage[]; madeNow: number }> {
  const before = made
  const end = await streamEnd()
  const read: CasePage[] = []
  for (let cursor = 0; cursor < end; ) {
    const found = await pages.page({ districtCode: '11680', cursor, end, generation: 0, encoding: 'zstd' })
    const piece = await found.piece
    const page = piece === null ? null : readCasePage(zstdDecompressSync(piece.bytes))
    if (page !== null) read.push(page)
    cursor = found.cursor
  }
  return { pages: read, madeNow: made - before }
}

const recordsOf = (read: readonly CasePage[]): CaseRecord[] =>
  read.flatMap((page) => [...page.cases()].flatMap((packed) => (packed === null ? [] : recordOfPacked(packed))))
const inLines = async (): Promise<CaseRecord[]> =>
  (await pull(desk)).flatMap((line) => (line.type === 'case' ? [line.record] : []))

test('pages hold what the lines say, and are made once for all who ask', async () => {
  const first = await readAll()
  expect(first.madeNow).toBe(3)
  expect(recordsOf(first.pages)).toEqual(await inLines())
  const second = await readAll()
  expect([recordsOf(second.pages), second.madeNow]).toEqual([recordsOf(first.pages), 0])
  const both = await Promise.all([readAll(), readAll()])
  expect(both.map(({ madeNow }) => madeNow)).toEqual([0, 0])
})

test('a case that changed or is destroyed is in no page that was made before', async () => {
  const outbox = createTestOutbox(desk)
  const register = outbox.register()
  await push(desk, [register])
  const before = await readAll()
  expect(recordsOf(before.pages)).toEqual(await inLines())
  const [first, second] = recordsOf(before.pages)
  await buryCases(server.centre, { caseIds: [first?.case.id ?? '', second?.case.id ?? ''], reason: 'destroyed' })
  const after = await readAll()
  expect(recordsOf(after.pages)).toEqual(await inLines())
  expect(recordsOf(after.pages)).toHaveLength(COUNT - 1)
  expect(after.pages.map(({ others }) => others).join('\n')).toContain(first?.case.id)
  expect(after.madeNow).toBe(2) // the page that they left, and the end of the stream
  expect((await readAll()).madeNow).toBe(0)
})

test('what nobody asked for in a quarter of an hour is made anew', async () => {
  await readAll()
  ahead = 16 * 60_000
  pages.dropOld()
  expect((await readAll()).madeNow).toBeGreaterThan(2)
})

test('little room keeps few pages, and every page still comes', async () => {
  const small = createPageStore({ ...server.centre, pageChanges: 100, mostBytes: 1 })
  const wanted = { districtCode: '11680', cursor: 0, end: await streamEnd(), generation: 0, encoding: 'zstd' } as const
  for (let round = 0; round < 2; round += 1) {
    expect((await (await small.page(wanted)).piece)?.kind).toBe('page')
  }
  await small.close()
})

test.each([
  ['zstd', zstdDecompressSync],
  ['gzip', gunzipSync]
] as const)('a desk with the same tables gets a long pull in pages of %s', async (encoding, unpack) => {
  const ask = (over: string) => desk.call({ method: 'GET', url: `/v1/changes?cursor=0&pages=${encoding}&${over}` })
  const packed = await ask(`format=${STORE_FORMAT}`)
  expect(packed.headers['content-type']).toBe(PIECES_TYPE)
  const lines: string[] = []
  const read: CasePage[] = []
  async function* body() {
    yield packed.rawPayload
  }
  for await (const { kind, bytes } of readPieces(body())) {
    const page = kind === 'page' ? readCasePage(unpack(bytes)) : null
    if (page === null) lines.push(...unpack(bytes).toString().trimEnd().split('\n'))
    else read.push(page)
  }
  expect(recordsOf(read)).toEqual(await inLines())
  expect(lines.map((line) => JSON.parse(line).type)).toEqual(['start', 'end'])
  for (const other of [`format=${STORE_FORMAT + 1}`, `format=${STORE_FORMAT}&limit=100`, 'staff=']) {
    expect((await ask(other)).headers['content-type']).toBe('application/x-ndjson')
  }
})
