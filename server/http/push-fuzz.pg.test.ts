import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { apiErrorSchema } from '#shared/sync-protocol/api-error.ts'
import { pushAnswerLineSchema } from '#shared/sync-protocol/push.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, pushBody } from '../testing/test-commands.ts'

/** MNK_SEED plays another run; a failing one prints its seed. */
const SEED = Number(process.env.MNK_SEED ?? 20_261_123)
const RUNS = 150

let server: TestCentre
let desk: TestDesk
beforeAll(async () => {
  server = await openTestCentre()
  desk = await server.signIn(await server.addAccount())
})
afterAll(() => server.close())

/** What happens to bytes on their way, or in the hands of somebody who tries things. */
type Harm = (body: Buffer) => Buffer
const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true })
const harm: fc.Arbitrary<Harm> = fc.oneof(
  place.map(
    (at): Harm =>
      (body) =>
        body.subarray(0, Math.floor(at * body.length))
  ),
  fc.tuple(place, fc.uint8Array({ minLength: 1, maxLength: 20 })).map(
    ([at, bytes]): Harm =>
      (body) => {
        const cut = Math.floor(at * body.length)
        return Buffer.concat([body.subarray(0, cut), bytes, body.subarray(cut)])
      }
  ),
  fc.tuple(place, fc.integer({ min: 0, max: 255 })).map(
    ([at, value]): Harm =>
      (body) => {
        const harmed = Buffer.from(body)
        if (harmed.length > 0) harmed[Math.floor(at * harmed.length)] = value
        return harmed
      }
  ),
  fc.tuple(place, place).map(
    ([at, to]): Harm =>
      (body) => {
        const [from, end] = [Math.floor(Math.min(at, to) * body.length), Math.floor(Math.max(at, to) * body.length)]
        return Buffer.concat([body.subarray(0, end), body.subarray(from)])
      }
  )
)

const WRAPS = { plain: (body: Buffer) => body, gzip: (body: Buffer) => gzipSync(body), zstd: zstdCompressSync } as const

/** Values of any kind where a command has something else. */
const twisted = fc.record(
  {
    id: fc.oneof(fc.uuid(), fc.anything()),
    caseId: fc.oneof(fc.uuid(), fc.anything()),
    deviceSeq: fc.oneof(fc.integer(), fc.double(), fc.anything()),
    base: fc.oneof(fc.dictionary(fc.string(), fc.integer()), fc.anything()),
    issuedAt: fc.oneof(fc.string(), fc.anything()),
    name: fc.oneof(fc.constantFrom('case.register', 'case.correct', 'case.move', 'toString'), fc.anything()),
    args: fc.anything()
  },
  { requiredKeys: [] }
)

async function expectTyped(payload: Buffer, wrap: keyof typeof WRAPS): Promise<void> {
  const headers = {
    'content-type': 'application/x-ndjson',
    ...(wrap !== 'plain' && { 'content-encoding': wrap })
  }
  const response = await desk.call({ method: 'POST', url: '/v1/push', payload, headers })
  expect(response.statusCode).toBeLessThan(500)
  if (response.statusCode !== 200) apiErrorSchema.parse(response.json())
  else for (const line of response.body.trimEnd().split('\n')) pushAnswerLineSchema.parse(JSON.parse(line))
}

/** Every command the centre has of this PC stands under a number of its own, without a gap. */
async function expectWholeSequence(): Promise<void> {
  const { rows } = await server.centre.pool.query<{ applied: number; last: number }>(
    `SELECT count(*) AS applied,
       (SELECT last_device_seq FROM devices WHERE id = $1) AS last
     FROM commands WHERE device_id = $1`,
    [desk.deviceId]
  )
  expect(rows[0]?.applied).toBe(rows[0]?.last)
}

const nextOutbox = async () => {
  const { rows } = await server.centre.pool.query<{ last: number }>(
    'SELECT last_device_seq AS last FROM devices WHERE id = $1',
    [desk.deviceId]
  )
  return createTestOutbox(desk, rows[0]?.last ?? 0)
}

test(`whatever happens to the bytes of a push, the answer is typed and the sequence whole (seed ${SEED})`, async () => {
  const property = fc.asyncProperty(
    fc.array(harm, { minLength: 1, maxLength: 4 }),
    fc.constantFrom('plain', 'gzip', 'zstd' as const),
    fc.boolean(),
    async (harms, wrap, isHarmedInside) => {
      const outbox = await nextOutbox()
      const body = Buffer.from(pushBody(desk.deviceId, [outbox.register(), outbox.register(), outbox.register()]))
      const harmed = (bytes: Buffer) => harms.reduce((before, apply) => apply(before), bytes)
      const payload = isHarmedInside ? WRAPS[wrap](harmed(body)) : harmed(WRAPS[wrap](body))
      await expectTyped(payload, wrap)
    }
  )
  await fc.assert(property, { seed: SEED, numRuns: RUNS })
  await expectWholeSequence()
}, 120_000)

test(`whatever stands in a command, the answer is typed and the sequence whole (seed ${SEED})`, async () => {
  const property = fc.asyncProperty(fc.array(twisted, { minLength: 1, maxLength: 5 }), async (twists) => {
    const outbox = await nextOutbox()
    const commands = twists.map((twist) => ({ ...outbox.register(), ...twist }))
    await expectTyped(Buffer.from(pushBody(desk.deviceId, commands)), 'plain')
  })
  await fc.assert(property, { seed: SEED, numRuns: RUNS })
  await expectWholeSequence()
}, 120_000)
