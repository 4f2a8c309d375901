import type { HashDep } from '#shared/foundation/deps.ts'

/**
 * One hash for all lines of a chain that a centre has, forks and altered ones too, in the order of their coming: a line
 * that is taken away, altered, added or moved gives another one. Of no lines it is 32 zero bytes.
 */
export const nextDigest = (
  { sha256 }: HashDep,
  before: Uint8Array,
  line: { readonly hash: Uint8Array; readonly reckoned: Uint8Array }
): Uint8Array => sha256(before, line.hash, line.reckoned)
