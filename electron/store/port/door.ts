import type { IdDep } from '#shared/foundation/deps.ts'
import { err, type Result } from '#shared/foundation/result.ts'
import {
  CONTRACT,
  type DoorRefusal,
  type FailureOf,
  type MethodName,
  type ParsedRequestOf,
  type ValueOf
} from '#shared/ipc/contract.ts'
import { type StoreFailure, storeFailureOf } from '../db/sqlite-failure.ts'
import { type FaultLog, faultOf } from './fault-log.ts'

type Own<M extends MethodName> = Exclude<FailureOf<M>, DoorRefusal>
type Answer<M extends MethodName> = Result<ValueOf<M>, Own<M>>

/** One handler for every method of the contract. */
export type Handlers = { readonly [M in MethodName]: (request: ParsedRequestOf<M>) => Answer<M> | Promise<Answer<M>> }

export interface DoorDeps extends IdDep {
  readonly handlers: Handlers
  /** The file or the disk failed in a handler: the session has to end. */
  readonly onStoreFailure: (failure: StoreFailure) => Promise<void>
  readonly log: FaultLog
}

export type Door = (method: string, request: unknown) => Promise<Result<unknown, { type: string }>>

const MOST_PLACES = 20

/**
 * The only way to a handler. Checks that the method is one of the contract's own and that the request fits its schema,
 * and answers in every case, also when the handler throws.
 */
export function createDoor(deps: DoorDeps): Door {
  return async (method, request) => {
    if (!isMethod(method)) return err({ type: 'UnknownMethod' } satisfies DoorRefusal)
    const parsed = CONTRACT[method].request.safeParse(request)
    if (!parsed.success) {
      // Paths name fields, never what was in them.
      const where = parsed.error.issues.slice(0, MOST_PLACES).map(({ path }) => path.map(String).join('.'))
      return err({ type: 'RequestUnreadable', where } satisfies DoorRefusal)
    }
    try {
      return await handlerOf(deps.handlers, method)(parsed.data)
    } catch (error) {
      return answerThrown(deps, method, error)
    }
  }
}

const isMethod = (name: string): name is MethodName => Object.hasOwn(CONTRACT, name)

/** The contract ties each request to its handler; `parsed.data` came out of this very method's schema. */
const handlerOf = (handlers: Handlers, method: MethodName) =>
  handlers[method] as (
    request: unknown
  ) => Result<unknown, { type: string }> | Promise<Result<unknown, { type: string }>>

async function answerThrown(
  deps: DoorDeps,
  method: MethodName,
  error: unknown
): Promise<Result<never, { type: string }>> {
  const failure = storeFailureOf(error)
  if (failure !== null) {
    await deps.onStoreFailure(failure)
    return err({ type: 'Locked' })
  }
  const faultId = deps.newId()
  deps.log(faultOf(error, { faultId, where: method }))
  return err({ type: 'StoreFault', faultId } satisfies DoorRefusal)
}
