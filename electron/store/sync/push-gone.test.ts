import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectOk, ok } from '#shared/foundation/result.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import { outboxEntries } from '../outbox/outbox.ts'
import { parkedItems } from '../outbox/parked.ts'
import { receiveGone } from '../outbox/settle.ts'
import { openTestDesk, type TestDesk } from '../testing/test-desk.ts'
import { openTestDocuments } from '../testing/test-documents.ts'
import type { CentreClient } from './centre-client.ts'
import { pushWaiting } from './push.ts'

let desk: TestDesk
beforeEach(() => {
  desk = openTestDesk()
})
afterEach(() => desk.close())

const sealToCentre = (content: Uint8Array) => Buffer.from(content).map((byte) => byte ^ 0xff)
/** A centre that gives every command this answer. */
const answering = (outcomeOf: (commandId: string) => PushOutcome): CentreClient => {
  const client: Pick<CentreClient, 'push'> = {
    push: async () => {
      const outcomes = outboxEntries(desk.db).map(({ command }) => outcomeOf(command.id))
      const lines = [JSON.stringify({ type: 'outcomes', outcomes }), '{"type":"end"}']
      return ok(
        (async function* answer() {
          yield lines
        })()
      )
    }
  }
  return client as CentreClient
}

test.each(['destroyed', 'withdrawn', 'scope'] as const)(
  'a command that was done before its case went (%s), and is answered after, leaves nothing here that can be read',
  async (reason) => {
    const caseId = desk.register()
    desk.db.write((tx) => ok(receiveGone(tx, { ...desk.deps, sealToCentre }, [{ caseId, reason, seq: 7 }])))
    const client = answering((commandId) => ({ type: 'AlreadyApplied', commandId, rev: 1, seq: 3 }))
    const parts = { signal: new AbortController().signal, onProgress: () => undefined, onCases: () => undefined }
    await pushWaiting({
      ...desk.deps,
      ...parts,
      sealToCentre,
      onErased: () => undefined,
      onBatches: () => undefined,
      db: desk.db,
      client
    })
    expect(desk.db.all('SELECT device_seq FROM sent')).toEqual([])
    expect(desk.db.all('SELECT device_seq, sealed IS NOT NULL AS kept FROM sent_sealed')).toEqual([
      { device_seq: 1, kept: reason === 'scope' ? 1 : 0 }
    ])
    expect(desk.shown(caseId)).toBeUndefined()
  }
)

test('a document that waits for a case which turns out gone with the answer to another command leaves a line that says so', async () => {
  const caseId = desk.register()
  const documents = openTestDocuments(desk, { serverUrl: 'http://127.0.0.1:1', token: 'x' })
  const { documentId } = expectOk(await documents.attach(caseId, Buffer.from('%PDF-1.7 통장 사본')))
  const client = answering((commandId) => ({ type: 'HandedOver', commandId }))
  const parts = { signal: new AbortController().signal, onProgress: () => undefined, onCases: () => undefined }
  await pushWaiting({
    ...desk.deps,
    ...parts,
    sealToCentre,
    onErased: () => undefined,
    onBatches: () => undefined,
    db: desk.db,
    client
  })
  await documents.transfer.stop()
  const lines = parkedItems(desk.db).map(({ commandId, name, parked }) => [commandId, name, parked])
  expect(lines).toEqual(expect.arrayContaining([[documentId, 'case.attach', 'scope']]))
  expect(lines).toHaveLength(2)
})
