import { afterEach, beforeEach, expect, test } from 'vitest'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import { expectOk } from '#shared/foundation/result.ts'
import type { GiveBackLine, GiveBackResponse } from '#shared/sync-protocol/give-back.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import { RECEIPT_HEADER } from '#shared/sync-protocol/receipt.ts'
import { copyDatabase, openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, pull, pulledCases, push, type TestOutbox } from '../testing/test-commands.ts'
import { readStand } from './gate.ts'
import { receiveGiveBack } from './give-back.ts'
import { openGate } from './open-gate.ts'

const opened: TestCentre[] = []
let before: TestCentre
let desk: TestDesk
let outbox: TestOutbox
let caseId: string
beforeEach(async () => {
  before = await openTestCentre()
  opened.push(before)
  desk = await before.signIn(await before.addAccount())
  outbox = createTestOutbox(desk)
  const intake = outbox.register()
  caseId = intake.caseId
  await push(desk, [intake])
})
afterEach(async () => {
  for (const centre of opened.splice(0)) await centre.close()
})

const phone = (value: string) => [{ field: 'applicant.phone' as const, value }]
const PLACE = { districtCode: '11680' }

/** A centre whose cases were set back to `casesUrl`. */
async function restored(casesUrl: string): Promise<TestCentre> {
  await before.centre.flushWitness()
  const centre = await openTestCentre({
    databaseUrl: casesUrl,
    keysDatabaseUrl: await copyDatabase(before.keysDatabaseUrl)
  })
  opened.push(centre)
  return centre
}
async function recordOf(from: TestDesk): Promise<{ record: CaseRecord; receipt: string }> {
  const lines = await pull(from)
  const [line] = lines.flatMap((one) => (one.type === 'case' && one.record.case.id === caseId ? [one] : []))
  const end = lines.at(-1)
  if (line === undefined || end?.type !== 'end') throw new Error('the case is not in the stream')
  return { record: line.record, receipt: end.receipt }
}
const forged = ({ case: subject, ...record }: CaseRecord): CaseRecord => ({
  ...record,
  case: { ...subject, applicant: { ...subject.applicant, phone: '01066666666' } },
  rev: record.rev + 10
})
async function give(centre: TestCentre, headers: Record<string, string>, lines: readonly GiveBackLine[]) {
  const response = await centre.call({
    method: 'POST',
    url: '/v1/give-back',
    payload: lines.map((line) => `${JSON.stringify(line)}\n`).join(''),
    headers: { ...headers, 'content-type': 'application/x-ndjson' }
  })
  return { status: response.statusCode, body: response.json() as GiveBackResponse }
}
const generationOf = async ({ centre }: TestCentre): Promise<number> =>
  (await readStand(centre.pool, { ...PLACE, deviceId: desk.deviceId })).generation
const session = ({ token }: TestDesk = desk) => ({ authorization: `Bearer ${token}` })
const attack = (generation: number, record: CaseRecord): GiveBackLine[] => [
  { type: 'from', generation, cursor: 1, deviceSeq: 1 },
  { type: 'case', record: forged(record) },
  { type: 'gone', caseId, reason: 'destroyed' },
  { type: 'end' }
]
const as = (centre: TestCentre, who = desk): TestDesk => ({
  ...who,
  call: (options) => centre.call({ ...options, headers: { ...session(who), ...options.headers } })
})
const phoneAt = async (centre: TestCentre): Promise<string | undefined> =>
  (await pulledCases(as(centre))).get(caseId)?.applicant.phone
const NOTHING = { commands: 0, cases: 0, tombstones: 0 }

test('a centre that lost nothing takes nothing: a case is changed by commands alone', async () => {
  const { record } = await recordOf(desk)
  const answer = await give(before, session(), attack(0, record))
  expect(answer).toEqual({
    status: 400,
    body: { error: { type: 'RequestInvalid', where: ['body/line/1/generation'] } }
  })
  expect(await phoneAt(before)).toBe(record.case.applicant.phone)
})

test('a PC that has given back is heard no more, and one that came in afterwards never lost anything', async () => {
  const casesUrl = await copyDatabase(before.databaseUrl)
  await push(desk, [outbox.correct(caseId, phone('01011112222'))])
  const { record, receipt } = await recordOf(desk)
  const centre = await restored(casesUrl)
  const generation = await generationOf(centre)
  const whole: GiveBackLine[] = [
    { type: 'from', generation, cursor: 2, deviceSeq: 2 },
    { type: 'case', record },
    { type: 'end' }
  ]
  expect((await give(centre, session(), whole)).body).toMatchObject({ cases: 1 })
  const again = await give(centre, { ...session(), [RECEIPT_HEADER]: receipt }, attack(generation, record))
  expect(again).toEqual({ status: 200, body: { generation, cursor: 1, ...NOTHING } })
  const newcomer = await centre.signIn(await centre.addAccount())
  expect((await give(centre, session(newcomer), attack(generation, record))).body).toMatchObject(NOTHING)
  expect(await phoneAt(centre)).toBe('01011112222')
})

test('a PC that came in anew after the backup goes on after the numbers that it remembers, and is heard in nothing else', async () => {
  const centre = await restored(await copyDatabase(before.databaseUrl))
  const generation = await generationOf(centre)
  await openGate(centre.centre, { ...PLACE, by: null, reason: '나머지 PC는 폐기됨' })
  const newcomer = await centre.signIn(await centre.addAccount())
  const lines: GiveBackLine[] = [
    { type: 'from', generation, cursor: 0, deviceSeq: 3 },
    { type: 'gone', caseId, reason: 'destroyed' },
    { type: 'end' }
  ]
  expect((await give(centre, session(newcomer), lines)).body).toMatchObject(NOTHING)
  const [start] = await pull(newcomer)
  expect(start).toMatchObject({ type: 'start', deviceSeq: 3 })
  expect((await pulledCases(as(centre, newcomer))).has(caseId)).toBe(true)
})

test('of two PCs with the same files the one that was acknowledged more is heard after the other, and once', async () => {
  const backup = await copyDatabase(before.databaseUrl)
  const command = outbox.correct(caseId, phone('01022223333'))
  const [outcome] = await push(desk, [command])
  const { record, receipt } = await recordOf(desk)
  const centre = await restored(backup)
  const generation = await generationOf(centre)
  await give(centre, session(), [{ type: 'from', generation, cursor: 1, deviceSeq: 1 }, { type: 'end' }])
  expect(await phoneAt(centre)).not.toBe('01022223333')
  const proved = { ...session(), [RECEIPT_HEADER]: receipt }
  const own: GiveBackLine[] = [
    { type: 'from', generation, cursor: 2, deviceSeq: 1 },
    { type: 'sent', command, outcome: outcome as PushOutcome },
    { type: 'case', record: forged(record) },
    { type: 'gone', caseId, reason: 'destroyed' },
    { type: 'end' }
  ]
  // The first has opened the gate: what the second knows of cases is not taken as it is any more.
  expect((await give(centre, proved, own)).body).toMatchObject({ commands: 1, cases: 0, tombstones: 0 })
  expect(await phoneAt(centre)).toBe('01022223333')
  expect((await give(centre, proved, attack(generation, record))).body).toMatchObject(NOTHING)
})

test.each(['open', 'shut'] as const)(
  'of two PCs with the same files the one that was acknowledged no more gives its commands, and they alone, by a gate that is %s',
  async (gate) => {
    if (gate === 'shut') await before.signIn(await before.addAccount()) // is waited for
    const backup = await copyDatabase(before.databaseUrl)
    const command = outbox.correct(caseId, phone('01022223333'))
    const [outcome] = await push(desk, [command])
    const { record, receipt } = await recordOf(desk)
    const centre = await restored(backup)
    const generation = await generationOf(centre)
    // The other one had learned at a sign-in how far the numbers go.
    await give(centre, session(), [{ type: 'from', generation, cursor: 1, deviceSeq: 2 }, { type: 'end' }])
    const proved = { ...session(), [RECEIPT_HEADER]: receipt }
    const asked = await centre.call({ method: 'GET', url: '/v1/restore', headers: proved })
    expect(asked.json()).toMatchObject({ deviceSeq: 0 }) // which of them it has, it cannot tell
    const own: GiveBackLine[] = [
      { type: 'from', generation, cursor: 2, deviceSeq: 2 },
      { type: 'sent', command, outcome: outcome as PushOutcome },
      { type: 'case', record: forged(record) },
      { type: 'gone', caseId, reason: 'destroyed' },
      { type: 'end' }
    ]
    expect((await give(centre, proved, own)).body).toMatchObject({ commands: 1, cases: 0, tombstones: 0 })
    expect((await give(centre, proved, own)).body).toMatchObject(NOTHING)
    await openGate(centre.centre, { ...PLACE, by: null, reason: '나머지 PC는 폐기됨' })
    expect(await phoneAt(centre)).toBe('01022223333')
  }
)

test('a command that comes back after another one had got its number stands in the history without one', async () => {
  const backup = await copyDatabase(before.databaseUrl)
  const command = outbox.correct(caseId, phone('01022223333'))
  const [outcome] = await push(desk, [command])
  const { receipt } = await recordOf(desk)
  const centre = await restored(backup)
  const generation = await generationOf(centre)
  await give(centre, session(), [{ type: 'from', generation, cursor: 1, deviceSeq: 1 }, { type: 'end' }])
  const email = [{ field: 'applicant.email' as const, value: 'second@example.kr' }]
  const other = createTestOutbox(desk, 1).correct(caseId, email)
  await push(as(centre), [other])
  await give(centre, { ...session(), [RECEIPT_HEADER]: receipt }, [
    { type: 'from', generation, cursor: 2, deviceSeq: 2 },
    { type: 'sent', command, outcome: outcome as PushOutcome },
    { type: 'end' }
  ])
  const { rows } = await centre.centre.pool.query('SELECT id, device_seq FROM commands WHERE name = $1 ORDER BY id', [
    'case.correct'
  ])
  expect(rows).toEqual([
    { id: command.id, device_seq: null },
    { id: other.id, device_seq: 2 }
  ])
  const subject = (await pulledCases(as(centre))).get(caseId)
  expect(subject?.applicant).toMatchObject({ phone: '01022223333', email: 'second@example.kr' })
})

test('what speaks of another restore, or of revisions that no centre gave, is refused', async () => {
  const casesUrl = await copyDatabase(before.databaseUrl)
  await push(desk, [outbox.correct(caseId, phone('01011112222'))])
  const { record } = await recordOf(desk)
  const centre = await restored(casesUrl)
  const generation = await generationOf(centre)
  const from: GiveBackLine = { type: 'from', generation, cursor: 2, deviceSeq: 2 }
  const outcome: PushOutcome = { type: 'Applied', commandId: outbox.register().id, rev: 2 ** 40, seq: 9 }
  const answers = [
    await give(centre, session(), attack(generation - 1, record)),
    await give(centre, session(), [from, { type: 'case', record: { ...record, rev: 2 ** 40 } }]),
    await give(centre, session(), [from, { type: 'case', record: { ...record, rev: 0 } }]),
    await give(centre, session(), [from, { type: 'case', record: { ...record, fieldRevs: { state: 9 } } }]),
    await give(centre, session(), [from, { type: 'sent', command: outbox.register(), outcome }])
  ]
  expect(
    answers.map(({ status, body }) => [status, (body as unknown as { error: { where: string[] } }).error.where])
  ).toEqual([[400, ['body/line/1/generation']], ...Array.from({ length: 4 }, () => [400, ['body/line/2']])])
})

test('an offer of a revision that no centre gave is refused', async () => {
  const payload = { cases: [{ id: caseId, rev: 2 ** 40 }] }
  const answer = await desk.call({ method: 'POST', url: '/v1/give-back/offer', payload })
  expect([answer.statusCode, answer.json()]).toEqual([
    400,
    { error: { type: 'RequestInvalid', where: ['body/cases/0/rev'] } }
  ])
})

test('a gate that opens while a PC still gives back costs neither what is written then nor what is given after', async () => {
  const casesUrl = await copyDatabase(before.databaseUrl)
  const commands = [
    outbox.correct(caseId, phone('01011112222')),
    outbox.correct(caseId, [{ field: 'applicant.email', value: 'lost@example.kr' }])
  ]
  const outcomes = await push(desk, commands)
  const { record } = await recordOf(desk)
  const centre = await restored(casesUrl)
  const generation = await generationOf(centre)
  const colleague = await centre.signIn(await centre.addAccount())
  const lineOf = (line: GiveBackLine): Buffer[] => [Buffer.from(JSON.stringify(line))]
  async function* slowly(): AsyncGenerator<Buffer[]> {
    yield lineOf({ type: 'from', generation, cursor: 3, deviceSeq: 3 })
    await openGate(centre.centre, { ...PLACE, by: null, reason: '나머지 PC는 폐기됨' })
    await push(colleague, [createTestOutbox(colleague).correct(caseId, phone('01099998888'))])
    for (const [index, command] of commands.entries()) {
      yield lineOf({ type: 'sent', command, outcome: outcomes[index] as PushOutcome })
    }
    yield lineOf({ type: 'case', record })
    yield lineOf({ type: 'end' })
  }
  const giver = { ...PLACE, deviceId: desk.deviceId, claimedGeneration: null, claimedSeq: 0 }
  expectOk(await receiveGiveBack(centre.centre, giver, slowly()))
  const subject = (await pulledCases(colleague)).get(caseId)
  expect(subject?.applicant).toMatchObject({ phone: '01099998888', email: 'lost@example.kr' })
  expect(subject?.conflicts.map(({ field, mine }) => [field, mine.value])).toEqual([['applicant.phone', '01011112222']])
})
