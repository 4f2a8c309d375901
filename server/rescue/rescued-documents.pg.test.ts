import { v7 as newUuid } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RescueEntry } from '#shared/domain/administration/rescue-entry.ts'
import { deviceAuthorization } from '#shared/sync-protocol/device-credential.ts'
import type { RescueAnswer } from '#shared/sync-protocol/rescue.ts'
import { buryCases } from '../destruction/bury-cases.ts'
import { expireChunks } from '../documents/chunk-store.ts'
import { makeCapsule, makeDocument, type TestDocument } from '../testing/test-capsule.ts'
import { openTestCentre, type TestCentre, type TestDesk, testCredential } from '../testing/test-centre.ts'
import { createTestOutbox, pulledCases, push, type TestOutbox } from '../testing/test-commands.ts'

let server: TestCentre
let admin: TestDesk
let clock = Date.parse('2026-11-23T00:00:00.000Z')
beforeAll(async () => {
  server = await openTestCentre({ now: () => new Date(clock).toISOString() })
  admin = await server.signIn(await server.addAccount({ role: 'administrator' }))
})
afterAll(() => server.close())

const octets = { 'content-type': 'application/octet-stream' }
const proofOf = ({ deviceId }: { deviceId: string }) => ({
  authorization: deviceAuthorization({ id: deviceId, credential: testCredential(deviceId) })
})
const send = async (desk: TestDesk, capsule: Buffer): Promise<RescueAnswer> => {
  const headers = { ...octets, ...proofOf(desk) }
  return (await server.call({ method: 'POST', url: '/v1/rescue', headers, payload: capsule })).json()
}
const put = async (desk: TestDesk, rescueId: string, [sha256, content]: readonly [string, Buffer]) => {
  const headers = { ...octets, ...proofOf(desk) }
  const url = `/v1/rescue/${rescueId}/chunks/${sha256}`
  const answer = await server.call({ method: 'PUT', url, headers, payload: content })
  return answer.statusCode === 204 ? 'taken' : (answer.json() as { error: unknown }).error
}
const end = async (desk: TestDesk, rescueId: string): Promise<RescueEntry> => {
  const answer = await server.call({ method: 'POST', url: `/v1/rescue/${rescueId}/end`, headers: proofOf(desk) })
  return (answer.json() as { rescue: RescueEntry }).rescue
}
const release = async (rescueId: string): Promise<number> =>
  (await admin.call({ method: 'POST', url: `/v1/admin/rescues/${rescueId}/release` })).statusCode
const revoke = (desk: TestDesk) => admin.call({ method: 'POST', url: `/v1/admin/devices/${desk.deviceId}/revoke` })
const registerOf = async (desk: TestDesk): Promise<RescueEntry[]> => {
  const answer = (await admin.call({ method: 'GET', url: '/v1/admin/rescues' })).json() as { rescues: RescueEntry[] }
  return answer.rescues.filter(({ deviceId }) => deviceId === desk.deviceId)
}

interface Pc {
  readonly desk: TestDesk
  readonly outbox: TestOutbox
  readonly caseId: string
}
/** A PC whose case is at the centre. */
const newPc = async (): Promise<Pc> => {
  const desk = await server.signIn(await server.addAccount())
  const outbox = createTestOutbox(desk)
  const register = outbox.register()
  await push(desk, [register])
  return { desk, outbox, caseId: register.caseId }
}
const documentsIn = async (caseId: string): Promise<string[]> => {
  const colleague = await server.signIn(await server.addAccount())
  return ((await pulledCases(colleague)).get(caseId)?.documents ?? []).map(({ documentId }) => documentId)
}
const piecesOf = async ({ command }: TestDocument): Promise<number> =>
  (
    await server.centre.pool.query('SELECT sha256 FROM document_chunks WHERE document_id = $1', [
      command.args.documentId
    ])
  ).rows.length
const idOf = ({ command }: TestDocument): string => command.args.documentId
const capsuleOf = ({ desk }: Pc, ...documents: TestDocument[]): Buffer =>
  makeCapsule(
    desk,
    documents.map(({ command }) => command)
  )

test('a document is asked for, sent in pieces and attached as the PC’s own; sent again it changes nothing', async () => {
  const pc = await newPc()
  const paper = makeDocument(pc.desk, pc.caseId, { pieces: 3 })
  const [first, ...others] = [...paper.pieces]
  if (first === undefined) throw new Error('a document has pieces')
  const capsule = capsuleOf(pc, paper)
  const asked = await send(pc.desk, capsule)
  expect(asked.rescue).toMatchObject({ state: 'parked', parkedFor: 'chunks', commands: 0, documents: 1, applied: 0 })
  expect([...asked.wanted].sort()).toEqual([...paper.pieces.keys()].sort())
  const { id } = asked.rescue
  expect([await put(pc.desk, id, first), await put(pc.desk, id, first)]).toEqual(['taken', 'taken'])
  // Broken off: what is up is not asked for again.
  expect([...(await send(pc.desk, capsule)).wanted].sort()).toEqual(others.map(([sha256]) => sha256).sort())
  for (const piece of others) await put(pc.desk, id, piece)
  const done = { state: 'applied', parkedFor: null, documents: 1, applied: 1, lost: 0 }
  expect(await send(pc.desk, capsule)).toMatchObject({ rescue: { id, ...done }, wanted: [] })
  expect(await end(pc.desk, id)).toMatchObject(done)
  expect(await send(pc.desk, capsule)).toMatchObject({ rescue: { id, ...done }, wanted: [] })
  expect([await documentsIn(pc.caseId), await piecesOf(paper)]).toEqual([[idOf(paper)], 3])
  const { rows } = await server.centre.pool.query(
    `SELECT c.device_seq, r.capsule, (SELECT count(*)::int FROM rescued_chunks) AS left
     FROM commands c JOIN rescues r ON r.device_id = c.device_id WHERE c.id = $1`,
    [idOf(paper)]
  )
  expect(rows).toEqual([{ device_seq: null, capsule: null, left: 0 }])
})

test('it uses up no number of the PC: its store may live on and number the same document itself', async () => {
  const pc = await newPc()
  const paper = makeDocument(pc.desk, pc.caseId)
  const { id } = (await send(pc.desk, capsuleOf(pc, paper))).rescue
  for (const piece of paper.pieces) await put(pc.desk, id, piece)
  await end(pc.desk, id)
  const numbered = { ...paper.command, id: newUuid(), deviceSeq: 2 }
  expect(await push(pc.desk, [numbered])).toMatchObject([{ type: 'Applied' }])
  expect([await documentsIn(pc.caseId), await piecesOf(paper)]).toEqual([[idOf(paper)], 2])
})

test('a document that lacks a piece is lost by number once the PC has no more, and the others go in', async () => {
  const pc = await newPc()
  const [whole, cut] = [makeDocument(pc.desk, pc.caseId), makeDocument(pc.desk, pc.caseId)]
  const { id } = (await send(pc.desk, capsuleOf(pc, whole, cut))).rescue
  for (const piece of [...whole.pieces, ...[...cut.pieces].slice(1)]) await put(pc.desk, id, piece)
  expect(await end(pc.desk, id)).toMatchObject({ state: 'applied', documents: 2, applied: 1, lost: 1 })
  expect(await documentsIn(pc.caseId)).toEqual([idOf(whole)])
})

test('what was attached before is not attached again, also when somebody has taken it out since', async () => {
  const pc = await newPc()
  const [stands, gone] = [makeDocument(pc.desk, pc.caseId), makeDocument(pc.desk, pc.caseId)]
  for (const { pieces } of [stands, gone]) {
    for (const [sha256, payload] of pieces) {
      await pc.desk.call({ method: 'PUT', url: `/v1/cases/${pc.caseId}/chunks/${sha256}`, headers: octets, payload })
    }
  }
  const detach = { ...stands.command, name: 'case.detach', id: newUuid(), deviceSeq: 4 }
  const outcomes = await push(pc.desk, [
    { ...stands.command, id: newUuid(), deviceSeq: 2 },
    { ...gone.command, id: newUuid(), deviceSeq: 3 },
    { ...detach, args: { documentId: idOf(gone), reason: '다른 신청인의 서류' } }
  ])
  expect(outcomes).toMatchObject([{ type: 'Applied' }, { type: 'Applied' }, { type: 'Applied' }])
  const answer = await send(pc.desk, capsuleOf(pc, stands, gone))
  expect(answer).toMatchObject({ rescue: { state: 'applied', applied: 0, alreadyApplied: 2, lost: 0 }, wanted: [] })
  expect(await documentsIn(pc.caseId)).toEqual([idOf(stands)])
})

test('of a PC that was shut out it waits for the release, longer than pieces without a command are kept, and with its intake', async () => {
  const pc = await newPc()
  const intake = pc.outbox.register()
  const papers = [makeDocument(pc.desk, pc.caseId), makeDocument(pc.desk, intake.caseId)] as const
  // One piece had gone up ahead of its command.
  const [[ahead, payload] = ['', Buffer.alloc(0)]] = papers[0].pieces
  await pc.desk.call({ method: 'PUT', url: `/v1/cases/${pc.caseId}/chunks/${ahead}`, headers: octets, payload })
  await revoke(pc.desk)
  const { rescue, wanted } = await send(pc.desk, capsuleOf(pc, ...papers))
  expect([rescue.parkedFor, wanted.length, wanted.includes(ahead)]).toEqual(['revoked', 3, false])
  for (const { pieces } of papers) {
    for (const piece of pieces) if (piece[0] !== ahead) expect(await put(pc.desk, rescue.id, piece)).toBe('taken')
  }
  expect(await end(pc.desk, rescue.id)).toMatchObject({ state: 'parked', parkedFor: 'revoked', applied: 0, lost: 0 })
  await send(pc.desk, makeCapsule(pc.desk, [intake]))
  clock += 20 * 86_400_000
  expect(await expireChunks(server.centre)).toBe(1)
  admin = await server.signIn(admin.account)
  expect(await release(rescue.id)).toBe(204)
  const entries = await registerOf(pc.desk)
  expect(entries.find(({ commands }) => commands === 1)).toMatchObject({ state: 'released', documents: 0, applied: 1 })
  expect(entries.find(({ commands }) => commands === 0)).toMatchObject({
    ...{ state: 'released', documents: 2, applied: 2, refused: 0, lost: 0 }
  })
  expect([await documentsIn(pc.caseId), await documentsIn(intake.caseId)]).toEqual([
    [idOf(papers[0])],
    [idOf(papers[1])]
  ])
})

test('released while it is still being sent it waits for its pieces, and is given up by a second release', async () => {
  const pc = await newPc()
  const [sent, never] = [makeDocument(pc.desk, pc.caseId), makeDocument(pc.desk, pc.caseId)]
  await revoke(pc.desk)
  const { id } = (await send(pc.desk, capsuleOf(pc, sent, never))).rescue
  await release(id)
  expect(await registerOf(pc.desk)).toMatchObject([{ state: 'parked', parkedFor: 'chunks', applied: 0 }])
  for (const piece of sent.pieces) await put(pc.desk, id, piece)
  expect(await send(pc.desk, capsuleOf(pc, makeDocument(pc.desk, pc.caseId)))).toMatchObject({
    rescue: { parkedFor: 'revoked' } // another capsule of the PC waits for a release of its own
  })
  expect(await documentsIn(pc.caseId)).toEqual([idOf(sent)])
  await release(id)
  expect((await registerOf(pc.desk)).find((one) => one.id === id)).toMatchObject({
    ...{ state: 'released', applied: 1, lost: 1 }
  })
})

test('one whose case never came waits for it, and goes in behind its intake', async () => {
  const pc = await newPc()
  const intake = pc.outbox.register()
  const paper = makeDocument(pc.desk, intake.caseId)
  const { id } = (await send(pc.desk, capsuleOf(pc, paper))).rescue
  for (const piece of paper.pieces) await put(pc.desk, id, piece)
  expect(await end(pc.desk, id)).toMatchObject({ state: 'parked', parkedFor: 'gap', applied: 0, refused: 0 })
  await send(pc.desk, makeCapsule(pc.desk, [intake]))
  expect(await end(pc.desk, id)).toMatchObject({ state: 'applied', parkedFor: null, applied: 1 })
  expect(await documentsIn(intake.caseId)).toEqual([idOf(paper)])
})

test('one whose case was destroyed is kept out, its pieces are neither asked for nor kept', async () => {
  const pc = await newPc()
  const paper = makeDocument(pc.desk, pc.caseId)
  const capsule = capsuleOf(pc, paper)
  const { id } = (await send(pc.desk, capsule)).rescue
  const [first, second] = [...paper.pieces]
  if (first === undefined || second === undefined) throw new Error('it has two pieces')
  await put(pc.desk, id, first)
  await buryCases(server.centre, { caseIds: [pc.caseId], reason: 'destroyed' })
  const { rows } = await server.centre.pool.query('SELECT count(content)::int AS n FROM rescued_chunks')
  expect([rows, await put(pc.desk, id, second)]).toEqual([[{ n: 0 }], { type: 'NotFound' }])
  expect(await send(pc.desk, capsule)).toMatchObject({ rescue: { state: 'applied', refused: 1, lost: 0 }, wanted: [] })
  const kept = await server.centre.pool.query('SELECT cause, way FROM quarantine WHERE command_id = $1', [idOf(paper)])
  expect(kept.rows).toEqual([{ cause: 'destroyed', way: 'rescue' }])
})

test('pieces that nobody asked for, of another PC, or that are not what their address says are not kept', async () => {
  const [pc, other] = [await newPc(), await newPc()]
  const [paper, foreign] = [makeDocument(pc.desk, pc.caseId), makeDocument(other.desk, other.caseId)]
  const { id } = (await send(pc.desk, capsuleOf(pc, paper))).rescue
  const [[sha256, content] = ['', Buffer.alloc(0)]] = paper.pieces
  const [strange = ['', Buffer.alloc(0)] as const] = foreign.pieces
  expect([
    await put(pc.desk, id, strange),
    await put(other.desk, id, [sha256, content]),
    await put(pc.desk, newUuid(), [sha256, content]),
    await put(pc.desk, id, [sha256, Buffer.from('x'.repeat(200))])
  ]).toEqual([
    { type: 'NotFound' },
    { type: 'NotFound' },
    { type: 'NotFound' },
    { type: 'ChunkRefused', cause: 'wrong_hash' }
  ])
  const forged = makeCapsule({ deviceId: pc.desk.deviceId, rescue: other.desk.rescue }, [paper.command])
  expect(await send(pc.desk, forged)).toEqual({ error: { type: 'CapsuleRefused', cause: 'forged' } })
  expect(await end(other.desk, id)).toBeUndefined()
  expect(await registerOf(pc.desk)).toMatchObject([{ state: 'parked', lost: 0 }])
})
