import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { sealChunk } from '#shared/cipher/document-chunks.ts'
import { caseMarkers } from '#shared/domain/erasure/case-markers.ts'
import type { Marker, MarkerKind } from '#shared/domain/erasure/marker.ts'
import { approvedBatch, testItem } from '../testing/test-batch-commands.ts'
import { keepCase, plainCase } from '../testing/test-cases.ts'
import { openTestCentre, type TestCentre } from '../testing/test-centre.ts'
import { destroyMarkers, readMarkers } from './batch-markers.ts'
import { executeBatch } from './execute-batch.ts'

let server: TestCentre
let later = 0
beforeEach(async () => {
  later = 0
  server = await openTestCentre({ now: () => new Date(Date.now() + later).toISOString() })
})
afterEach(() => server.close())

const paper = Uint8Array.from({ length: 4000 }, (_, at) => (at * 7919) % 251)
const documentKey = Uint8Array.from({ length: 32 }, (_, at) => at * 5)

/** A case with a paper, destroyed by a batch of its own. */
async function destroyed() {
  const { centre } = server
  const { cipher, pool } = centre
  const documentId = newUuid()
  const sealed = sealChunk(cipher, documentKey, paper, { documentId, no: 0 })
  const sha256 = Buffer.from(cipher.sha256(sealed)).toString('hex')
  const document = {
    ...{ documentId, title: 'birth_certificate', mediaType: 'application/pdf', bytes: paper.length, sha256 },
    ...{ chunks: [sha256], key: Buffer.from(documentKey).toString('base64') },
    ...{ attachedAt: '2026-01-01T00:00:00.000Z', attachedBy: newUuid() }
  } as never
  const subject = { ...plainCase(0), id: newUuid(), documents: [document] }
  await keepCase(centre, subject)
  await pool.query('INSERT INTO document_chunks (case_id, sha256, received_at, content) VALUES ($1, $2, now(), $3)', [
    ...[subject.id, Buffer.from(sha256, 'hex'), sealed]
  ])
  const batchId = await approvedBatch(server, [testItem(subject.id)])
  later = 9 * 86_400_000
  await executeBatch(centre, batchId)
  return { batchId, subject }
}
const read = (batchId: string, opens = true) =>
  readMarkers({ ...server.centre, openCaseKey: () => (opens ? new Uint8Array(32) : null) }, batchId)
const told = (markers: readonly Marker[]) =>
  markers.map(({ kind, bytes }) => `${kind} ${Buffer.from(bytes).toString('hex')}`)
const kindsOf = (markers: readonly { kind: MarkerKind }[]) => new Set(markers.map(({ kind }) => kind))

test('the markers of a destroyed case are kept: its people, its papers and its key', async () => {
  const { batchId, subject } = await destroyed()
  const { markers, cases, unmarked } = await read(batchId)
  expect({ cases, unmarked }).toEqual({ cases: 1, unmarked: 0 })
  expect(told(markers)).toEqual(expect.arrayContaining(told(caseMarkers(subject))))
  const others = [...kindsOf(markers)].filter((kind) => !kindsOf(caseMarkers(subject)).has(kind))
  expect(others.sort()).toEqual(['case_key', 'document'])
})

test('a case key that opens no more is no marker', async () => {
  const { batchId } = await destroyed()
  expect(kindsOf((await read(batchId, false)).markers).has('case_key')).toBe(false)
})

test('nothing of them can be read in the cases database, and nothing at all when the verification is closed', async () => {
  const { batchId, subject } = await destroyed()
  const { rows } = await server.centre.pool.query<{ sealed: Buffer }>('SELECT sealed FROM batch_markers')
  const texts = [subject.applicant.name, subject.applicant.registrationNo, subject.applicant.phone]
  for (const { sealed } of rows) expect(texts.filter((text) => sealed.includes(text))).toEqual([])
  await destroyMarkers(server.centre, batchId)
  expect(await read(batchId)).toEqual({ markers: [], cases: 1, unmarked: 1 })
  const named = await server.centre.keysPool.query('SELECT 1 FROM named_keys WHERE name = $1', [`markers:${batchId}`])
  expect(named.rowCount).toBe(0)
})
