/** Ends a `switch` over a closed union: a new member that is not handled fails to compile. */
export function assertNever(value: never): never {
  throw new Error(`unhandled member: ${typeof value === 'object' ? 'object' : String(value)}`)
}
