import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectOk } from '#shared/foundation/result.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { openSyncFixture, type SyncFixture } from './sync-fixture.ts'

let office: SyncFixture
beforeEach(async () => {
  office = await openSyncFixture()
})
afterEach(() => office.close())

/** What a later version of the centre keeps of a case, beside what this one knows. */
async function addUnknownField(caseId: string): Promise<void> {
  const { pool, keyRing, cipher } = office.centre.centre
  const key = (await keyRing.caseKeys([caseId])).get(caseId)
  if (key === undefined) throw new Error('no key')
  const sealedPart = await readSealed(caseId)
  const changed = new TextEncoder().encode(JSON.stringify({ ...sealedPart, ofALaterVersion: { kept: true } }))
  await pool.query(`UPDATE cases SET sealed = $2, rev = rev + 1, seq = seq + 1 WHERE id = $1`, [
    caseId,
    cipher.seal(key, changed, `case:${caseId}`)
  ])
  await pool.query('UPDATE district_streams SET last_seq = last_seq + 1')
}

async function readSealed(caseId: string): Promise<object> {
  const { pool, keyRing, cipher } = office.centre.centre
  const key = (await keyRing.caseKeys([caseId])).get(caseId)
  const { rows } = await pool.query<{ sealed: Uint8Array }>('SELECT sealed FROM cases WHERE id = $1', [caseId])
  const opened = key === undefined ? null : cipher.open(key, rows[0]?.sealed ?? new Uint8Array(), `case:${caseId}`)
  if (opened === null) throw new Error('the box does not open')
  return JSON.parse(new TextDecoder().decode(opened)) as object
}

test('a field of a later version survives a desk that does not know it: pulled, another field edited, pushed', async () => {
  const desk = await office.openDesk()
  const caseId = desk.register()
  await desk.sync.syncNow()
  await addUnknownField(caseId)
  await desk.sync.syncNow()
  expectOk(desk.correct(caseId, 'applicant.phone', '01077778888'))
  expect(await desk.sync.syncNow()).toMatchObject({ state: 'current', waiting: 0 })
  expect(await readSealed(caseId)).toMatchObject({
    ofALaterVersion: { kept: true },
    applicant: { phone: '01077778888' }
  })
  expect(desk.shown(caseId)?.case).toMatchObject({ ofALaterVersion: { kept: true } })
})

test('a desk of an older protocol is told so, sends nothing and keeps everything', async () => {
  const older: typeof globalThis.fetch = (input, init) =>
    fetch(input, { ...init, headers: { ...init?.headers, [PROTOCOL_HEADER]: String(PROTOCOL_VERSION - 1) } })
  const desk = await office.openDesk({ fetch: older })
  const caseId = desk.register()
  expect(await desk.sync.syncNow()).toMatchObject({ state: 'needs_you', cause: 'protocol', waiting: 1 })
  expect(desk.shown(caseId)).toBeDefined()
  const { rows } = await office.centre.centre.pool.query('SELECT id FROM commands')
  expect(rows).toEqual([])
})
