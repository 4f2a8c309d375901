import type { HashDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type FileFormat, type FoundTrailer, readyForTrailer, trailerLength, trailerLine } from './layout.ts'
import { hexOf, type Statement, statementMessage } from './statement.ts'

/** Files that prove by themselves who gave them out and that nothing in them was altered since. */

export type SignedAbout = Pick<Statement, 'kind' | 'number' | 'signedAt' | 'signer'>

export interface ReadyFile {
  /** What to sign with this key. */
  messageFor(publicKey: Uint8Array): Uint8Array
  /** The whole file. */
  signed(made: { readonly publicKey: Uint8Array; readonly signature: string }): Uint8Array
}

/** What is said of a file that was written piece by piece, ready for its trailer. */
export interface ReadyTrailer {
  messageFor(publicKey: Uint8Array): Uint8Array
  /** The last line of the file. */
  lineOf(made: { readonly publicKey: Uint8Array; readonly signature: string }): Uint8Array
}

/** Bytes of the trailer that a file is to have. */
export const trailerBytes = (about: SignedAbout): number => trailerLength({ format: 1, ...about })

/** `sha256`: in hex, of all that is written before the trailer, with its length already in it where the format says it. */
export function readyTrailer(
  deps: HashDep,
  { sha256, about }: { readonly sha256: string; readonly about: SignedAbout }
): ReadyTrailer {
  const statementFor = (publicKey: Uint8Array): Statement => {
    return { format: 1, ...about, sha256, key: keyFingerprint(deps, publicKey) }
  }
  return {
    messageFor: (publicKey) => statementMessage(statementFor(publicKey)),
    lineOf: ({ publicKey, signature }) => trailerLine(statementFor(publicKey), signature)
  }
}

/** Throws a RangeError for what is no whole file of the format: whoever made it is at fault. */
export function readyToSign(
  deps: HashDep,
  { format, content, about }: { readonly format: FileFormat; readonly content: Uint8Array; readonly about: SignedAbout }
): ReadyFile {
  const ready = readyForTrailer(format, content, trailerBytes(about))
  if (ready === null) throw new RangeError(`no whole ${format} file`)
  const { messageFor, lineOf } = readyTrailer(deps, { sha256: hexOf(deps.sha256(ready)), about })
  return {
    messageFor,
    signed: (made) => {
      const line = lineOf(made)
      const file = new Uint8Array(ready.length + line.length)
      file.set(ready)
      file.set(line, ready.length)
      return file
    }
  }
}

/** By which a public key is told on paper and in a trailer: SHA-256 of its 32 bytes, in hex. */
export const keyFingerprint = ({ sha256 }: HashDep, publicKey: Uint8Array): string => hexOf(sha256(publicKey))

export type SignedFileFault =
  /** Something of the file is not as it was when it was signed. */
  | { readonly type: 'FileAltered' }
  /** Another key signed than the given one; the trailer names that one. */
  | { readonly type: 'OtherKey'; readonly fingerprint: string }
  /** It names this key, and the key did not sign it: the trailer is altered. */
  | { readonly type: 'SignatureWrong' }

export interface SignedFileCheckDeps extends HashDep {
  readonly verify: (publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array) => boolean
}

/** `sha256`: in hex, of everything in the file before the trailer. */
export function checkTrailer(
  deps: SignedFileCheckDeps,
  {
    found: { trailer },
    sha256,
    publicKey
  }: { readonly found: FoundTrailer; readonly sha256: string; readonly publicKey: Uint8Array }
): Result<Statement, SignedFileFault> {
  const { signature, ...statement } = trailer
  if (statement.key !== keyFingerprint(deps, publicKey)) return err({ type: 'OtherKey', fingerprint: statement.key })
  const made = Uint8Array.from(atob(signature), (char) => char.charCodeAt(0))
  if (!deps.verify(publicKey, statementMessage(statement), made)) return err({ type: 'SignatureWrong' })
  return statement.sha256 === sha256 ? ok(statement) : err({ type: 'FileAltered' })
}
