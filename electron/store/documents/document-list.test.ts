import { afterEach, beforeEach, expect, test } from 'vitest'
import { err, expectOk, ok } from '#shared/foundation/result.ts'
import { openTestDesk, type TestDesk } from '../testing/test-desk.ts'
import { openTestDocuments, type TestDocuments, testFile } from '../testing/test-documents.ts'
import { cancelAttachment } from './document-list.ts'

let desk: TestDesk
let documents: TestDocuments
beforeEach(() => {
  desk = openTestDesk()
  documents = openTestDocuments(desk, { serverUrl: 'http://127.0.0.1:9', token: 'none' })
})
afterEach(async () => {
  await documents.transfer.stop()
  desk.close()
})

test('a document on its way is taken back by a caseworker, once, and by nobody else', async () => {
  const caseId = desk.register()
  const { documentId } = expectOk(await documents.attach(caseId, testFile(500)))
  const shown = () => documents.list(caseId).map((item) => item.documentId)
  const cancel = (role: 'caseworker' | 'supervisor' | 'privacy_officer') =>
    cancelAttachment(desk.db, { documentId, role })
  expect([cancel('supervisor'), cancel('privacy_officer'), shown()]).toEqual([
    err({ type: 'RoleNotAllowed' }),
    err({ type: 'RoleNotAllowed' }),
    [documentId]
  ])
  expect([cancel('caseworker'), shown(), cancel('caseworker')]).toEqual([
    ok({ caseId }),
    [],
    err({ type: 'NotWaiting' })
  ])
})
