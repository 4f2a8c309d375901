import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Account } from '#shared/domain/account/account.ts'
import { sampleIntake } from '#shared/domain/demo/sample-intake.ts'
import { CHUNK_BYTES } from '#shared/domain/document/case-document.ts'
import { testFile } from '../../electron/store/testing/test-documents.ts'
import { TestService } from '../../electron/store/testing/test-service.ts'
import { TEST_PASSWORD } from '../../server/testing/test-centre.ts'
import { createTestOutbox, push } from '../../server/testing/test-commands.ts'
import { openSyncFixture, type SyncFixture } from './sync-fixture.ts'

let piecesLeft = Number.POSITIVE_INFINITY
let isPushCut = false
const fetchOverLine: typeof globalThis.fetch = async (input, init) => {
  if (isPushCut && String(input).endsWith('/v1/push')) throw new TypeError('the line is cut')
  if (init?.method === 'PUT' && piecesLeft-- <= 0) throw new TypeError('the line is cut')
  return fetch(input, init)
}

let office: SyncFixture
let account: Account
let pc: TestService
let caseId: string
beforeEach(async () => {
  piecesLeft = Number.POSITIVE_INFINITY
  isPushCut = false
  office = await openSyncFixture()
  account = await office.centre.addAccount({ districtCode: '11680' })
  pc = new TestService({ fetch: fetchOverLine })
  await signIn()
  const intent = { name: 'case.register', args: sampleIntake() } as const
  caseId = (await pc.get('command.run', { caseId: null, base: {}, draftId: null, intent })).caseId
  expect(await pc.get('sync.now', {})).toMatchObject({ state: 'current', waiting: 0 })
})
afterEach(async () => {
  expect(pc.faults).toEqual([])
  await pc.remove()
  await office.close()
})

const signIn = () => pc.get('session.signIn', { serverUrl: office.url, login: account.login, password: TEST_PASSWORD })
const states = async () => (await pc.get('document.list', { caseId })).map(({ state }) => state)
const attach = (content: Uint8Array<ArrayBuffer>) => pc.get('document.attach', { caseId, title: 'bankbook', content })
const loseTheFile = async (also: (aside: string) => void = () => undefined): Promise<void> => {
  await pc.end()
  rmSync(join(pc.dataDir, 'stores', '11680', 'store.db'))
  pc.startAgain()
  expect(await pc.get('session.current', {})).toMatchObject({ state: 'broken', rescuable: 1 })
  await pc.get('store.startAfresh', {})
  const [aside = ''] = readdirSync(join(pc.dataDir, 'rescue'))
  also(join(pc.dataDir, 'rescue', aside))
  await signIn()
  await pc.get('sync.now', {})
}

test('a document that was half up when its store was lost arrives whole', async () => {
  piecesLeft = 1
  const content = new Uint8Array(testFile(3 * CHUNK_BYTES))
  await attach(content)
  await vi.waitFor(async () => {
    const [item] = await pc.get('document.list', { caseId })
    expect(item?.doneBytes).toBe(CHUNK_BYTES)
  }, 10_000)
  await loseTheFile()
  expect(await states()).toEqual(['waiting'])
  piecesLeft = Number.POSITIVE_INFINITY
  await vi.waitFor(
    async () => {
      await pc.get('sync.now', {})
      expect(await states()).toEqual(['here'])
    },
    { timeout: 15_000, interval: 300 }
  )
  const [item] = await pc.get('document.list', { caseId })
  const place = { caseId, documentId: item?.documentId ?? '', purpose: '결재 첨부' }
  const read = await pc.get('document.content', place)
  expect(Buffer.compare(read.content, content)).toBe(0)
  expect(await pc.get('outbox.list', {})).toEqual([])
})

test('a document of which a copy is damaged is not brought back, and the outbox says that it is lost', async () => {
  piecesLeft = 0
  await attach(new Uint8Array(testFile(2 * CHUNK_BYTES)))
  await loseTheFile((aside) => {
    const [copy = ''] = readdirSync(join(aside, 'rescue.chunks'))
    rmSync(join(aside, 'rescue.chunks', copy))
  })
  expect(await states()).toEqual([])
  expect(await pc.get('outbox.list', {})).toMatchObject([{ status: 'parked', parked: 'unreadable', amount: 1 }])
})

test('a document whose pieces the centre lost goes up again, also where something stands refused', async () => {
  isPushCut = true
  const intent = { name: 'case.register', args: sampleIntake() } as const
  const taken = newUuid()
  await pc.get('command.run', { caseId: null, base: {}, draftId: taken, intent })
  const colleague = await office.centre.signIn(await office.centre.addAccount({ districtCode: '11680' }))
  await push(colleague, [{ ...createTestOutbox(colleague).register(), caseId: taken }])
  await attach(new Uint8Array(testFile(2 * CHUNK_BYTES)))
  await vi.waitFor(async () => expect(await states()).toEqual(['sent']), 10_000)
  await office.centre.centre.pool.query('DELETE FROM document_chunks')
  isPushCut = false
  await vi.waitFor(
    async () => {
      expect(await pc.get('sync.now', {})).toMatchObject({ cause: 'refused', refused: 1 })
      expect(await states()).toEqual(['here'])
    },
    { timeout: 15_000, interval: 300 }
  )
})
