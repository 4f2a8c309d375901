import { gunzipSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { caseRecordSchema } from '#shared/domain/case/case.ts'
import { createCaseGenerator } from '#shared/domain/demo/case-generator.ts'
import { pullLineSchema } from '#shared/sync-protocol/pull.ts'
import { seedCentre } from '../seed/seed-centre.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, pull, push } from '../testing/test-commands.ts'
import { changeStream } from './change-stream.ts'

const COUNT = 2_500
const caseAt = createCaseGenerator({ seed: 7, districtCodes: ['11680'], today: '2026-11-23', count: COUNT })
const records = Array.from({ length: COUNT }, (_, index) => caseAt(index))

let server: TestCentre
let desk: TestDesk

beforeAll(async () => {
  server = await openTestCentre()
  expect(await seedCentre(server.centre, records)).toBe(COUNT)
  desk = await server.signIn(await server.addAccount())
})
afterAll(() => server.close())

const idsOf = (lines: Awaited<ReturnType<typeof pull>>) =>
  lines.flatMap((line) => (line.type === 'case' ? [line.record.case.id] : []))

test('a first download brings every case of the district, each line in the shape of the protocol', async () => {
  const lines = await pull(desk)
  expect(lines.filter((line) => !pullLineSchema.safeParse(line).success)).toEqual([])
  expect(lines[0]).toMatchObject({ type: 'start', centreId: desk.centreId, total: COUNT })
  expect(lines.at(-1)).toMatchObject({ type: 'end', cursor: COUNT })
  const pulled = lines.flatMap((line) => (line.type === 'case' ? [line] : []))
  expect(pulled.map(({ seq }) => seq)).toEqual(Array.from({ length: COUNT }, (_, index) => index + 1))
  expect(pulled.map(({ record }) => caseRecordSchema.parse(record))).toEqual(
    records.map((record, index) => ({
      ...record,
      case: { ...record.case, applicationNo: pulled[index]?.record.case.applicationNo }
    }))
  )
})

test.each([
  ['zstd', (body: Buffer) => zstdDecompressSync(body)],
  ['gzip', (body: Buffer) => gunzipSync(body)]
])('a desk that takes %s gets it, a tenth as long', async (encoding, unpack) => {
  const packed = await desk.call({
    method: 'GET',
    url: '/v1/changes?cursor=0',
    headers: { 'accept-encoding': encoding }
  })
  const plain = await desk.call({ method: 'GET', url: '/v1/changes?cursor=0' })
  expect(packed.headers['content-encoding']).toBe(encoding)
  expect(packed.headers['content-type']).toBe('application/x-ndjson')
  const withoutTime = (text: string) => text.replace(/"serverTime":"[^"]+"/, '')
  expect(withoutTime(unpack(packed.rawPayload).toString())).toBe(withoutTime(plain.body))
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 5)
})

test('a cursor brings only what came after it, and at the end of the stream nothing', async () => {
  expect(idsOf(await pull(desk, COUNT - 2))).toEqual(records.slice(-2).map((record) => record.case.id))
  const rest = await pull(desk, COUNT)
  expect(rest).toEqual([
    { type: 'start', centreId: desk.centreId, total: 0, generation: 0, deviceSeq: 0 },
    { type: 'end', cursor: COUNT, serverTime: expect.any(String), receipt: expect.any(String) }
  ])
})

test('a desk that is ahead of the stream is told where it ends: this centre was set back', async () => {
  expect(await pull(desk, COUNT + 20)).toMatchObject([
    { type: 'start', total: 0 },
    { type: 'end', cursor: COUNT }
  ])
})

test('a desk that asks for parts gets all of them, part after part', async () => {
  const ids: string[] = []
  let cursor = 0
  for (let part = 0; part < 4; part += 1) {
    const response = await desk.call({ method: 'GET', url: `/v1/changes?cursor=${cursor}&limit=700` })
    const lines = response.body
      .trimEnd()
      .split('\n')
      .map((line) => pullLineSchema.parse(JSON.parse(line)))
    expect(lines[0]).toMatchObject({ total: Math.min(700, COUNT - cursor) })
    ids.push(...idsOf(lines))
    const end = lines.at(-1)
    cursor = end?.type === 'end' ? end.cursor : -1
  }
  expect(cursor).toBe(COUNT)
  expect(ids).toEqual(records.map((record) => record.case.id))
})

test('a case that changes while a download runs comes with the next pull, at its newest state', async () => {
  const range = { districtCode: '11680', deviceId: desk.deviceId, cursor: 0, limit: 1_000_000 }
  const pages = changeStream({ ...server.centre, pageSize: 500 }, range)
  const seen: Buffer[] = []
  let changed = ''
  for await (const page of pages) {
    seen.push(Buffer.from(page))
    if (seen.length !== 2) continue
    const writer = await server.signIn(await server.addAccount())
    const register = createTestOutbox(writer).register()
    changed = register.caseId
    await push(writer, [register])
  }
  const lines = Buffer.concat(seen).toString().trimEnd().split('\n')
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'end', cursor: COUNT })
  expect(idsOf(await pull(desk, COUNT))).toEqual([changed])
})

test('another district and a made-up parameter see nothing of it', async () => {
  const elsewhere = await server.signIn(await server.addAccount({ districtCode: '11440' }))
  const response = await elsewhere.call({ method: 'GET', url: '/v1/changes?cursor=0&districtCode=11680' })
  expect(JSON.parse(response.body.split('\n')[0] ?? '')).toEqual({
    ...{ type: 'start', centreId: desk.centreId, total: 0 },
    ...{ generation: 0, deviceSeq: 0 }
  })
})
