import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Command } from '#shared/commands/command.ts'
import { markOf } from '#shared/commands/marks.ts'
import { MOST_CAPSULE_BYTES, type RescueEntry } from '#shared/domain/administration/rescue-entry.ts'
import { capsuleHeader, wrapForCentre } from '#shared/sync-protocol/capsule.ts'
import { deviceAuthorization } from '#shared/sync-protocol/device-credential.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { sealedBoxes } from '../keys/sodium.ts'
import { makeCapsule } from '../testing/test-capsule.ts'
import { openTestCentre, type TestCentre, type TestDesk, testCredential } from '../testing/test-centre.ts'
import { createTestOutbox, pulledCases, push } from '../testing/test-commands.ts'

let server: TestCentre
let admin: TestDesk
beforeAll(async () => {
  server = await openTestCentre()
  admin = await server.signIn(await server.addAccount({ role: 'administrator' }))
})
afterAll(() => server.close())

const newDesk = async (): Promise<TestDesk> => server.signIn(await server.addAccount())
const octets = { 'content-type': 'application/octet-stream' }
const send = (desk: TestDesk, capsule: Buffer, credential = testCredential(desk.deviceId)) =>
  server.call({
    method: 'POST',
    url: '/v1/rescue',
    headers: { ...octets, authorization: deviceAuthorization({ id: desk.deviceId, credential }) },
    payload: capsule
  })
const bring = (capsule: Buffer) =>
  admin.call({ method: 'POST', url: '/v1/admin/rescues', headers: octets, payload: capsule })
const rescueOf = (response: { json(): unknown }) => (response.json() as { rescue: RescueEntry }).rescue
const refused = (cause: string) => ({ error: { type: 'CapsuleRefused', cause } })

test('the commands of a capsule go in as the PC’s own, in its order, and those that were there are not done again', async () => {
  const desk = await newDesk()
  const outbox = createTestOutbox(desk)
  const first = outbox.register()
  const second = outbox.correct(first.caseId, [{ field: 'applicant.phone', value: '01077778888' }])
  await push(desk, [first])
  const answer = await send(desk, makeCapsule(desk, [first, second]))
  expect(rescueOf(answer)).toEqual({
    id: expect.any(String),
    deviceId: desk.deviceId,
    deviceName: 'PC-7',
    receivedAt: expect.any(String),
    via: 'line',
    state: 'applied',
    parkedFor: null,
    commands: 2,
    documents: 0,
    applied: 1,
    alreadyApplied: 1,
    refused: 0,
    lost: 0,
    damaged: 0,
    releasedAt: null
  })
  expect((await pulledCases(desk)).get(first.caseId)?.applicant.phone).toBe('01077778888')
  const third = outbox.move(first.caseId, 'investigating')
  expect(await push(desk, [third])).toMatchObject([{ type: 'Applied' }])
})

test('a capsule that comes twice, by line and by file, has one line in the register', async () => {
  const desk = await newDesk()
  const capsule = makeCapsule(desk, [createTestOutbox(desk).register()])
  const answers = await Promise.all([send(desk, capsule), send(desk, capsule)])
  answers.push(await bring(capsule))
  expect(new Set(answers.map((answer) => rescueOf(answer).id)).size).toBe(1)
  const { rows } = await server.centre.pool.query('SELECT id FROM rescues WHERE device_id = $1', [desk.deviceId])
  expect(rows).toHaveLength(1)
})

test('an edit that was made on top of an unsent one says at the centre what its author had truly seen', async () => {
  const [desk, other] = [await newDesk(), await newDesk()]
  const outbox = createTestOutbox(desk)
  const registered = outbox.register()
  await push(desk, [registered])
  const phone = (value: string, base: Command['base']) =>
    outbox.correct(registered.caseId, [{ field: 'applicant.phone', value }], base)
  const mine = phone('01011112222', { 'applicant.phone': 1 })
  const onTop = phone('01033334444', { 'applicant.phone': markOf(mine.deviceSeq) })
  expect(rescueOf(await send(desk, makeCapsule(desk, [mine, onTop])))).toMatchObject({ applied: 2, refused: 0 })
  expect((await pulledCases(desk)).get(registered.caseId)?.applicant.phone).toBe('01033334444')

  const theirs = createTestOutbox(other).correct(
    registered.caseId,
    [{ field: 'applicant.phone', value: '01055556666' }],
    { 'applicant.phone': 3 }
  )
  await push(other, [theirs])
  const late = phone('01077778888', { 'applicant.phone': markOf(onTop.deviceSeq) })
  await send(desk, makeCapsule(desk, [late]))
  const { rows } = await server.centre.pool.query('SELECT outcome, sent_by FROM commands WHERE id = $1', [late.id])
  expect(rows[0]).toMatchObject({ outcome: { type: 'Conflict' }, sent_by: null })
  expect((await pulledCases(desk)).get(registered.caseId)?.applicant.phone).toBe('01055556666')
})

test('behind a missing command the rest is parked, and goes in when an administrator releases it', async () => {
  const desk = await newDesk()
  const outbox = createTestOutbox(desk)
  const [first, , third] = [outbox.register(), outbox.register(), outbox.register()]
  const rescue = rescueOf(await send(desk, makeCapsule(desk, [first, third])))
  expect(rescue).toMatchObject({ state: 'parked', parkedFor: 'gap', commands: 2, applied: 1 })
  const release = await admin.call({ method: 'POST', url: `/v1/admin/rescues/${rescue.id}/release` })
  expect(release.statusCode).toBe(204)
  const cases = await pulledCases(desk)
  expect([first, third].map(({ caseId }) => cases.has(caseId))).toEqual([true, true])
  const { rescues } = (await admin.call({ method: 'GET', url: '/v1/admin/rescues' })).json() as {
    rescues: RescueEntry[]
  }
  expect(rescues.find(({ id }) => id === rescue.id)).toMatchObject({ state: 'released', applied: 2, alreadyApplied: 1 })
  const { rows } = await server.centre.pool.query('SELECT capsule FROM rescues WHERE id = $1', [rescue.id])
  expect(rows).toEqual([{ capsule: null }])
})

test('a release takes no numbers from the store with which its PC has gone on meanwhile', async () => {
  const desk = await newDesk()
  const lost = createTestOutbox(desk, 1).register()
  const rescue = rescueOf(await send(desk, makeCapsule(desk, [lost])))
  expect(rescue).toMatchObject({ state: 'parked', parkedFor: 'gap' })
  const goingOn = createTestOutbox(desk)
  const [before, after] = [goingOn.register(), goingOn.register()]
  await push(desk, [before])
  await admin.call({ method: 'POST', url: `/v1/admin/rescues/${rescue.id}/release` })
  expect(await push(desk, [after])).toMatchObject([{ type: 'Applied' }])
  const cases = await pulledCases(desk)
  expect([lost, before, after].map(({ caseId }) => cases.has(caseId))).toEqual([true, true, true])
})

test('work of an earlier store takes no numbers from the one in use: a restored centre had lost it', async () => {
  const desk = await newDesk()
  const [lost, inUse] = [createTestOutbox(desk).register(), createTestOutbox(desk)]
  await push(desk, [inUse.register()])
  expect(rescueOf(await send(desk, makeCapsule(desk, [lost])))).toMatchObject({ state: 'applied', applied: 1 })
  expect(await push(desk, [inUse.register()])).toMatchObject([{ type: 'Applied' }])
  expect((await pulledCases(desk)).has(lost.caseId)).toBe(true)
})

test('what is no capsule, is cut, sealed elsewhere, or made by somebody else is refused by its cause', async () => {
  const [desk, other] = [await newDesk(), await newDesk()]
  const capsule = makeCapsule(desk, [createTestOutbox(desk).register()])
  const elsewhere = await openTestCentre()
  const stranger = await elsewhere.signIn(await elsewhere.addAccount())
  const answers = [
    await bring(Buffer.from('no capsule')),
    await bring(Buffer.alloc(0)),
    await bring(makeCapsule(stranger, [])),
    await bring(makeCapsule({ deviceId: newUuid(), rescue: desk.rescue }, [])),
    await bring(makeCapsule({ deviceId: other.deviceId, rescue: desk.rescue }, [])),
    await send(other, capsule)
  ]
  await elsewhere.close()
  expect(answers.map((answer) => [answer.statusCode, answer.json()])).toEqual(
    ['damaged', 'damaged', 'foreign', 'forged', 'forged', 'forged'].map((cause) => [422, refused(cause)])
  )
  expect(rescueOf(await send(desk, capsule.subarray(0, -3)))).toMatchObject({ commands: 0, damaged: 1 })
  const tooLarge = await bring(Buffer.alloc(MOST_CAPSULE_BYTES + 1))
  expect([tooLarge.statusCode, tooLarge.json()]).toEqual([413, refused('too_large')])
})

test('a record that is sealed well and is no JSON is counted as damaged', async () => {
  const desk = await newDesk()
  const [storeId, key] = [newUuid(), nodeCipher.randomBytes(32)]
  if (desk.rescue === null) throw new Error('a desk is given terms')
  const wraps = [wrapForCentre(sealedBoxes, key, desk.rescue)]
  const sealed = nodeCipher.seal(key, new TextEncoder().encode('{'), `mnk rescue record 1 ${storeId}`)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(1 + sealed.length)
  const header = Buffer.from(capsuleHeader({ storeId, deviceId: desk.deviceId, wraps }))
  const capsule = Buffer.concat([header, length, Buffer.from([1]), sealed])
  expect(rescueOf(await send(desk, capsule))).toMatchObject({ commands: 0, damaged: 1 })
})

test('a PC of another district is not there for an administrator, and no PC is without its credential', async () => {
  const mapo = await server.signIn(await server.addAccount({ districtCode: '11440' }))
  const capsule = makeCapsule(mapo, [createTestOutbox(mapo).register()])
  expect((await bring(capsule)).json()).toEqual(refused('foreign'))
  const wrong = await send(mapo, capsule, testCredential(newUuid()))
  expect([wrong.statusCode, wrong.json()]).toEqual([401, { error: { type: 'SessionInvalid' } }])
  const bySession = await mapo.call({ method: 'POST', url: '/v1/rescue', headers: octets, payload: capsule })
  expect(bySession.statusCode).toBe(401)
})

test('work by somebody whom a restored centre has never seen at that PC waits for an administrator instead of being refused', async () => {
  const desk = await newDesk()
  const outbox = createTestOutbox(desk)
  const [first, second] = [outbox.register(), outbox.register()]
  await server.centre.pool.query('DELETE FROM device_accounts WHERE device_id = $1', [desk.deviceId])
  const rescue = rescueOf(await send(desk, makeCapsule(desk, [first, second])))
  const held = { state: 'parked', parkedFor: 'author', commands: 2, applied: 0, refused: 0 }
  expect(rescue).toMatchObject(held)
  expect(rescueOf(await send(desk, makeCapsule(desk, [first, second])))).toMatchObject(held)
  const release = await admin.call({ method: 'POST', url: `/v1/admin/rescues/${rescue.id}/release` })
  expect(release.statusCode).toBe(204)
  const cases = await pulledCases(await newDesk())
  expect([first, second].map(({ caseId }) => cases.has(caseId))).toEqual([true, true])
  const { rescues } = (await admin.call({ method: 'GET', url: '/v1/admin/rescues' })).json() as {
    rescues: RescueEntry[]
  }
  expect(rescues.find(({ id }) => id === rescue.id)).toMatchObject({ state: 'released', applied: 2, refused: 0 })
})

test('a capsule that names accounts of another district brings nothing in under their names', async () => {
  const desk = await newDesk()
  const stranger = await server.addAccount({ districtCode: '11440' })
  const command = { ...createTestOutbox(desk).register(), issuedBy: stranger.id }
  expect(rescueOf(await send(desk, makeCapsule(desk, [command])))).toMatchObject({ state: 'applied', refused: 1 })
})

test('the register and the databases hold counts, and nothing of what was rescued', async () => {
  const desk = await newDesk()
  const outbox = createTestOutbox(desk)
  const name = '구조된이름'
  const capsule = makeCapsule(desk, [outbox.register({ applicantOver: { name } })])
  await admin.call({ method: 'POST', url: `/v1/admin/devices/${desk.deviceId}/revoke` })
  expect(rescueOf(await send(desk, capsule))).toMatchObject({ state: 'parked', parkedFor: 'revoked', applied: 0 })
  const { rows } = await server.centre.pool.query(
    'SELECT (r.*)::text AS line, encode(capsule, $1) AS capsule FROM rescues r',
    ['escape']
  )
  expect(JSON.stringify(rows)).not.toContain(name)
  expect(server.log()).not.toContain(name)
})
