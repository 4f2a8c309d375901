import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectOk } from '#shared/foundation/result.ts'
import { moveCaseToDistrict } from '../../server/cases/move-case-to-district.ts'
import { buryCases } from '../../server/destruction/bury-cases.ts'
import { listHandedOver, takeHandedOver } from '../../server/quarantine/handed-over.ts'
import { destroyQuarantined, listQuarantine } from '../../server/quarantine/quarantine-list.ts'
import { openGate } from '../../server/restore/open-gate.ts'
import { type MovableDesk, openRestoreFixture, type RestoreFixture } from './restore-fixture.ts'

let office: RestoreFixture
let a: MovableDesk
let mapo: MovableDesk
beforeEach(async () => {
  office = await openRestoreFixture()
  a = await office.openDesk()
  mapo = await office.openDesk({ districtCode: '11440' })
})
afterEach(() => office.close())

const PHONE = '01077778888'
const syncInTurn = async (...desks: MovableDesk[]) => {
  for (const desk of desks)
    expect(await desk.sync.syncNow()).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
}
const shared = async () => {
  const caseId = a.register()
  await syncInTurn(a, mapo)
  return caseId
}
const move = (caseId: string) => moveCaseToDistrict(office.centre().centre, { caseId, dongCode: '1144066000' })
const bury = (caseId: string) => buryCases(office.centre().centre, { caseIds: [caseId], reason: 'destroyed' })
const quarantined = () => listQuarantine(office.centre().centre.pool, '11680')
const outcomes = async () =>
  (
    await office.centre().centre.pool.query("SELECT outcome->>'type' AS type FROM commands ORDER BY device_seq")
  ).rows.map(({ type }) => type)
/** Nothing at the PC that could be read, in whatever row. */
const readable = () =>
  ['command FROM sent', 'sealed FROM sent_sealed', 'body FROM outbox', 'body FROM confirmed_cases', 'body FROM drafts']
    .flatMap((rest) => a.db.all<Record<string, string | Uint8Array | null>>(`SELECT ${rest}`))
    .flatMap((row) => Object.values(row))
    .filter((value) => value !== null && Buffer.from(value as string).includes(PHONE))

test('a change that was handed to another district after the backup lies there again', async () => {
  const caseId = await shared()
  const backup = await office.backUp()
  expectOk(a.correct(caseId, 'applicant.phone', PHONE))
  expectOk(await move(caseId))
  await syncInTurn(a, mapo)
  expect(readable()).toEqual([])

  await office.restore(backup)
  await a.sync.syncNow()
  await syncInTurn(mapo, a)
  expect(await outcomes()).toEqual(['Applied', 'HandedOver'])
  const [item, ...others] = await listHandedOver(office.centre().centre.pool, '11440')
  expect([item?.caseId, others]).toEqual([caseId, []])
  const actor = { ...mapo.actor, districtCode: '11440' }
  expectOk(await takeHandedOver(office.centre().centre, { commandId: item?.commandId ?? '', actor }))
  await syncInTurn(mapo)
  expect(mapo.shown(caseId)?.case.applicant.phone).toBe(PHONE)
})

test.each(['cases', 'both', 'keys'] as const)(
  'a change for a destroyed case lies in quarantine again when %s were set back, and is opened by its new key',
  async (what) => {
    const caseId = await shared()
    const backup = await office.backUp()
    await bury(caseId)
    expectOk(a.correct(caseId, 'applicant.phone', PHONE))
    expect(await a.sync.syncNow()).toMatchObject({ state: 'current', parked: 1 })
    expect(readable()).toEqual([])

    const { casesUrl, keysUrl } = backup
    await office.restore({ ...(what !== 'keys' && { casesUrl }), ...(what !== 'cases' && { keysUrl }) })
    await a.sync.syncNow()
    await syncInTurn(mapo, a)
    const { pool, keyRing, cipher } = office.centre().centre
    const { rows } = await pool.query<{ command_id: string; sealed: Uint8Array; way: string }>(
      'SELECT command_id, sealed, way FROM quarantine'
    )
    const [item, ...others] = rows
    expect([item?.way, others]).toEqual([what === 'keys' ? 'push' : 'give_back', []])
    const id = item?.command_id ?? ''
    const key = (await keyRing.ensureQuarantineKeys([id])).get(id)
    const opened = key && item && cipher.open(key, item.sealed, `kept-out:${id}`)
    expect(new TextDecoder().decode(opened ?? undefined)).toContain(PHONE)
    expect((await outcomes()).filter((type) => type === 'Quarantined')).toHaveLength(1)
  }
)

test('what the privacy officer had destroyed comes back as a line without content', async () => {
  const caseId = await shared()
  const { casesUrl } = await office.backUp()
  await bury(caseId)
  expectOk(a.correct(caseId, 'applicant.phone', PHONE))
  await a.sync.syncNow()
  const [item] = await quarantined()
  const by = { commandId: item?.commandId ?? '', districtCode: '11680', accountId: a.actor.id, reason: '보존기간 경과' }
  expect(await destroyQuarantined(office.centre().centre, { ...by, now: '2026-11-24T00:00:00.000Z' })).toBe(true)

  await office.restore({ casesUrl })
  await a.sync.syncNow()
  await syncInTurn(mapo, a)
  expect(await quarantined()).toMatchObject([{ caseId, way: 'give_back', destroyedAt: '2026-11-24T00:00:00.000Z' }])
})

test('of a case that was destroyed after the backup every answer comes back, and nothing else', async () => {
  const caseId = await shared()
  const { casesUrl } = await office.backUp()
  expectOk(a.correct(caseId, 'applicant.phone', PHONE))
  await syncInTurn(a)
  await bury(caseId)
  await syncInTurn(a)
  await office.restore({ casesUrl })
  await a.sync.syncNow()
  await syncInTurn(mapo, a)
  expect(await outcomes()).toEqual(['Applied', 'Applied'])
  const { rows } = await office.centre().centre.pool.query('SELECT id FROM commands WHERE body IS NOT NULL')
  expect(rows).toEqual([])
})

test('what was acknowledged before its case moved away comes back to the case', async () => {
  const caseId = await shared()
  const backup = await office.backUp()
  expectOk(a.correct(caseId, 'applicant.phone', PHONE))
  await syncInTurn(a)
  expectOk(await move(caseId))
  await syncInTurn(a)
  expect(readable()).toEqual([])
  await office.restore(backup)
  await a.sync.syncNow()
  await syncInTurn(mapo, a)
  expect(await outcomes()).toEqual(['Applied', 'Applied'])
  // Where the case is depends on whether the other district had heard of it before the centre was set back.
  const phones = [a, mapo].flatMap((desk) => desk.shown(caseId)?.case.applicant.phone ?? [])
  expect(phones).toEqual([PHONE])
})

test('a case that was made and moved away after the backup is in its new district again, although that gate was open', async () => {
  for (let made = 0; made < 5; made += 1) a.register() // its stream is longer than the other's
  await syncInTurn(a, mapo)
  const backup = await office.backUp()
  const caseId = await shared()
  expectOk(await move(caseId))
  await syncInTurn(a, mapo)
  expectOk(mapo.correct(caseId, 'applicant.phone', PHONE))
  await syncInTurn(mapo)
  await office.restore({ casesUrl: backup.casesUrl })
  await openGate(office.centre().centre, { districtCode: '11440', by: null, reason: '나머지 PC는 폐기됨' })
  await a.sync.syncNow()
  await syncInTurn(mapo, a)
  expect(mapo.shown(caseId)).toMatchObject({ rev: 3, case: { applicant: { phone: PHONE }, districtCode: '11440' } })
  expect(a.shown(caseId)).toBeUndefined()
})
