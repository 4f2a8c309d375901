import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { GiveBackLine, GiveBackResponse } from '#shared/sync-protocol/give-back.ts'
import type { PullLine } from '#shared/sync-protocol/pull.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import { RECEIPT_HEADER } from '#shared/sync-protocol/receipt.ts'
import type { RestoreStand } from '#shared/sync-protocol/restore-stand.ts'
import { buryKeys } from '../destruction/buried-keys.ts'
import { buryCases, resumeBurials } from '../destruction/bury-cases.ts'
import { sealedBoxes } from '../keys/sodium.ts'
import { copyDatabase, openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, pull, push, type TestOutbox } from '../testing/test-commands.ts'
import { openGate } from './open-gate.ts'

const opened: TestCentre[] = []
let before: TestCentre
let desk: TestDesk
let outbox: TestOutbox
beforeEach(async () => {
  before = await openTestCentre()
  opened.push(before)
  desk = await before.signIn(await before.addAccount())
  outbox = createTestOutbox(desk)
})
afterEach(async () => {
  for (const centre of opened.splice(0)) await centre.close()
})

const phone = (value: string) => [{ field: 'applicant.phone' as const, value }]
/** Puts both or one of the databases back to how it was at the time of `backup`. */
const restored = async (from: { casesUrl?: string; keysUrl?: string }): Promise<TestCentre> => {
  await before.centre.flushWitness()
  const centre = await openTestCentre({
    databaseUrl: from.casesUrl ?? (await copyDatabase(before.databaseUrl)),
    keysDatabaseUrl: from.keysUrl ?? (await copyDatabase(before.keysDatabaseUrl))
  })
  opened.push(centre)
  return centre
}
const endOf = (lines: readonly PullLine[]) => {
  const end = lines.at(-1)
  if (end?.type !== 'end') throw new Error('the pull was cut')
  return end
}
/** As a PC does: it asks first which restore it answers to. */
const giveBack = async (centre: TestCentre, lines: readonly GiveBackLine[], headers: Record<string, string>) => {
  const { generation } = await stand(centre, headers)
  const answered = lines.map((line) => (line.type === 'from' ? { ...line, generation } : line))
  const payload = answered.map((line) => `${JSON.stringify(line)}\n`).join('')
  const response = await centre.call({
    method: 'POST',
    url: '/v1/give-back',
    payload,
    headers: { ...headers, 'content-type': 'application/x-ndjson' }
  })
  return { status: response.statusCode, body: response.json() as GiveBackResponse }
}
const stand = async (centre: TestCentre, headers: Record<string, string>) =>
  (await centre.call({ method: 'GET', url: '/v1/restore', headers })).json() as RestoreStand
const asDesk = (token = desk.token) => ({ authorization: `Bearer ${token}` })
const pullAt = async (centre: TestCentre, headers: Record<string, string>, cursor = 0) => {
  const response = await centre.call({ method: 'GET', url: `/v1/changes?cursor=${cursor}`, headers })
  return { status: response.statusCode, text: response.body }
}

test('a centre that nothing happened to opens again and again with its gate open', async () => {
  await push(desk, [outbox.register()])
  const again = await openTestCentre({ databaseUrl: before.databaseUrl, keysDatabaseUrl: before.keysDatabaseUrl })
  expect((await pullAt(again, asDesk())).status).toBe(200)
  await again.app.close()
  await again.centre.close()
})

describe('a centre whose cases were set back', () => {
  let caseId: string
  let other: string
  let lost: PushOutcome[]
  let receipt: string
  let record: PullLine & { type: 'case' }
  let commands: object[]
  let centre: TestCentre
  beforeEach(async () => {
    const [first, second] = [outbox.register(), outbox.register()]
    caseId = first.caseId
    other = second.caseId
    await push(desk, [first, second])
    const casesUrl = await copyDatabase(before.databaseUrl)
    commands = [outbox.correct(caseId, phone('01011112222')), outbox.correct(other, phone('01033334444'))]
    lost = await push(desk, commands)
    await buryCases(before.centre, { caseIds: [other], reason: 'destroyed' })
    const lines = await pull(desk)
    receipt = endOf(lines).receipt
    record = lines.find((line) => line.type === 'case') as PullLine & { type: 'case' }
    centre = await restored({ casesUrl })
  })
  const given = (): GiveBackLine[] => [
    { type: 'from', generation: 0, cursor: 5, deviceSeq: 4 },
    ...commands.map((command, index) => ({
      type: 'sent' as const,
      command: command as { id: string; deviceSeq: number },
      outcome: lost[index] as PushOutcome
    })),
    { type: 'case', record: record.record },
    { type: 'end' }
  ]

  test('notices it, serves nobody, and has buried again what was destroyed', async () => {
    expect((await pullAt(centre, asDesk())).text).toContain('CentreRestoring')
    const tried = await centre.call({ method: 'GET', url: '/v1/poke', headers: asDesk() })
    expect([tried.statusCode, tried.body]).toEqual([503, expect.stringContaining('CentreRestoring')])
    expect(await stand(centre, asDesk())).toMatchObject({ isClosed: true, streamEnd: 2, deviceSeq: 2 })
    const { rows } = await centre.centre.pool.query('SELECT id FROM cases')
    expect(rows).toEqual([{ id: caseId }])
  })

  test('goes on lending PCs their time of use: what it waits for lies on them', async () => {
    const lent = await centre.call({ method: 'POST', url: '/v1/lease', headers: asDesk(), payload: { holds: null } })
    expect([lent.statusCode, lent.json()]).toMatchObject([200, { lease: { share: expect.any(String) } }])
    const held = { leaseId: lent.json<{ lease: { id: string } }>().lease.id }
    const kept = await centre.call({ method: 'POST', url: '/v1/lease/held', headers: asDesk(), payload: held })
    expect(kept.statusCode).toBe(204)
  })

  test('takes back what the PC has, with every answer as it was, and opens when all have reported', async () => {
    const { generation } = await stand(centre, asDesk())
    expect(await giveBack(centre, given(), asDesk())).toEqual({
      status: 200,
      body: { generation, cursor: 2, commands: 2, cases: 1, tombstones: 0 }
    })
    expect(await stand(centre, asDesk())).toMatchObject({ isClosed: false, deviceSeq: 4 })
    const lines = (await pullAt(centre, asDesk(), 2)).text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as PullLine)
    expect(lines.filter(({ type }) => type === 'case')).toMatchObject([{ record: record.record }])
    expect(lines.filter(({ type }) => type === 'gone')).toMatchObject([{ caseId: other, reason: 'destroyed' }])
    const { rows } = await centre.centre.pool.query(
      'SELECT outcome, body IS NULL AS empty FROM commands WHERE device_seq > 2'
    )
    expect(rows).toEqual([
      { outcome: lost[0], empty: false },
      { outcome: lost[1], empty: true }
    ])
  })

  test('changes nothing when the same is given twice, and counts no report that was cut', async () => {
    expect((await giveBack(centre, given().slice(0, -1), asDesk())).status).toBe(400)
    expect((await stand(centre, asDesk())).isClosed).toBe(true)
    await giveBack(centre, given(), asDesk())
    expect((await giveBack(centre, given(), asDesk())).body).toMatchObject({ commands: 0, cases: 0 })
  })

  test('lets a PC whose session was lost give back with its receipt alone', async () => {
    await centre.centre.pool.query('DELETE FROM sessions')
    expect((await giveBack(centre, given(), asDesk())).status).toBe(401)
    expect((await giveBack(centre, given(), { [RECEIPT_HEADER]: `${receipt}0` })).status).toBe(401)
    expect(await giveBack(centre, given(), { [RECEIPT_HEADER]: receipt })).toMatchObject({
      status: 200,
      body: { commands: 2, cases: 1 }
    })
  })

  test('does a command again whose effect no record brought back', async () => {
    const withoutCase = given().filter(({ type }) => type !== 'case')
    await giveBack(centre, withoutCase, asDesk())
    const { text } = await pullAt(centre, asDesk(), 2)
    expect(text).toContain('01011112222')
  })

  test('opens by an administrator’s word, with a reason; a late PC gives back before it is served', async () => {
    const admin = await centre.signIn(await centre.addAccount({ role: 'administrator' }))
    const url = '/v1/admin/restore/open'
    const page = async () => (await admin.call({ method: 'GET', url: '/v1/admin/restore' })).json() as object
    expect(await page()).toMatchObject({ state: 'closed', expected: 1, reported: 0, behind: { changes: 3 } })
    expect((await admin.call({ method: 'POST', url, payload: { reason: '' } })).statusCode).toBe(400)
    expect((await admin.call({ method: 'POST', url, payload: { reason: '나머지 PC는 폐기됨' } })).statusCode).toBe(204)
    expect(await page()).toMatchObject({ state: 'open', openedReason: '나머지 PC는 폐기됨' })
    const late = await pullAt(centre, { ...asDesk(), [RECEIPT_HEADER]: receipt })
    expect([late.status, late.text]).toEqual([409, expect.stringContaining('GiveBackFirst')])
    expect((await giveBack(centre, given(), asDesk())).body).toMatchObject({ commands: 2, cases: 1 })
    expect((await pullAt(centre, asDesk(), 2)).text).toContain('01011112222')
  })

  test('keeps what was written after it opened when a late PC brings another line of the case', async () => {
    const admin = await centre.signIn(await centre.addAccount({ role: 'administrator' }))
    await admin.call({ method: 'POST', url: '/v1/admin/restore/open', payload: { reason: '나머지 PC는 폐기됨' } })
    const colleague = await centre.signIn(await centre.addAccount())
    const email = [{ field: 'applicant.email' as const, value: 'new@example.kr' }]
    await push(colleague, [createTestOutbox(colleague).correct(caseId, email)])
    await giveBack(centre, given(), asDesk())
    const { text } = await pullAt(centre, asDesk(), 2)
    expect(text).toContain('new@example.kr')
    expect(text).toContain('01011112222')
    const { rows } = await centre.centre.pool.query('SELECT case_id FROM late_versions')
    expect(rows).toEqual([{ case_id: caseId }])
  })
})

test('a PC’s receipt shows a loss that the witness was set back with', async () => {
  await push(desk, [outbox.register()])
  const [casesUrl, keysUrl] = [await copyDatabase(before.databaseUrl), await copyDatabase(before.keysDatabaseUrl)]
  await push(desk, [outbox.register()])
  const { receipt } = endOf(await pull(desk))
  const centre = await restored({ casesUrl, keysUrl })
  await centre.centre.pool.query('DELETE FROM restore_gates')
  expect((await pullAt(centre, asDesk())).status).toBe(200)
  expect((await pullAt(centre, { ...asDesk(), [RECEIPT_HEADER]: receipt })).text).toContain('CentreRestoring')
  expect((await pullAt(centre, asDesk())).status).toBe(503)
})

test('when both databases are copies, nobody can say what is missing: the gate is shut until somebody does', async () => {
  await push(desk, [outbox.register()])
  const centre = await restored({})
  expect((await pullAt(centre, asDesk())).status).toBe(503)
  const { rows } = await centre.centre.pool.query('SELECT cause FROM restores')
  expect(rows).toEqual([{ cause: 'copy' }])
})

test('keys that were set back are noticed; the case without a key is named, and its PC gives it back', async () => {
  await push(desk, [outbox.register()])
  const keysUrl = await copyDatabase(before.keysDatabaseUrl)
  const late = outbox.register()
  await push(desk, [late])
  const lines = await pull(desk)
  const record = lines.find((line) => line.type === 'case' && line.record.case.id === late.caseId)
  if (record?.type !== 'case') throw new Error('no record')
  const centre = await restored({ keysUrl })
  const { rows } = await centre.centre.pool.query('SELECT cause FROM restores')
  expect(rows).toEqual([{ cause: 'keys' }])
  // A PC offers what it received after the place up to which the two are alike.
  expect((await stand(centre, asDesk())).streamEnd).toBeLessThan(record.seq)
  await giveBack(
    centre,
    [
      { type: 'from', generation: 0, cursor: 2, deviceSeq: 2 },
      { type: 'case', record: record.record },
      { type: 'end' }
    ],
    asDesk()
  )
  const { text } = await pullAt(centre, asDesk())
  expect(text).toContain(late.caseId)
  expect(text).not.toContain('unreadable')
})

test('a PC that knows an older revision of a case without a key does not keep another from giving it back', async () => {
  const intake = outbox.register()
  const keysUrl = await copyDatabase(before.keysDatabaseUrl)
  await push(desk, [intake])
  const older = (await pull(desk)).find((line) => line.type === 'case')
  if (older?.type !== 'case') throw new Error('no record')
  await push(desk, [outbox.correct(intake.caseId, phone('01011112222'))])
  const centre = await restored({ keysUrl })
  const from = { type: 'from', generation: 0, cursor: 1, deviceSeq: 2 } as const
  const given = await giveBack(centre, [from, { type: 'case', record: older.record }, { type: 'end' }], asDesk())
  expect(given.body).toMatchObject({ cases: 1 })
  // A key without what it opens is left behind too where a giving back is cut.
  await centre.centre.keyRing.ensureCaseKeys([intake.caseId])
  const offer = { cases: [{ id: intake.caseId, rev: 2 }] }
  const wanted = await centre.call({ method: 'POST', url: '/v1/give-back/offer', headers: asDesk(), payload: offer })
  expect(wanted.json()).toEqual({ wanted: [intake.caseId] })
})

test('a late PC’s command for a case that was withdrawn since makes no case of it, nor keeps the PC out', async () => {
  const keysUrl = await copyDatabase(before.keysDatabaseUrl)
  const intake = outbox.register()
  const [outcome] = await push(desk, [intake])
  const centre = await restored({ keysUrl })
  await openGate(centre.centre, { districtCode: '11680', by: null, reason: '한 대는 휴가 중' })
  await buryCases(centre.centre, { caseIds: [intake.caseId], reason: 'withdrawn' })
  const given: GiveBackLine[] = [
    { type: 'from', generation: 0, cursor: 1, deviceSeq: 1 },
    { type: 'sent', command: intake, outcome: outcome as PushOutcome },
    { type: 'end' }
  ]
  expect((await giveBack(centre, given, asDesk())).status).toBe(200)
  expect((await centre.centre.pool.query('SELECT id FROM cases')).rows).toEqual([])
})

test('a case that is being destroyed while a PC gives it back gets no new key', async () => {
  const intake = outbox.register()
  const [outcome] = await push(desk, [intake])
  const line = (await pull(desk)).find(({ type }) => type === 'case')
  if (line?.type !== 'case' || outcome === undefined) throw new Error('no record')
  const centre = await restored({})
  const cases = [{ caseId: intake.caseId, districtCode: '11680', reason: 'destroyed' as const }]
  await buryKeys(centre.centre.keysPool, { cases, now: centre.centre.now() }) // the first of its two steps
  const from = { type: 'from', generation: 0, cursor: 1, deviceSeq: 1 } as const
  const sent = { type: 'sent', command: intake, outcome } as const
  const lines: GiveBackLine[] = [from, sent, { type: 'case', record: line.record }, { type: 'end' }]
  expect((await giveBack(centre, lines, asDesk())).status).toBe(200)
  await resumeBurials(centre.centre)
  expect(await centre.centre.keyRing.caseKeys([intake.caseId])).toEqual(new Map())
})

test('an edit that comes back late is done although a later one of its case was done again when the gate opened', async () => {
  const intake = outbox.register()
  await push(desk, [intake])
  const colleague = await before.signIn(await before.addAccount())
  const casesUrl = await copyDatabase(before.databaseUrl)
  const early = outbox.correct(intake.caseId, phone('01011112222'))
  const email = [{ field: 'applicant.email' as const, value: 'later@example.kr' }]
  const later = createTestOutbox(colleague).correct(intake.caseId, email)
  const answers = [...(await push(desk, [early])), ...(await push(colleague, [later]))]
  const centre = await restored({ casesUrl })
  // Neither had received the case again: only their journals tell of what they did.
  const sent = (command: { id: string; deviceSeq: number }, outcome = answers[0] as PushOutcome): GiveBackLine[] => [
    { type: 'from', generation: 0, cursor: 1, deviceSeq: command.deviceSeq },
    { type: 'sent', command, outcome },
    { type: 'end' }
  ]
  await giveBack(centre, sent(later, answers[1]), asDesk(colleague.token))
  await openGate(centre.centre, { districtCode: '11680', by: null, reason: '한 대는 휴가 중' })
  await giveBack(centre, sent(early), asDesk())
  const lines = (await pullAt(centre, asDesk(colleague.token))).text.trimEnd().split('\n')
  const records = lines
    .map((line) => JSON.parse(line) as PullLine)
    .flatMap((line) => (line.type === 'case' ? line.record : []))
  expect(records.map((record) => record.case.applicant)).toMatchObject([
    { phone: '01011112222', email: 'later@example.kr' }
  ])
})

test('what lies sealed at a PC is no other command than the one it stands beside', async () => {
  const [mine, other] = [outbox.register(), outbox.register()]
  const centre = await restored({})
  const seal = (text: string) =>
    Buffer.from(sealedBoxes.sealTo(centre.centre.keyRing.rescueBox.publicKey, Buffer.from(text))).toString('base64')
  const sent = (sealed: string, { id, deviceSeq }: { id: string; deviceSeq: number }): GiveBackLine => ({
    type: 'sent',
    command: { id, deviceSeq },
    outcome: { type: 'Quarantined', commandId: id, cause: 'destroyed' },
    sealed
  })
  const from = { type: 'from', generation: 0, cursor: 2, deviceSeq: 2 } as const
  const lines = [sent(seal(JSON.stringify(other)), mine), sent(Buffer.from('no box').toString('base64'), other)]
  const answer = await giveBack(centre, [from, ...lines, { type: 'end' }], asDesk())
  expect(answer.body).toMatchObject({ commands: 2 })
  const { rows } = await centre.centre.pool.query(
    'SELECT c.name, q.command_id FROM commands c LEFT JOIN quarantine q ON true'
  )
  expect(rows).toEqual([
    { name: null, command_id: null },
    { name: null, command_id: null }
  ])
})

test('a burial that only a PC remembers takes the case out of use and destroys nothing', async () => {
  const command = outbox.register()
  await push(desk, [command])
  const centre = await restored({})
  await giveBack(
    centre,
    [
      { type: 'from', generation: 0, cursor: 2, deviceSeq: 1 },
      { type: 'gone', caseId: command.caseId, reason: 'destroyed' },
      { type: 'end' }
    ],
    asDesk()
  )
  const { rows } = await centre.centre.pool.query('SELECT reason, on_word_of FROM tombstones')
  expect(rows).toEqual([{ reason: 'withdrawn', on_word_of: desk.deviceId }])
  expect((await centre.centre.keyRing.caseKeys([command.caseId])).size).toBe(1)
})
