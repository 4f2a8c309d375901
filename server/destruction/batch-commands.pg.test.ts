import { v7 as newUuid } from 'uuid'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BatchIntent } from '#shared/commands/destruction/batch-intent.ts'
import type { Role } from '#shared/domain/account/account.ts'
import type { DestructionBatch } from '#shared/domain/destruction/destruction-batch.ts'
import type { PushOutcome } from '#shared/sync-protocol/push.ts'
import {
  batchAt,
  createTestBatchDesk,
  createTestSigner,
  pullBatches,
  type TestBatchDesk,
  type TestSigner,
  testItem,
  testPlan,
  testRequest
} from '../testing/test-batch-commands.ts'
import { openTestCentre, type TestCentre, type TestDesk } from '../testing/test-centre.ts'
import { createTestOutbox, pull, push } from '../testing/test-commands.ts'

interface Person {
  readonly desk: TestDesk
  readonly acts: TestBatchDesk
  readonly signer: TestSigner
}

let server: TestCentre
let author: Person
let colleague: Person
let officer: Person
let batchId: string
let listed: string[]

const person = async (role: Role, over: { districtCode?: string; batchId?: string } = {}): Promise<Person> => {
  const { districtCode = '11680' } = over
  const desk = await server.signIn(await server.addAccount({ role, districtCode }))
  const signer = createTestSigner()
  const payload = { publicKey: signer.publicKey }
  if (role === 'privacy_officer') await desk.call({ method: 'POST', url: '/v1/signing-keys', payload })
  return { desk, signer, acts: createTestBatchDesk(desk, { batchId: over.batchId ?? batchId }) }
}
beforeEach(async () => {
  server = await openTestCentre()
  batchId = newUuid()
  listed = Array.from({ length: 3 }, () => newUuid()).sort()
  author = await person('caseworker')
  colleague = await person('caseworker')
  officer = await person('privacy_officer')
})
afterEach(() => server.close())

const act = async ({ desk, acts }: Person, ...intents: BatchIntent[]): Promise<PushOutcome[]> =>
  push(
    desk,
    intents.map((intent) => acts.act(intent))
  )
const typeOf = (outcome: PushOutcome | undefined): string | undefined =>
  outcome !== undefined && 'refusal' in outcome ? outcome.refusal.type : outcome?.type
const answers = async (who: Person, ...intents: BatchIntent[]) => (await act(who, ...intents)).map(typeOf)
const batchNow = async (who = colleague): Promise<DestructionBatch> => {
  const batch = await batchAt(who.desk, batchId)
  if (batch === null) throw new Error('the batch is not in the stream')
  return batch
}
const items = () => listed.map((caseId) => testItem(caseId))

async function requested(): Promise<DestructionBatch> {
  await act(author, { name: 'batch.plan', args: testPlan }, { name: 'batch.list', args: { items: items() } })
  await act(author, { name: 'batch.submit', args: {} })
  await act(colleague, { name: 'batch.finish_review', args: { reason: '' } })
  await act(author, { name: 'batch.request', args: testRequest(colleague.desk.account.id) })
  return batchNow()
}

describe('a batch', () => {
  test('is planned, reviewed, asked for and approved by three people, and comes to each desk of the district', async () => {
    const batch = await requested()
    expect(await answers(officer, officer.signer.approval(batch))).toEqual(['Applied'])
    const { approval, coolsUntil, steps, ...rest } = await batchNow()
    expect(rest).toMatchObject({ state: 'cooling', rev: 6, authorId: author.desk.account.id, plan: testPlan })
    expect(rest.items).toEqual(items().map((item) => ({ ...item, exclusion: null })))
    expect(approval?.by).toBe(officer.desk.account.id)
    expect(steps.map((step) => step.act)).toEqual(['plan', 'submit', 'review', 'request', 'approve'])
    expect(Date.parse(coolsUntil ?? '') - Date.now()).toBeGreaterThan(7 * 86_400_000)
  })

  test('stands in the order of the PC with the commands of cases, and in one stream', async () => {
    const outbox = createTestOutbox(author.desk)
    const intake = outbox.register()
    const acts = createTestBatchDesk(author.desk, { batchId, lastSeq: 1 })
    const plan = acts.act({ name: 'batch.plan', args: testPlan })
    expect(await push(author.desk, [intake, plan])).toMatchObject([
      { type: 'Applied', rev: 1, seq: 1 },
      { type: 'Applied', rev: 1, seq: 2 }
    ])
    const lines = await pullBatches(colleague.desk)
    expect(lines.map(({ type }) => type)).toEqual(['start', 'case', 'batch', 'end'])
    expect(lines.at(-1)).toMatchObject({ cursor: 2 })
    expect((await pull(colleague.desk)).map(({ type }) => type)).toEqual(['start', 'case', 'end'])
  })

  test('is answered alike when it comes again, and does nothing again', async () => {
    const plan = author.acts.act({ name: 'batch.plan', args: testPlan })
    const [first] = await push(author.desk, [plan])
    expect(await push(author.desk, [plan])).toEqual([{ ...first, type: 'AlreadyApplied' }])
    const again = author.acts.act({ name: 'batch.plan', args: testPlan })
    const [refused] = await push(author.desk, [again])
    expect(refused).toEqual({ type: 'BatchRefused', commandId: again.id, refusal: { type: 'BatchAlreadyPlanned' } })
    expect(await push(author.desk, [again])).toEqual([refused])
  })

  test('with a long list comes in pieces, and later only what changed of it', async () => {
    const many = Array.from({ length: 1_200 }, () => newUuid()).sort()
    await act(author, { name: 'batch.plan', args: testPlan })
    for (let at = 0; at < many.length; at += 500) {
      const part = many.slice(at, at + 500).map((caseId) => testItem(caseId))
      await act(author, { name: 'batch.list', args: { items: part } })
    }
    const lines = await pullBatches(colleague.desk)
    const sizes = lines.flatMap((line) => (line.type === 'batch_items' ? [line.items.length] : []))
    expect(sizes).toEqual([500, 500, 200])
    expect((await batchNow()).items.map(({ caseId }) => caseId)).toEqual(many)
    const end = lines.at(-1)
    const cursor = end?.type === 'end' ? end.cursor : 0
    await act(author, { name: 'batch.list', args: { items: [testItem(many[7] ?? '', { rev: 2 })] } })
    const later = await pullBatches(colleague.desk, { cursor, batches: cursor })
    expect(later.flatMap((line) => (line.type === 'batch_items' ? line.items : []))).toEqual([
      { ...testItem(many[7] ?? '', { rev: 2 }), exclusion: null }
    ])
  })

  test('comes whole to a PC that has all cases and no batch yet', async () => {
    const batch = await requested()
    const lines = await pullBatches(officer.desk, { cursor: 5, batches: 0 })
    expect(lines.map(({ type }) => type)).toEqual(['start', 'batch', 'batch_items', 'end'])
    expect(await batchAt(officer.desk, batchId)).toEqual(batch)
  })

  test('is not there for another district, by whatever role', async () => {
    const batch = await requested()
    const stranger = await person('privacy_officer', { districtCode: '11440' })
    expect(await answers(stranger, stranger.signer.approval(batch))).toEqual(['BatchNotFound'])
    expect((await pullBatches(stranger.desk)).map(({ type }) => type)).toEqual(['start', 'end'])
  })
})

describe('attacks', () => {
  test('the author approves her own batch: as she is, and after she became the officer', async () => {
    const batch = await requested()
    expect(await answers(author, author.signer.approval(batch))).toEqual(['RoleNotAllowed'])
    const promote = "UPDATE accounts SET role = 'privacy_officer' WHERE id = $1"
    await server.centre.pool.query(promote, [author.desk.account.id])
    const payload = { publicKey: author.signer.publicKey }
    await author.desk.call({ method: 'POST', url: '/v1/signing-keys', payload })
    expect(await answers(author, author.signer.approval(batch))).toEqual(['OwnWork'])
    expect((await batchNow()).state).toBe('requested')
  })

  test("a caseworker sends the officer's commands, under her own name and under the officer's", async () => {
    const batch = await requested()
    const approve = officer.signer.approval(batch)
    const own = await answers(colleague, approve, { name: 'batch.return', args: { reason: '반려' } })
    expect(own).toEqual(['RoleNotAllowed', 'RoleNotAllowed'])
    const forged = { ...colleague.acts.act(approve), issuedBy: officer.desk.account.id }
    expect((await push(colleague.desk, [forged])).map(typeOf)).toEqual(['RoleNotAllowed'])
    const payload = { publicKey: colleague.signer.publicKey }
    const registered = await colleague.desk.call({ method: 'POST', url: '/v1/signing-keys', payload })
    expect(registered.statusCode).toBe(403)
  })

  test('the list changes by one item after it was signed', async () => {
    const signed = officer.signer.approval(await requested())
    await act(officer, { name: 'batch.return', args: { reason: '한 건 더' } })
    const more = [testItem(newUuid())]
    await act(author, { name: 'batch.list', args: { items: more } }, { name: 'batch.submit', args: {} })
    await act(colleague, { name: 'batch.finish_review', args: { reason: '' } })
    await act(author, { name: 'batch.request', args: testRequest(colleague.desk.account.id) })
    expect(await answers(officer, signed)).toEqual(['ListChanged'])
  })

  test('an approval is played again on another batch with the same list', async () => {
    const signed = officer.signer.approval(await requested())
    batchId = newUuid()
    const [again, review, approver] = [author, colleague, officer].map(({ desk, signer }, index): Person => {
      const lastSeq = [4, 1, 0][index] ?? 0
      return { desk, signer, acts: createTestBatchDesk(desk, { batchId, lastSeq }) }
    }) as [Person, Person, Person]
    await act(again, { name: 'batch.plan', args: testPlan }, { name: 'batch.list', args: { items: items() } })
    await act(again, { name: 'batch.submit', args: {} })
    await act(review, { name: 'batch.finish_review', args: { reason: '' } })
    await act(again, { name: 'batch.request', args: testRequest(colleague.desk.account.id) })
    expect(await answers(approver, signed)).toEqual(['ListChanged'])
  })

  test("another officer's signature, one of a key that has ended, and one of a key that nobody registered", async () => {
    const batch = await requested()
    const other = await person('privacy_officer')
    const ended = officer.signer.approval(batch)
    const renewed = createTestSigner()
    const payload = { publicKey: renewed.publicKey }
    await officer.desk.call({ method: 'POST', url: '/v1/signing-keys', payload })
    const signatures = [other.signer.approval(batch), ended, createTestSigner().approval(batch)]
    expect(await answers(officer, ...signatures)).toEqual(Array.from({ length: 3 }, () => 'SignatureInvalid'))
    expect(await answers(officer, renewed.approval(batch))).toEqual(['Applied'])
  })

  test('what is no act on a batch, or on a case under its name, is not read', async () => {
    const plan = author.acts.act({ name: 'batch.plan', args: testPlan })
    const { batchId: about, ...without } = plan
    const [outcome] = await push(author.desk, [{ ...without, caseId: about }])
    expect(typeOf(outcome)).toBe('CommandUnreadable')
  })
})
