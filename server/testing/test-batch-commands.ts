import { v7 as newUuid } from 'uuid'
import type { BatchCommand } from '#shared/commands/destruction/batch-command.ts'
import type { BatchIntent } from '#shared/commands/destruction/batch-intent.ts'
import { batchDigest, digestText } from '#shared/domain/destruction/batch-digest.ts'
import type {
  BatchItem,
  BatchPlan,
  BatchRequest,
  DestructionBatch
} from '#shared/domain/destruction/destruction-batch.ts'
import type { PullLine } from '#shared/sync-protocol/pull.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { ed25519 } from '../keys/sodium.ts'
import type { TestCentre, TestDesk } from './test-centre.ts'
import { push } from './test-commands.ts'

/** Acts on destruction batches as a desk writes them. */

export const testPlan: BatchPlan = {
  fileId: 'application',
  dueUpTo: '2026-11-20',
  coolingDays: 7,
  note: '정기 파기'
}
export const testItem = (caseId: string, over: Partial<BatchItem> = {}): BatchItem => ({
  ...{ caseId, rev: 1, parts: 'case', cause: 'term_over', dueOn: '2026-01-01', recordsUntil: '2025-12-31' },
  ...over
})
export const testRequest = (witnessId: string): BatchRequest => ({
  scheduledOn: '2026-12-01',
  place: '전산실',
  witnessId,
  confirmation: '검증 명령',
  backups: '키 파기',
  media: '해당 없음'
})

export interface TestBatchDesk {
  act(intent: BatchIntent, batchId?: string): BatchCommand
  readonly batchId: string
}

/** Numbers on after `lastSeq`. */
export function createTestBatchDesk(
  desk: Pick<TestDesk, 'account' | 'deviceId'>,
  { batchId = newUuid(), lastSeq = 0 } = {}
): TestBatchDesk {
  let deviceSeq = lastSeq
  return {
    batchId,
    act: (intent, about = batchId) => {
      deviceSeq += 1
      const { account, deviceId } = desk
      const issued = { issuedAt: '2026-11-23T02:00:00.000Z', issuedBy: account.id, deviceId, deviceSeq }
      return { id: newUuid(), batchId: about, ...issued, ...intent }
    }
  }
}

/** The lines of a pull that asks for batches too. */
export async function pullBatches(desk: TestDesk, { cursor = 0, batches = 0 } = {}): Promise<PullLine[]> {
  const response = await desk.call({ method: 'GET', url: `/v1/changes?cursor=${cursor}&batches=${batches}` })
  const lines = response.body.trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as PullLine)
}

/** A batch as a desk that has nothing receives it. */
export async function batchAt(desk: TestDesk, batchId: string): Promise<DestructionBatch | null> {
  const lines = await pullBatches(desk)
  const head = lines.flatMap((line) => (line.type === 'batch' && line.batch.id === batchId ? [line.batch] : []))[0]
  const items = lines.flatMap((line) => (line.type === 'batch_items' && line.batchId === batchId ? line.items : []))
  return head === undefined ? null : { ...head, items }
}

/** An officer's key on a PC. */
export interface TestSigner {
  /** base64 */
  readonly publicKey: string
  approval(batch: DestructionBatch): BatchIntent & { name: 'batch.approve' }
}

export function createTestSigner(): TestSigner {
  const { publicKey, secretKey } = ed25519.keysOf(nodeCipher.randomBytes(32))
  return {
    publicKey: Buffer.from(publicKey).toString('base64'),
    approval: (batch) => {
      const digest = batchDigest({ sha256: nodeCipher.sha256 }, batch)
      const signature = Buffer.from(ed25519.sign(secretKey, digest)).toString('base64')
      return { name: 'batch.approve', args: { digest: digestText(digest), signature } }
    }
  }
}

/** A batch that three people of the district have brought to its cooling-off. Gives back its id. */
export async function approvedBatch(
  server: Pick<TestCentre, 'addAccount' | 'signIn'>,
  items: readonly BatchItem[],
  plan: Partial<BatchPlan> = {}
): Promise<string> {
  const batchId = newUuid()
  const [author, colleague, officer] = await Promise.all(
    (['caseworker', 'caseworker', 'privacy_officer'] as const).map(async (role) =>
      server.signIn(await server.addAccount({ role }))
    )
  )
  if (author === undefined || colleague === undefined || officer === undefined) throw new Error('nobody came')
  const [writing, reviewing, approving] = [author, colleague, officer].map((desk) =>
    createTestBatchDesk(desk, { batchId })
  ) as [TestBatchDesk, TestBatchDesk, TestBatchDesk]
  const lists: BatchIntent[] = []
  for (let at = 0; at < items.length; at += 500)
    lists.push({ name: 'batch.list', args: { items: items.slice(at, at + 500) } })
  const begun: BatchIntent[] = [
    { name: 'batch.plan', args: { ...testPlan, ...plan } },
    ...lists,
    { name: 'batch.submit', args: {} }
  ]
  await push(
    author,
    begun.map((intent) => writing.act(intent))
  )
  await push(colleague, [reviewing.act({ name: 'batch.finish_review', args: { reason: '' } })])
  await push(author, [writing.act({ name: 'batch.request', args: testRequest(colleague.account.id) })])
  const signer = createTestSigner()
  await officer.call({ method: 'POST', url: '/v1/signing-keys', payload: { publicKey: signer.publicKey } })
  const batch = await batchAt(officer, batchId)
  if (batch === null) throw new Error('the batch is not in the stream')
  const [outcome] = await push(officer, [approving.act(signer.approval(batch))])
  if (outcome?.type !== 'Applied') throw new Error(`not approved: ${JSON.stringify(outcome)}`)
  return batchId
}
