import { v7 as newUuid } from 'uuid'
import type { BatchCommand } from '#shared/commands/destruction/batch-command.ts'
import type { BatchIntent } from '#shared/commands/destruction/batch-intent.ts'
import type {
  BatchItem,
  BatchPlan,
  BatchRequest,
  DestructionBatch
} from '#shared/domain/destruction/destruction-batch.ts'
import type { PullLine } from '#shared/sync-protocol/pull.ts'
import type { TestDesk } from './test-centre.ts'

/** Acts on destruction batches as a desk writes them. */

export const testPlan: BatchPlan = {
  fileId: 'application',
  dueUpTo: '2026-11-20',
  coolingDays: 7,
  rekeysStores: false,
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
