import type { IdDep } from '#shared/foundation/deps.ts'
import { type FaultLog, faultOf } from './fault-log.ts'

/**
 * A fault that nothing caught ends the store process, and main starts another one. Left to itself the runtime would print
 * the error's message first, which may quote what a person typed.
 */
export function endOnUncaught(deps: IdDep & { readonly log: FaultLog }): void {
  const end = (fault: unknown): void => {
    deps.log(faultOf(fault, { faultId: deps.newId(), where: 'uncaught' }))
    process.exit(1)
  }
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}
