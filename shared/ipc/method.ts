import type { z } from 'zod'

/** A request that the window may send to the store: its schema, and the types of what comes back. */
export interface Method<
  Request extends z.ZodType = z.ZodType,
  Value = unknown,
  Failure extends { type: string } = { type: string }
> {
  readonly request: Request
  /** Never present: carries the types only. */
  readonly value?: Value
  readonly failure?: Failure
}

/** `method(schema).gives<Value, Failure>()` */
export const method = <Request extends z.ZodType>(request: Request) => ({
  gives: <Value, Failure extends { type: string } = never>(): Method<Request, Value, Failure> => ({ request })
})
