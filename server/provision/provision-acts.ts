import { decideProvisionAct, type ProvisionChange } from '#shared/commands/provision/decide-provision.ts'
import type { ProvisionAct } from '#shared/commands/provision/provision-act.ts'
import type { ProvisionRefusal } from '#shared/commands/provision/provision-refusal.ts'
import type { Actor } from '#shared/domain/account/account.ts'
import type { ProvisionRun } from '#shared/domain/provision/provision-run.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { Centre } from '../centre.ts'
import { runTx, type Tx } from '../db/run-tx.ts'
import { requireOpenGate } from '../restore/gate.ts'
import { lockLines, lockRun, setInLines, updateRun } from './provision-rows.ts'

export interface ActOnRun {
  readonly runId: string
  readonly actor: Actor
  readonly act: ProvisionAct
}

/** Does one thing to a run of the district. */
export const actOnRun = (
  deps: Pick<Centre, 'pool' | 'policies' | 'now'>,
  { runId, actor, act }: ActOnRun
): Promise<Result<null, ProvisionRefusal>> =>
  runTx(deps.pool, async (tx) => {
    await requireOpenGate(tx, actor.districtCode)
    const run = await lockRun(tx, runId)
    // Of before this register: what was given stays given, but nothing can be said of its terms here.
    const policy = deps.policies.find(({ id }) => id === run?.policyVersion)
    if (run === null || policy === undefined) return err({ type: 'RunNotFound' })
    if (isRepeated(run, actor, act)) return ok(null)
    const decided = decideProvisionAct({ actor, at: deps.now() }, policy, run, act)
    if (!decided.ok) return decided
    return await write(tx, { before: run, ...decided.value })
  })

/** An answer that was lost: the file is written already, and is this one. */
const isRepeated = ({ file }: ProvisionRun, actor: Actor, act: ProvisionAct): boolean =>
  act.name === 'provision.written' && file !== null && file.by === actor.id && file.sha256 === act.args.sha256

interface Changing extends ProvisionChange {
  readonly before: ProvisionRun
}

async function write(tx: Tx, { before, run, lines }: Changing): Promise<Result<null, ProvisionRefusal>> {
  const changing = lines === null ? [] : await lockLines(tx, run.id, lines.of)
  if (changing.length === 0 && run === before) return err({ type: 'NobodyToAsk' })
  if (lines !== null) await setInLines(tx, { districtCode: run.districtCode, lines: changing, set: lines.set })
  await updateRun(tx, run)
  return ok(null)
}
