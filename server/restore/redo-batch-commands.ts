import { type BatchCommand, batchCommandSchema } from '#shared/commands/destruction/batch-command.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import type { Tx } from '../db/run-tx.ts'
import { openBatchDesk } from '../destruction/decide-batch-commands.ts'
import { takeSeqs } from '../sync/district-stream.ts'

export interface BatchRedo {
  readonly districtCode: string
  readonly generation: number
  readonly now: string
  readonly actors: ReadonlyMap<string, Actor>
}

/** Commands that the backup has are in its batches as well: what came back as new is what was lost. */
const LOST = `
SELECT c.batch_command FROM commands c JOIN devices d ON d.id = c.device_id
WHERE c.given_back = $1 AND c.redone_at IS NULL AND c.batch_command IS NOT NULL AND c.outcome ? 'seq' AND d.district_code = $2
ORDER BY (c.outcome->>'seq')::bigint`

/**
 * Acts on destruction batches that came back are decided again in their old order, by today's time: the cooling-off of an
 * approval begins anew. One that the rules do not take any more is left; its batch stands where it stood before it.
 */
export async function redoBatchCommands(tx: Tx, { districtCode, generation, now, actors }: BatchRedo): Promise<void> {
  const { rows } = await tx.query<{ batch_command: unknown }>(LOST, [generation, districtCode])
  if (rows.length === 0) return
  const commands = rows.map(({ batch_command }): BatchCommand => batchCommandSchema.parse(batch_command))
  const batches = await openBatchDesk(tx, commands, now)
  const done = commands.filter((command) => batches.decide(command, actors.get(command.issuedBy)).ok)
  const firstSeq = await takeSeqs(tx, { districtCode, count: done.length })
  const places = new Map(done.map(({ batchId }, index) => [batchId, firstSeq + index]))
  await batches.save(tx, (batchId) => places.get(batchId) ?? 0)
}
