import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Command } from '#shared/commands/command.ts'
import type { Account } from '#shared/domain/account/account.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import {
  answerLines,
  createTestOutbox,
  pull,
  pulledCases,
  push,
  pushRequest,
  type TestOutbox
} from '../testing/test-commands.ts'

let server: TestCentre
let account: Account
let desk: TestDesk
let outbox: TestOutbox

beforeAll(async () => {
  server = await openTestCentre()
  account = await server.addAccount()
})
afterAll(() => server.close())
beforeEach(async () => {
  desk = await server.signIn(account)
  outbox = createTestOutbox(desk)
})

const types = (outcomes: readonly PushOutcome[]) =>
  outcomes.map((outcome) => (outcome.type === 'Refused' ? outcome.refusal.type : outcome.type))
const seqOf = (outcome: PushOutcome | undefined): number => {
  if (outcome === undefined || !('seq' in outcome)) throw new Error('not applied')
  return outcome.seq
}
const lastSeqOfDevice = async () => {
  const { rows } = await server.centre.pool.query<{ last_device_seq: number }>(
    'SELECT last_device_seq FROM devices WHERE id = $1',
    [desk.deviceId]
  )
  return rows[0]?.last_device_seq
}

test('an application taken in at a desk is numbered by the centre and comes to another desk of the district', async () => {
  const register = outbox.register()
  const [outcome] = await push(desk, [register])
  expect(outcome).toEqual({ type: 'Applied', commandId: register.id, rev: 1, seq: seqOf(outcome) })
  const colleague = await server.signIn(await server.addAccount())
  expect((await pulledCases(colleague)).get(register.caseId)).toMatchObject({
    ...register.args,
    consents: sampleIntake().consents.map((answer) => ({ ...answer, handler: account.id })),
    applicationNo: expect.stringMatching(/^2026-11-\d{4}$/),
    districtCode: '11680',
    state: 'received',
    assigneeId: account.id
  })
})

test('an intake and its corrections in one push are applied one on the other', async () => {
  const register = outbox.register()
  const outcomes = await push(desk, [
    register,
    outbox.correct(register.caseId, [{ field: 'applicant.phone', value: '01022223333' }]),
    outbox.move(register.caseId, 'investigating')
  ])
  const first = seqOf(outcomes[0])
  expect(outcomes).toEqual([
    { type: 'Applied', commandId: register.id, rev: 1, seq: first },
    { type: 'Applied', commandId: outcomes[1]?.commandId, rev: 2, seq: first + 1 },
    { type: 'Applied', commandId: outcomes[2]?.commandId, rev: 3, seq: first + 2 }
  ])
  const line = (await pull(desk)).find((one) => one.type === 'case' && one.record.case.id === register.caseId)
  expect(line).toMatchObject({
    seq: first + 2,
    record: {
      rev: 3,
      fieldRevs: { 'applicant.phone': 2, state: 3 },
      case: { state: 'investigating', applicant: { ...register.args.applicant, phone: '01022223333' } }
    }
  })
})

test('a push that comes again does nothing again and says what was done', async () => {
  const commands = [outbox.register(), outbox.move(newUuid(), 'investigating')]
  const first = await push(desk, commands)
  expect(types(first)).toEqual(['Applied', 'CaseNotFound'])
  const again = await push(desk, commands)
  expect(again).toEqual([{ ...first[0], type: 'AlreadyApplied' }, first[1]])
})

test('the same push twice at the same moment is applied once', async () => {
  const commands = Array.from({ length: 20 }, () => outbox.register())
  const pushes = await Promise.all([push(desk, commands), push(desk, commands), push(desk, commands)])
  expect(types(pushes.flat()).filter((type) => type === 'Applied')).toHaveLength(20)
  expect(types(pushes.flat()).filter((type) => type === 'AlreadyApplied')).toHaveLength(40)
  const seqs = pushes.map((outcomes) => outcomes.map(seqOf))
  expect(seqs[1]).toEqual(seqs[0])
  expect(seqs[2]).toEqual(seqs[0])
})

test('a command that cannot be read is refused alone and the others go on', async () => {
  const [before, broken, after] = [outbox.register(), outbox.register(), outbox.register()]
  const outcomes = await push(desk, [before, { ...broken, args: { ...broken.args, service: 'no such' } }, after])
  expect(types(outcomes)).toEqual(['Applied', 'CommandUnreadable', 'Applied'])
  expect(await lastSeqOfDevice()).toBe(3)
})

test('a command of another PC, or of an account that never signed in here, is refused', async () => {
  const stranger = await server.addAccount()
  const [foreign, forged] = [outbox.register(), outbox.register()]
  const outcomes = await push(desk, [
    { ...foreign, deviceId: newUuid() },
    { ...forged, issuedBy: stranger.id }
  ])
  expect(types(outcomes)).toEqual(['CommandUnreadable', 'RoleNotAllowed'])
})

test('the offline work of a colleague who shares the PC is applied under her name', async () => {
  const colleague = await server.addAccount()
  await server.signIn(colleague, desk.deviceId)
  const register = outbox.register()
  expect(types(await push(desk, [{ ...register, issuedBy: colleague.id }]))).toEqual(['Applied'])
  expect((await pulledCases(desk)).get(register.caseId)?.assigneeId).toBe(colleague.id)
})

test('a supervisor and a privacy officer read cases but change none', async () => {
  const known = outbox.register()
  await push(desk, [known])
  for (const role of ['supervisor', 'privacy_officer'] as const) {
    const reader = await server.signIn(await server.addAccount({ role }))
    const attempts = createTestOutbox(reader)
    const outcomes = await push(reader, [
      attempts.register(),
      attempts.correct(known.caseId, [{ field: 'applicant.phone', value: '01022223333' }]),
      attempts.move(known.caseId, 'investigating')
    ])
    expect(types(outcomes)).toEqual(['RoleNotAllowed', 'RoleNotAllowed', 'RoleNotAllowed'])
    expect((await pulledCases(reader)).get(known.caseId)?.applicant).toEqual(known.args.applicant)
  }
})

test('a case of another district is answered like one that does not exist, and stays as it is', async () => {
  const known = outbox.register()
  await push(desk, [known])
  const elsewhere = await server.signIn(await server.addAccount({ districtCode: '11440' }))
  const attempts = createTestOutbox(elsewhere)
  const correction = [{ field: 'applicant.phone' as const, value: '01022223333' }]
  const answers = await push(elsewhere, [
    attempts.correct(known.caseId, correction),
    attempts.correct(newUuid(), correction),
    attempts.move(known.caseId, 'investigating'),
    attempts.move(newUuid(), 'investigating'),
    { ...attempts.register({ dongCode: '1144056500' }), caseId: known.caseId }
  ])
  expect(types(answers)).toEqual(['CaseNotFound', 'CaseNotFound', 'CaseNotFound', 'CaseNotFound', 'CaseNotFound'])
  expect((await pulledCases(elsewhere)).size).toBe(0)
  expect((await pulledCases(desk)).get(known.caseId)?.applicant).toEqual(known.args.applicant)
})

test('another PC cannot learn what became of a command by sending its id', async () => {
  const register = outbox.register()
  await push(desk, [register])
  const other = await server.signIn(await server.addAccount({ districtCode: '11440' }))
  expect(types(await push(other, [{ ...register, deviceId: other.deviceId, deviceSeq: 1 }]))).toEqual(['CaseNotFound'])
})

test('a PC that began anew under another id hears what became of its commands, and its numbers go on', async () => {
  const [applied, refused] = [
    outbox.register(),
    outbox.correct(newUuid(), [{ field: 'applicant.phone', value: '01000000000' }])
  ]
  await push(desk, [applied, refused])
  const anew = await server.signIn(desk.account)
  const as = (command: Command, deviceSeq: number): Command => ({ ...command, deviceId: anew.deviceId, deviceSeq })
  const next = createTestOutbox(anew).register()
  const outcomes = await push(anew, [as(applied, 1), as(refused, 2), as(next, 3)])
  expect(types(outcomes)).toEqual(['AlreadyApplied', 'CaseNotFound', 'Applied'])
  expect(types(await push(anew, [as(applied, 1), as(next, 3)]))).toEqual(['AlreadyApplied', 'AlreadyApplied'])
  const only = await server.signIn(desk.account)
  expect(types(await push(only, [{ ...applied, deviceId: only.deviceId, deviceSeq: 1 }]))).toEqual(['AlreadyApplied'])
  expect(types(await push(only, [{ ...createTestOutbox(only).register(), deviceSeq: 2 }]))).toEqual(['Applied'])
})

test.each([
  ['another author', { issuedBy: newUuid() }],
  ['another case', { caseId: newUuid() }],
  ['another time', { issuedAt: '2026-11-23T00:00:00.001Z' }]
])('under the id of another PC’s command, %s is another command, and hears nothing of it', async (_what, change) => {
  const register = outbox.register()
  await push(desk, [register])
  const other = await server.signIn(desk.account)
  const sent = { ...register, deviceId: other.deviceId, deviceSeq: 1, ...change }
  expect(types(await push(other, [sent]))).toEqual(['CaseNotFound'])
})

test('a number that another command had before stops the push: the store was copied or set back', async () => {
  await push(desk, [outbox.register(), outbox.register()])
  const copied = createTestOutbox(desk)
  const [reused, next] = [copied.register(), { ...copied.register(), deviceSeq: 3 }]
  expect(types(await push(desk, [reused, next]))).toEqual(['DeviceSequenceReused'])
  expect(types(await push(desk, [reused]))).toEqual(['DeviceSequenceReused'])
  // Nothing was decided about either: under another number, or of another PC, they are commands like any other.
  const other = await server.signIn(desk.account)
  const renumbered = [reused, next].map((one, at) => ({ ...one, deviceId: other.deviceId, deviceSeq: at + 1 }))
  expect(types(await push(other, renumbered))).toEqual(['Applied', 'Applied'])
})

test('numbers that a PC gives up are not waited for', async () => {
  const [first, , third] = [outbox.register(), outbox.register(), outbox.register()]
  await push(desk, [first])
  const lines = [
    { type: 'start', deviceId: desk.deviceId, givenUpTo: 2 },
    { type: 'command', command: third }
  ]
  const payload = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const response = await desk.call({ ...pushRequest(desk, []), payload })
  expect(answerLines(response.body)).toMatchObject([{ outcomes: [{ type: 'Applied' }] }, { type: 'end' }])
  expect(types(await push(desk, [outbox.register()]))).toEqual(['Applied'])
})

test('two copies of a store that send at the same moment get one command under the number, not two', async () => {
  const copy = createTestOutbox(desk)
  const pushes = await Promise.all([push(desk, [outbox.register()]), push(desk, [copy.register()])])
  expect(types(pushes.flat()).sort()).toEqual(['Applied', 'DeviceSequenceReused'])
})

test('who moved to another district acts through a PC of the old one no more', async () => {
  const moved = await server.addAccount()
  await server.signIn(moved, desk.deviceId)
  await server.centre.pool.query("UPDATE accounts SET district_code = '11440' WHERE id = $1", [moved.id])
  const register = { ...outbox.register({ dongCode: '1144056500' }), issuedBy: moved.id }
  expect(types(await push(desk, [register]))).toEqual(['RoleNotAllowed'])
})

test('a command of an impossible time is refused alone and the others go on', async () => {
  const [broken, after] = [outbox.register(), outbox.register()]
  const outcomes = await push(desk, [{ ...broken, issuedAt: '0000-01-01T00:00:00Z' }, after])
  expect(types(outcomes)).toEqual(['CommandUnreadable', 'Applied'])
})

test('a missing number stops the push there, names it, and nothing after it is applied', async () => {
  const [first, , third] = [outbox.register(), outbox.register(), outbox.register()]
  expect(types(await push(desk, [first, third]))).toEqual(['Applied'])
  const response = await desk.call(pushRequest(desk, [third]))
  expect([response.statusCode, response.json()]).toEqual([409, { error: { type: 'DeviceSequenceGap', expected: 2 } }])
  expect((await pulledCases(desk)).has(third.caseId)).toBe(false)
})

test('two people who correct the same field: both values are kept, other fields merge', async () => {
  const register = outbox.register()
  await push(desk, [register])
  const colleague = await server.signIn(await server.addAccount())
  const theirs = createTestOutbox(colleague)
  const outcomes = await push(desk, [
    outbox.correct(register.caseId, [{ field: 'applicant.phone', value: '01011112222' }])
  ])
  expect(types(outcomes)).toEqual(['Applied'])
  const late = await push(colleague, [
    theirs.correct(register.caseId, [{ field: 'applicant.phone', value: '01033334444' }]),
    theirs.correct(register.caseId, [{ field: 'applicant.loginId', value: 'other.id' }])
  ])
  expect(late).toMatchObject([
    { type: 'Conflict', rev: 3, fields: ['applicant.phone'] },
    { type: 'Applied', rev: 4 }
  ])
  expect((await pulledCases(desk)).get(register.caseId)).toMatchObject({
    applicant: { phone: '01011112222', loginId: 'other.id' },
    conflicts: [{ theirs: { value: '01011112222', by: account.id }, mine: { value: '01033334444' } }]
  })
})

test('two PCs that register the same case at once: one is applied, the other hears that it exists', async () => {
  const other = await server.signIn(await server.addAccount())
  const theirs = createTestOutbox(other)
  for (let round = 0; round < 5; round += 1) {
    const mine = outbox.register()
    const same = { ...theirs.register(), caseId: mine.caseId }
    const answers = await Promise.all([push(desk, [mine]), push(other, [same])])
    expect(types(answers.flat()).sort()).toEqual(['Applied', 'CaseAlreadyRegistered'])
  }
})

test('texts that look like SQL, markup or control characters are kept as they are', async () => {
  const hostile = ["'; DROP TABLE cases; --", '$1 \\x00 %s', '<script>', '"\\', '\u0000끝', '{"type":"end"}\n']
  const registers = hostile.map((text) =>
    outbox.register({ applicantOver: { loginId: text.trim(), name: `가${text}` }, children: [] })
  )
  expect(types(await push(desk, registers))).toEqual(hostile.map(() => 'Applied'))
  const cases = await pulledCases(desk)
  registers.forEach(({ caseId, args }) => {
    expect(cases.get(caseId)?.applicant).toMatchObject({
      loginId: args.applicant.loginId,
      name: args.applicant.name.trim()
    })
  })
})

test('a fault of a database is no refusal: the push fails and the same push succeeds later', async () => {
  const register = outbox.register()
  const keysName = new URL(server.keysDatabaseUrl).pathname.slice(1)
  await server.centre.pool.query(`ALTER DATABASE "${keysName}" ALLOW_CONNECTIONS false`)
  await server.centre.pool.query(
    'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND pid <> pg_backend_pid()',
    [keysName]
  )
  const failed = await desk.call(pushRequest(desk, [register]))
  expect(failed.statusCode).toBeGreaterThanOrEqual(500)
  expect(failed.body).not.toContain('outcomes')
  await server.centre.pool.query(`ALTER DATABASE "${keysName}" ALLOW_CONNECTIONS true`)
  expect(await lastSeqOfDevice()).toBe(0)
  expect(types(await push(desk, [register]))).toEqual(['Applied'])
})

test('the history of a case is kept with each command, sealed, and refused ones keep no content', async () => {
  const register = outbox.register()
  await push(desk, [register, outbox.move(register.caseId, 'paid')])
  const { rows } = await server.centre.pool.query<{ name: string; body: Buffer | null; outcome: PushOutcome }>(
    'SELECT name, body, outcome FROM commands WHERE case_id = $1 ORDER BY device_seq',
    [register.caseId]
  )
  expect(rows.map(({ name, body, outcome }) => [name, body === null, outcome.type])).toEqual([
    ['case.register', false, 'Applied'],
    ['case.move', true, 'Refused']
  ])
  const key = (await server.centre.keyRing.caseKeys([register.caseId])).get(register.caseId)
  const opened = server.centre.cipher.open(
    key ?? new Uint8Array(),
    rows[0]?.body ?? new Uint8Array(),
    `command:${register.id}`
  )
  expect(JSON.parse(Buffer.from(opened ?? []).toString())).toEqual(register)
})
