import { afterEach, beforeEach, expect, test } from 'vitest'
import { CHUNK_BYTES } from '#shared/domain/document/case-document.ts'
import { err, expectOk } from '#shared/foundation/result.ts'
import { openTestDocuments, type TestDocuments, testFile } from '../../electron/store/testing/test-documents.ts'
import { expireChunks } from '../../server/documents/chunk-store.ts'
import { type MovableDesk, openRestoreFixture, type RestoreFixture } from './restore-fixture.ts'

let office: RestoreFixture
let a: MovableDesk
let b: MovableDesk
const opened: TestDocuments[] = []
const documentsOf = (desk: MovableDesk, fetch = office.fetch): TestDocuments => {
  const documents = openTestDocuments(desk, { serverUrl: office.url, token: desk.token, fetch })
  opened.push(documents)
  return documents
}
beforeEach(async () => {
  office = await openRestoreFixture()
  a = await office.openDesk()
  b = await office.openDesk()
})
afterEach(async () => {
  expect(opened.flatMap(({ faults }) => faults)).toEqual([])
  for (const documents of opened.splice(0)) await documents.transfer.stop()
  await office.close()
})

const syncInTurn = async (...desks: MovableDesk[]) => {
  for (const desk of desks)
    expect(await desk.sync.syncNow()).toMatchObject({ state: 'current', waiting: 0, refused: 0 })
}
const missing = async () => {
  const { rows } = await office.centre().centre.pool.query('SELECT count(*)::integer AS n FROM missing_chunks')
  return rows[0].n
}
/** A document that the centre has, and loses again: its pieces went up after the backup. */
const lostDocument = async () => {
  const caseId = a.register()
  await syncInTurn(a, b)
  const backup = await office.backUp()
  const content = testFile(3 * CHUNK_BYTES + 5)
  const documents = documentsOf(a)
  const { documentId } = expectOk(await documents.attach(caseId, content))
  await documents.send()
  await syncInTurn(a, b)
  await office.restore(backup)
  await a.sync.syncNow()
  await syncInTurn(b, a)
  return { caseId, content, documentId, documents }
}

test('the pieces of a document that went up after the backup come back from the PC that has them', async () => {
  const { caseId, content, documentId, documents } = await lostDocument()
  const bDocuments = documentsOf(b)
  expect(bDocuments.list(caseId)).toMatchObject([{ documentId, state: 'away' }])
  expect([await missing(), await bDocuments.fetch(caseId, documentId)]).toEqual([4, err({ type: 'DocumentLost' })])
  await documents.send()
  expect(await missing()).toBe(0)
  // They are the document's own, and not taken for pieces that came ahead of a command.
  const { pool } = office.centre().centre
  expect(await expireChunks({ pool, now: () => '2027-12-31T00:00:00.000Z' })).toBe(0)
  expectOk(await bDocuments.fetch(caseId, documentId))
  expect(Buffer.compare(bDocuments.read(caseId, documentId), content)).toBe(0)
})

test.each([0, 1, 3])('a line that breaks after %i pieces costs only what was on it', async (count) => {
  const { documents } = await lostDocument()
  await documents.transfer.stop()
  let left = count
  const broken = documentsOf(a, async (input, init) => {
    if (init?.method === 'PUT' && left-- <= 0) throw new TypeError('the line is cut')
    return office.fetch(input, init)
  })
  await broken.send()
  expect(await missing()).toBe(4 - count)
  await broken.transfer.stop()
  await documentsOf(a).send()
  expect(await missing()).toBe(0)
})

test('what no PC has any more is said to be lost, asked for once, and can be taken out', async () => {
  const { caseId, documentId, documents } = await lostDocument()
  a.db.raw.exec('DELETE FROM document_chunks')
  await documents.send()
  let asked = 0
  const counting = documentsOf(a, (input, init) => {
    asked += 1
    return office.fetch(input, init)
  })
  await syncInTurn(a)
  await counting.send()
  expect([await missing(), asked]).toEqual([4, 0])
  expect(await documentsOf(b).fetch(caseId, documentId)).toEqual(err({ type: 'DocumentLost' }))
  expectOk(b.run({ name: 'case.detach', args: { documentId, reason: '다시 받음' } }, { caseId, base: {} }))
  await syncInTurn(b)
  expect(await missing()).toBe(0)
})
