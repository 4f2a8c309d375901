import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { moveCaseToDistrict } from '../cases/move-case-to-district.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, pull, push, type TestOutbox } from '../testing/test-commands.ts'
import { buryKeys, listBuried } from './buried-keys.ts'
import { buryCases, buryKeysAgain, resumeBurials } from './bury-cases.ts'

let server: TestCentre
let desk: TestDesk
let outbox: TestOutbox
beforeEach(async () => {
  server = await openTestCentre()
  desk = await server.signIn(await server.addAccount())
  outbox = createTestOutbox(desk)
})
afterEach(() => server.close())

const registered = async (): Promise<string> => {
  const command = outbox.register()
  await push(desk, [command])
  return command.caseId
}
const phone = [{ field: 'applicant.phone' as const, value: '01077778888' }]
const count = async (sql: string, values: unknown[] = [], pool = server.centre.pool): Promise<number> =>
  (await pool.query<{ count: number }>(`SELECT count(*) AS count FROM ${sql}`, values)).rows[0]?.count ?? -1
const traces = async (caseId: string) => ({
  rows: await count('cases WHERE id = $1', [caseId]),
  apart: await count('withdrawn_cases WHERE id = $1', [caseId]),
  tags: await count('blind_indexes WHERE case_id = $1', [caseId]),
  bodies: await count('commands WHERE case_id = $1 AND body IS NOT NULL', [caseId]),
  keys: await count('case_keys WHERE case_id = $1', [caseId], server.centre.keysPool)
})
const goneLines = async (reader: TestDesk) => (await pull(reader)).filter(({ type }) => type === 'gone')

describe('burying', () => {
  test('destroys row, tags, contents and key, and tells the desks of the district so', async () => {
    const [caseId, other] = [await registered(), await registered()]
    expect(await buryCases(server.centre, { caseIds: [caseId], reason: 'destroyed' })).toEqual({ unknown: [] })
    expect(await traces(caseId)).toEqual({ rows: 0, apart: 0, tags: 0, bodies: 0, keys: 0 })
    expect((await traces(other)).rows).toBe(1)
    expect(await goneLines(desk)).toEqual([{ type: 'gone', seq: 3, caseId, reason: 'destroyed' }])
  })

  test('keeps a withdrawn case sealed at the centre, away from the desks, until it is destroyed', async () => {
    const caseId = await registered()
    await buryCases(server.centre, { caseIds: [caseId], reason: 'withdrawn' })
    expect(await traces(caseId)).toEqual({ rows: 0, apart: 1, tags: 0, bodies: 1, keys: 1 })
    await buryCases(server.centre, { caseIds: [caseId], reason: 'destroyed' })
    expect(await traces(caseId)).toEqual({ rows: 0, apart: 0, tags: 0, bodies: 0, keys: 0 })
    await buryCases(server.centre, { caseIds: [caseId], reason: 'withdrawn' })
    expect(await goneLines(desk)).toEqual([{ type: 'gone', seq: 3, caseId, reason: 'destroyed' }])
  })

  test('changes nothing the second time, and names ids that no case has', async () => {
    const caseId = await registered()
    const missing = '01935a00-0000-7000-8000-0000000000ff'
    await buryCases(server.centre, { caseIds: [caseId], reason: 'destroyed' })
    const again = await buryCases(server.centre, { caseIds: [caseId, missing], reason: 'destroyed' })
    expect(again).toEqual({ unknown: [missing] })
    expect(await goneLines(desk)).toEqual([{ type: 'gone', seq: 2, caseId, reason: 'destroyed' }])
  })

  test('that was cut off between the two databases is finished, and holds up nobody meanwhile', async () => {
    const [caseId, other] = [await registered(), await registered()]
    const cases = [{ caseId, districtCode: '11680', reason: 'destroyed' as const }]
    await buryKeys(server.centre.keysPool, { cases, now: server.centre.now() })
    const lines = await pull(desk)
    expect(lines.map(({ type }) => type)).toEqual(['start', 'unreadable', 'case', 'end'])
    expect(await push(desk, [outbox.correct(caseId, phone), outbox.correct(other, phone)])).toMatchObject([
      { type: 'Quarantined', cause: 'destroyed' },
      { type: 'Applied' }
    ])
    expect([await resumeBurials(server.centre), await resumeBurials(server.centre)]).toEqual([1, 0])
    expect((await traces(caseId)).rows).toBe(0)
    const { rows } = await server.centre.pool.query('SELECT case_id FROM quarantine WHERE sealed IS NOT NULL')
    expect(rows.filter((row) => row.case_id === caseId)).toHaveLength(1)
  })

  test('is repeated in a keys database that was set back', async () => {
    const caseId = await registered()
    const { rows } = await server.centre.keysPool.query('SELECT case_id, epoch, wrapped FROM case_keys')
    await buryCases(server.centre, { caseIds: [caseId], reason: 'destroyed' })
    await server.centre.keysPool.query('DELETE FROM buried')
    const [key] = rows as [{ case_id: string; epoch: number; wrapped: Buffer }]
    await server.centre.keysPool.query('INSERT INTO case_keys VALUES ($1, $2, $3)', [
      key.case_id,
      key.epoch,
      key.wrapped
    ])
    expect([await buryKeysAgain(server.centre), await buryKeysAgain(server.centre)]).toEqual([1, 0])
    expect((await traces(caseId)).keys).toBe(0)
    expect(await listBuried(server.centre.keysPool)).toEqual([{ caseId, districtCode: '11680', reason: 'destroyed' }])
  })
})

describe('a command for a buried case', () => {
  test('is kept sealed for the privacy officer, never applied, and answered alike when it comes again', async () => {
    const [destroyed, withdrawn] = [await registered(), await registered()]
    await buryCases(server.centre, { caseIds: [destroyed], reason: 'destroyed' })
    await buryCases(server.centre, { caseIds: [withdrawn], reason: 'withdrawn' })
    const commands = [outbox.correct(destroyed, phone), outbox.move(withdrawn, 'investigating')]
    const outcomes = [
      { type: 'Quarantined', commandId: commands[0]?.id, cause: 'destroyed' },
      { type: 'Quarantined', commandId: commands[1]?.id, cause: 'withdrawn' }
    ]
    expect(await push(desk, commands)).toEqual(outcomes)
    expect(await push(desk, commands)).toEqual(outcomes)
    const officer = await server.signIn(await server.addAccount({ role: 'privacy_officer' }))
    const list = (await officer.call({ method: 'GET', url: '/v1/quarantine' })).json() as { items: unknown[] }
    expect(list.items).toHaveLength(2)
    expect(list.items).toContainEqual({
      ...{ commandId: commands[0]?.id, caseId: destroyed, cause: 'destroyed', name: 'case.correct', way: 'push' },
      ...{ deviceName: 'PC-7', issuedBy: '담당자', issuedAt: expect.any(String), receivedAt: expect.any(String) },
      destroyedAt: null
    })
    expect(JSON.stringify(list)).not.toContain('01077778888')
  })

  test('that takes the case in anew does not bring it back', async () => {
    const caseId = await registered()
    await buryCases(server.centre, { caseIds: [caseId], reason: 'destroyed' })
    expect(await push(desk, [{ ...outbox.register(), caseId }])).toMatchObject([
      { type: 'Quarantined', cause: 'destroyed' }
    ])
    expect(await traces(caseId)).toEqual({ rows: 0, apart: 0, tags: 0, bodies: 0, keys: 0 })
  })

  test('is destroyed by the officer with a reason: key and content; by nobody else', async () => {
    const caseId = await registered()
    await buryCases(server.centre, { caseIds: [caseId], reason: 'destroyed' })
    const command = outbox.correct(caseId, phone)
    await push(desk, [command])
    const officerOf = async (districtCode: string) =>
      server.signIn(await server.addAccount({ role: 'privacy_officer', districtCode }))
    const destroy = async (who: TestDesk, payload: object = { reason: '파기된 사례의 변경' }) =>
      (await who.call({ method: 'POST', url: `/v1/quarantine/${command.id}/destroy`, payload })).statusCode
    expect(await destroy(desk)).toBe(403)
    expect(await destroy(await officerOf('11440'))).toBe(404)
    const officer = await officerOf('11680')
    expect(await destroy(officer, { reason: '' })).toBe(400)
    expect(await destroy(officer)).toBe(204)
    expect(await count('quarantine WHERE sealed IS NOT NULL')).toBe(0)
    expect(await count('quarantine_keys', [], server.centre.keysPool)).toBe(0)
  })
})

describe('a case that moves to another district', () => {
  const moved = async () => {
    const caseId = await registered()
    const result = await moveCaseToDistrict(server.centre, { caseId, dongCode: '1144066000' })
    expect(result).toEqual({ ok: true, value: { applicationNo: expect.stringMatching(/^\d{4}-\d{2}-0001$/) } })
    return caseId
  }

  test('leaves the old desks and comes to the new ones, with a number there and nobody in charge yet', async () => {
    const caseId = await moved()
    expect(await goneLines(desk)).toEqual([{ type: 'gone', seq: 2, caseId, reason: 'scope' }])
    const mapo = await server.signIn(await server.addAccount({ districtCode: '11440' }))
    expect(await pull(mapo)).toMatchObject([
      { type: 'start', total: 1 },
      { type: 'case', record: { rev: 2, case: { id: caseId, districtCode: '11440', assigneeId: null } } },
      { type: 'end' }
    ])
    expect(await moveCaseToDistrict(server.centre, { caseId, dongCode: '1144066000' })).toEqual({
      ok: false,
      error: { type: 'SameDistrict' }
    })
  })

  test('takes along what the old district had not sent, for the new one to decide, and is gone for all others', async () => {
    const caseId = await moved()
    const command = outbox.correct(caseId, phone)
    expect(await push(desk, [command])).toEqual([{ type: 'HandedOver', commandId: command.id }])
    const stranger = await server.signIn(await server.addAccount({ districtCode: '11500' }))
    expect(await push(stranger, [createTestOutbox(stranger).correct(caseId, phone)])).toMatchObject([
      { type: 'Refused', refusal: { type: 'CaseNotFound' } }
    ])
  })

  test('is edited so by whoever takes the edit there, with her rights; given up by another, with a reason', async () => {
    const caseId = await moved()
    const commands = [outbox.correct(caseId, phone), outbox.move(caseId, 'investigating')]
    await push(desk, commands)
    const mapo = await server.signIn(await server.addAccount({ districtCode: '11440' }))
    const post = async (who: TestDesk, path: string, payload?: object) =>
      (await who.call({ method: 'POST', url: `/v1/handed-over/${path}`, ...(payload && { payload }) })).statusCode
    expect(await post(desk, `${commands[0]?.id}/take`)).toBe(404)
    expect(await post(mapo, `${commands[0]?.id}/take`)).toBe(204)
    expect(await post(mapo, `${commands[1]?.id}/drop`, { reason: '이미 조사 중' })).toBe(204)
    expect((await mapo.call({ method: 'GET', url: '/v1/handed-over' })).json()).toEqual({ items: [] })
    expect(JSON.stringify(await pull(mapo))).toContain('01077778888')
    expect(await count('quarantine_keys', [], server.centre.keysPool)).toBe(0)
  })

  test('may come back: its line of leaving is gone then', async () => {
    const caseId = await moved()
    await moveCaseToDistrict(server.centre, { caseId, dongCode: '1168064000' })
    expect(await pull(desk)).toMatchObject([{ type: 'start' }, { type: 'case', record: { rev: 3 } }, { type: 'end' }])
  })
})
