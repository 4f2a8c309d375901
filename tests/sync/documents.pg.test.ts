import { readdirSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { CHUNK_BYTES, MOST_DOCUMENT_BYTES } from '#shared/domain/document/case-document.ts'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { forgetDetached } from '../../electron/store/documents/attachment-rows.ts'
import { countOutbox } from '../../electron/store/outbox/outbox.ts'
import { listOutbox } from '../../electron/store/outbox/outbox-view.ts'
import { receiveGone } from '../../electron/store/outbox/settle.ts'
import { openTestDocuments, type TestDocuments, testFile } from '../../electron/store/testing/test-documents.ts'
import { createTestOutbox, push } from '../../server/testing/test-commands.ts'
import { createFaultyLine } from './faulty-fetch.ts'
import { openSyncFixture, type SyncedDesk, type SyncFixture } from './sync-fixture.ts'

let office: SyncFixture
let a: SyncedDesk
let b: SyncedDesk
let aDocuments: TestDocuments
let bDocuments: TestDocuments
const opened: TestDocuments[] = []
const documentsOf = (desk: SyncedDesk, fetch?: typeof globalThis.fetch): TestDocuments => {
  const documents = openTestDocuments(desk, { serverUrl: office.url, token: desk.token, ...(fetch && { fetch }) })
  opened.push(documents)
  return documents
}
beforeEach(async () => {
  office = await openSyncFixture()
  a = await office.openDesk()
  b = await office.openDesk()
  aDocuments = documentsOf(a)
  bDocuments = documentsOf(b)
})
afterEach(async () => {
  expect(opened.flatMap(({ faults }) => faults)).toEqual([])
  for (const documents of opened.splice(0)) await documents.transfer.stop()
  await office.close()
})

/** Lets the first `count` pieces through and nothing of documents after them. */
const cutAfter = (count: number): typeof globalThis.fetch => {
  let left = count
  return async (input, init) => {
    if (init?.method === 'PUT' && left-- <= 0) throw new TypeError('the line is cut')
    return fetch(input, init)
  }
}
const sharedCase = async (): Promise<string> => {
  const caseId = a.register()
  await a.sync.syncNow()
  await b.sync.syncNow()
  return caseId
}
const states = (documents: TestDocuments, caseId: string) => documents.list(caseId).map(({ state }) => state)
const pieces = async (): Promise<number> =>
  Number((await office.centre.centre.pool.query('SELECT count(*) AS n FROM document_chunks')).rows[0].n)
const settled = async (...desks: SyncedDesk[]): Promise<void> => {
  for (const desk of desks) {
    expect(await desk.sync.syncNow()).toMatchObject({ state: 'current' })
    expect(countOutbox(desk.db).waiting).toBe(0)
  }
}

test('what one desk attaches stands at the other, comes there when it is asked for, and is the same', async () => {
  const caseId = await sharedCase()
  const content = testFile(2 * CHUNK_BYTES + 17)
  const { documentId } = expectOk(await aDocuments.attach(caseId, content, 'family_register'))
  expect(aDocuments.list(caseId)).toMatchObject([{ documentId, state: 'waiting', doneBytes: 0, bytes: content.length }])
  await aDocuments.send()
  expect(states(aDocuments, caseId)).toEqual(['sent'])
  await settled(a, b)
  expect(states(aDocuments, caseId)).toEqual(['here'])
  expect(bDocuments.list(caseId)).toMatchObject([
    { documentId, title: 'family_register', mediaType: 'application/pdf', state: 'away', attachedBy: a.actor.id }
  ])
  expectOk(await bDocuments.fetch(caseId, documentId))
  expect(states(bDocuments, caseId)).toEqual(['here'])
  expect(Buffer.compare(bDocuments.read(caseId, documentId), content)).toBe(0)
  aDocuments.tidyCopies()
  expect(readdirSync(aDocuments.chunkDir)).toEqual([])
})

test.each([0, 1, 2, 3])('a line that breaks after %i pieces costs only what was on it', async (count) => {
  const caseId = await sharedCase()
  const broken = documentsOf(a, cutAfter(count))
  const content = testFile(3 * CHUNK_BYTES + 5)
  const { documentId } = expectOk(await broken.attach(caseId, content))
  await broken.send()
  await settled(a, b)
  // Nobody but the desk itself knows of a document that is not whole.
  expect([bDocuments.list(caseId), await pieces()]).toEqual([[], count])
  expect(broken.list(caseId)).toMatchObject([{ state: 'waiting', doneBytes: count * CHUNK_BYTES }])
  // The program ends; the next start goes on behind what went up.
  await broken.transfer.stop()
  const again = documentsOf(a)
  await again.send()
  await settled(a, b)
  expectOk(await bDocuments.fetch(caseId, documentId))
  expect(Buffer.compare(bDocuments.read(caseId, documentId), content)).toBe(0)
  expect(await pieces()).toBe(4)
})

test('a login page that answers in the centre’s place counts as no piece: the document arrives whole afterwards', async () => {
  const caseId = await sharedCase()
  let isPortal = true
  const behindPortal = documentsOf(a, async (input, init) => (isPortal ? new Response('<html>') : fetch(input, init)))
  expectOk(await behindPortal.attach(caseId, testFile(CHUNK_BYTES + 5)))
  await behindPortal.send()
  expect([behindPortal.list(caseId), await pieces()]).toMatchObject([[{ state: 'waiting', doneBytes: 0 }], 0])
  isPortal = false
  await behindPortal.send()
  await settled(a, b)
  expect([states(behindPortal, caseId), await pieces()]).toEqual([['here'], 2])
})

test.each([1, 2, 3])('over a bad line a document arrives whole, once (seed %i)', async (seed) => {
  const caseId = await sharedCase()
  let state = seed
  const line = createFaultyLine(() => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  })
  const shaky = documentsOf(a, line.fetch)
  const content = testFile(5 * CHUNK_BYTES)
  const { documentId } = expectOk(await shaky.attach(caseId, content))
  for (let round = 0; round < 60 && states(shaky, caseId)[0] === 'waiting'; round += 1) await shaky.send()
  await settled(a, b)
  const shakyFetch = documentsOf(b, line.fetch)
  let fetched = await shakyFetch.fetch(caseId, documentId)
  for (let round = 0; round < 60 && !fetched.ok; round += 1) fetched = await shakyFetch.fetch(caseId, documentId)
  expect(Buffer.compare(shakyFetch.read(caseId, documentId), content)).toBe(0)
  expect([await pieces(), bDocuments.list(caseId).length]).toEqual([5, 1])
})

test('no command waits for a document to go up, and the order of the numbers stays whole', async () => {
  const caseId = await sharedCase()
  const broken = documentsOf(a, cutAfter(1))
  expectOk(await broken.attach(caseId, testFile(2 * CHUNK_BYTES)))
  await broken.send()
  expectOk(a.correct(caseId, 'applicant.phone', '01011112222'))
  expectOk(a.move(caseId, 'investigating'))
  await settled(a, b)
  expect(b.shown(caseId)?.case).toMatchObject({ state: 'investigating', applicant: { phone: '01011112222' } })
  await documentsOf(a).send()
  expect(listOutbox(a.db)).toMatchObject([{ name: 'case.attach', deviceSeq: 4, status: 'waiting' }])
  await settled(a, b)
  expect(states(bDocuments, caseId)).toEqual(['away'])
})

test('a document of an intake that was never sent waits for its case', async () => {
  const caseId = a.register()
  expectOk(await aDocuments.attach(caseId, testFile(100)))
  await aDocuments.send()
  expect([states(aDocuments, caseId), await pieces()]).toEqual([['waiting'], 0])
  await a.sync.syncNow()
  await aDocuments.send()
  await settled(a, b)
  expect(states(bDocuments, caseId)).toEqual(['away'])
})

test('a document waits for no intake of a case that the centre has, although this one was refused', async () => {
  const caseId = a.register()
  const colleague = await office.centre.signIn(await office.centre.addAccount())
  await push(colleague, [{ ...createTestOutbox(colleague).register(), caseId }])
  expect(await a.sync.syncNow()).toMatchObject({ state: 'needs_you', refused: 1 })
  expectOk(await aDocuments.attach(caseId, testFile(100)))
  await aDocuments.send()
  expect(await a.sync.syncNow()).toMatchObject({ state: 'needs_you', waiting: 0, refused: 1 })
  expect(states(aDocuments, caseId)).toEqual(['here'])
})

test('pieces that the centre lost before the command came are sent again, and then it is attached', async () => {
  const caseId = await sharedCase()
  expectOk(await aDocuments.attach(caseId, testFile(3 * CHUNK_BYTES)))
  await aDocuments.send()
  await office.centre.centre.pool.query(
    'DELETE FROM document_chunks WHERE ctid = (SELECT min(ctid) FROM document_chunks)'
  )
  expectOk(a.correct(caseId, 'applicant.phone', '01011112222')) // made after it, and not held up by it
  await settled(a)
  expect(listOutbox(a.db)).toMatchObject([{ name: 'case.attach', status: 'waiting', waitsFor: 'chunks' }])
  expect(aDocuments.list(caseId)).toMatchObject([{ state: 'waiting', doneBytes: 2 * CHUNK_BYTES }])
  await aDocuments.send()
  await settled(a, b)
  expect([states(bDocuments, caseId), await pieces()]).toEqual([['away'], 3])
  expect(b.shown(caseId)?.case.applicant.phone).toBe('01011112222')
})

test('two people attach at the same time and are not in each other’s way', async () => {
  const caseId = await sharedCase()
  for (const documents of [aDocuments, bDocuments]) {
    expectOk(await documents.attach(caseId, testFile(500)))
    await documents.send()
  }
  await settled(a, b, a)
  expect(aDocuments.list(caseId)).toHaveLength(2)
  expect(a.shown(caseId)?.case.conflicts).toEqual([])
})

test('a pull of the case while a file is being sealed takes none of its pieces', async () => {
  const caseId = await sharedCase()
  const shown = a.shown(caseId)?.case
  if (shown === undefined) throw new Error('the case is there')
  const attaching = aDocuments.attach(caseId, testFile(3 * CHUNK_BYTES))
  await new Promise((resolve) => setImmediate(resolve))
  expect(a.db.all('SELECT sha256 FROM document_chunks').length).toBeGreaterThan(0)
  a.db.write((tx) => ok(forgetDetached(tx, shown)))
  expectOk(await attaching)
  await aDocuments.send()
  await settled(a, b)
  expect([states(bDocuments, caseId), await pieces()]).toEqual([['away'], 3])
})

test('a case that goes while a file is being sealed takes it along, and the file says so', async () => {
  const caseId = await sharedCase()
  const attaching = aDocuments.attach(caseId, testFile(3 * CHUNK_BYTES))
  await new Promise((resolve) => setImmediate(resolve))
  const gone = { caseId, reason: 'destroyed', seq: 9 } as const
  a.db.write((tx) => ok(receiveGone(tx, { ...a.deps, sealToCentre: () => null }, [gone])))
  expect(await attaching).toEqual(err({ type: 'Refused', refusal: { type: 'CaseNotFound' } }))
  expect([a.db.all('SELECT sha256 FROM document_chunks'), readdirSync(aDocuments.chunkDir)]).toEqual([[], []])
})

test('a piece that neither side has is not asked for without end: the document stands as refused', async () => {
  const caseId = await sharedCase()
  const { documentId } = expectOk(await aDocuments.attach(caseId, testFile(2 * CHUNK_BYTES)))
  a.db.write((tx) => ok(tx.run('DELETE FROM document_chunks WHERE place = 0')))
  await aDocuments.send()
  expect(await a.sync.syncNow()).toMatchObject({ state: 'needs_you', waiting: 0, refused: 1 })
  expect(aDocuments.list(caseId)).toMatchObject([{ documentId, state: 'refused', refusal: { type: 'ChunksMissing' } }])
})

test('a document that is taken out goes from the centre and from every desk', async () => {
  const caseId = await sharedCase()
  const { documentId } = expectOk(await aDocuments.attach(caseId, testFile(500)))
  await aDocuments.send()
  await settled(a, b)
  expectOk(await bDocuments.fetch(caseId, documentId))
  expectOk(a.run({ name: 'case.detach', args: { documentId, reason: '다른 신청인의 서류' } }, { caseId }))
  await settled(a, b)
  for (const desk of [a, b]) {
    expect(desk.db.all('SELECT sha256 FROM document_chunks')).toEqual([])
    expect(desk.shown(caseId)?.case.documents).toEqual([])
  }
  expect(await pieces()).toBe(0)
  expect(await bDocuments.fetch(caseId, documentId)).toEqual(err({ type: 'DocumentGone' }))
})

describe('what a desk does not take in', () => {
  test.each([
    ['an empty file', new Uint8Array(), 'empty'],
    ['a program that calls itself a picture', Buffer.from('MZ\x90'), 'kind'],
    ['more than 20 MB', new Uint8Array(MOST_DOCUMENT_BYTES + 1), 'too_large']
  ])('%s', async (_what, content, cause) => {
    const caseId = await sharedCase()
    expect(await aDocuments.attach(caseId, content)).toEqual(err({ type: 'FileNotTaken', cause }))
    expect(a.db.all('SELECT sha256 FROM document_chunks')).toEqual([])
  })

  test('more than a case may have, or for a case that is not there', async () => {
    const caseId = await sharedCase()
    for (let count = 0; count < 30; count += 1) expectOk(await aDocuments.attach(caseId, testFile(50)))
    const full = err({ type: 'Refused', refusal: { type: 'TooManyDocuments' } })
    expect(await aDocuments.attach(caseId, testFile(50))).toEqual(full)
    await aDocuments.send()
    await settled(a)
    expect(await aDocuments.attach(caseId, testFile(50))).toEqual(full)
    const nowhere = err({ type: 'Refused', refusal: { type: 'CaseNotFound' } })
    expect(await aDocuments.attach(crypto.randomUUID(), testFile(50))).toEqual(nowhere)
  })
})

test('a piece that was altered on its way is not taken for the document', async () => {
  const caseId = await sharedCase()
  const { documentId } = expectOk(await aDocuments.attach(caseId, testFile(500)))
  await aDocuments.send()
  await settled(a, b)
  await office.centre.centre.pool.query("UPDATE document_chunks SET content = set_byte(content, 40, 7) || '\\x00'")
  expect(await bDocuments.fetch(caseId, documentId)).toEqual(err({ type: 'DocumentDamaged' }))
  expect(states(bDocuments, caseId)).toEqual(['away'])
})

test('when a case is destroyed nothing of its documents stays, and what was on its way is told', async () => {
  const caseId = await sharedCase()
  expectOk(await aDocuments.attach(caseId, testFile(500)))
  await aDocuments.send()
  await settled(a)
  const { documentId } = expectOk(await aDocuments.attach(caseId, testFile(500)))
  a.db.write((tx) =>
    ok(receiveGone(tx, { ...a.deps, sealToCentre: () => null }, [{ caseId, reason: 'destroyed', seq: 9 }]))
  )
  aDocuments.tidyCopies()
  expect(a.db.all('SELECT sha256 FROM document_chunks')).toEqual([])
  expect(readdirSync(aDocuments.chunkDir)).toEqual([])
  expect(listOutbox(a.db)).toMatchObject([
    { commandId: documentId, name: 'case.attach', status: 'parked', parked: 'destroyed' }
  ])
})
