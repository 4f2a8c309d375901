/** What an operation that is expected to fail sometimes gives back. Bugs throw; expected failures return `Err`. */
export type Result<T, E> = Ok<T> | Err<E>

export interface Ok<T> {
  readonly ok: true
  readonly value: T
}

export interface Err<E> {
  readonly ok: false
  readonly error: E
}

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value })

export const err = <E>(error: E): Err<E> => ({ ok: false, error })

/** The value of a result that cannot fail here; throws when it did, because then the program is wrong. */
export function expectOk<T, E>(result: Result<T, E>): T {
  if (result.ok) return result.value
  throw new Error(`expected a value, got ${errorType(result.error)}`)
}

const errorType = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : 'an untyped error'
