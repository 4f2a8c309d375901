import type { HashDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import { type AccessEvent, accessEventSchema } from './access-event.ts'
import { canonicalText } from './canonical-text.ts'

/** The chain of one device's access log. See `docs/specs/access-log.md` for what it proves and what it does not. */

/** The last line of a chain: where the next one goes on. */
export interface ChainHead {
  readonly no: number
  readonly hash: Uint8Array
}

/** A line as it is stored. `body` is the canonical text of the event, byte for byte what the hash covers. */
export interface ChainLine {
  readonly no: number
  readonly body: string
  readonly previousHash: Uint8Array
  readonly hash: Uint8Array
}

/** Before the first line. */
export const EMPTY_CHAIN: ChainHead = { no: 0, hash: new Uint8Array(32) }

/** The next line of the chain: SHA-256 over the previous line's hash and the event's canonical text. */
export function nextLine({ sha256 }: HashDep, head: ChainHead, event: AccessEvent): ChainLine {
  const body = canonicalText(event)
  return { no: head.no + 1, body, previousHash: head.hash, hash: sha256(head.hash, body) }
}

/** Why a chain is not whole, and at which line it shows. */
export type ChainBreak =
  /** A number is left out: a line was removed, or the numbering was changed. */
  | { readonly type: 'NumberMissing'; readonly no: number }
  /** The line does not follow the one before it: removed, inserted or put in another order. */
  | { readonly type: 'LinkBroken'; readonly no: number }
  /** The text of the line is not the one that was hashed. */
  | { readonly type: 'TextAltered'; readonly no: number }
  /** The lines end before, or otherwise than, the head that is kept apart says. */
  | { readonly type: 'HeadMismatch'; readonly no: number; readonly expectedNo: number }
  /** The text is hashed rightly but is no event. */
  | { readonly type: 'LineUnreadable'; readonly no: number }

/** Walks the lines in the order of their numbers and compares the end with the head that is kept apart from them. */
export function checkChain(
  { sha256 }: HashDep,
  lines: Iterable<ChainLine>,
  expectedHead: ChainHead
): Result<ChainHead, ChainBreak> {
  let head = EMPTY_CHAIN
  for (const line of lines) {
    const broken = lineBreak(sha256, head, line)
    if (broken !== null) return err({ type: broken, no: line.no })
    head = { no: line.no, hash: line.hash }
  }
  return head.no === expectedHead.no && isSameHash(head.hash, expectedHead.hash)
    ? ok(head)
    : err({ type: 'HeadMismatch', no: head.no, expectedNo: expectedHead.no })
}

function lineBreak(
  sha256: HashDep['sha256'],
  head: ChainHead,
  line: ChainLine
): Exclude<ChainBreak['type'], 'HeadMismatch'> | null {
  if (line.no !== head.no + 1) return 'NumberMissing'
  if (!isSameHash(line.previousHash, head.hash)) return 'LinkBroken'
  if (!isSameHash(line.hash, sha256(line.previousHash, line.body))) return 'TextAltered'
  return isEvent(line.body) ? null : 'LineUnreadable'
}

/** Not for secrets: the hashes are no secret, so the time it takes may tell where they differ. */
export const isSameHash = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index])

function isEvent(body: string): boolean {
  const event = readEvent(body)
  return event !== null && canonicalText(event) === body
}

/** The event of a stored line, or null when the text is none. */
export function readEvent(body: string): AccessEvent | null {
  try {
    const parsed = accessEventSchema.safeParse(JSON.parse(body))
    return parsed.success ? parsed.data : null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}
