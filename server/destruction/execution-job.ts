import type { ExecutionRefusal } from '#shared/commands/destruction/execute-batch.ts'
import type { IsoInstant } from '#shared/foundation/primitives.ts'
import type { Pool } from '../db/pool.ts'
import { settleCopies } from './copy-ledger.ts'
import { type ExecuteDeps, executeBatch } from './execute-batch.ts'

const MINUTE_MS = 60_000

/** An approved batch that the centre cannot take up: its list is not the one that was signed. */
export class NotExecutableError extends Error {
  override readonly name = 'NotExecutableError'
  readonly code: ExecutionRefusal['type']
  constructor(code: ExecutionRefusal['type']) {
    super('an approved batch is not the one that was signed')
    this.code = code
  }
}

/** Executes every batch whose time has come. One that fails holds up no other. */
export async function executeDueBatches(deps: ExecuteDeps, onFault: (fault: unknown) => void): Promise<void> {
  for (const batchId of await dueBatches(deps.pool, deps.now())) {
    try {
      const executed = await executeBatch(deps, batchId)
      if (!executed.ok) onFault(new NotExecutableError(executed.error.type))
    } catch (fault) {
      onFault(fault)
    }
  }
}

/** Of districts whose centre is not being restored. */
async function dueBatches(pool: Pool, now: IsoInstant): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    `SELECT b.id FROM destruction_batches b
     WHERE (b.state = 'executing' OR (b.state = 'cooling' AND (b.head->>'coolsUntil')::timestamptz <= $1))
       AND NOT EXISTS (SELECT 1 FROM restore_gates g WHERE g.district_code = b.district_code AND g.opened_at IS NULL)
     ORDER BY b.id`,
    [now]
  )
  return rows.map(({ id }) => id)
}

/** Looks each minute, one look after the other; the returned function ends that. */
export function startExecutions(deps: ExecuteDeps, onFault: (fault: unknown) => void): () => void {
  let isLooking = false
  const look = async (): Promise<void> => {
    if (isLooking) return
    isLooking = true
    await executeDueBatches(deps, onFault).catch(onFault)
    await settleCopies(deps).catch(onFault)
    isLooking = false
  }
  const timer = setInterval(() => void look(), MINUTE_MS)
  timer.unref()
  return () => clearInterval(timer)
}
