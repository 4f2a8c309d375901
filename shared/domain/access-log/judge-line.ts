import { z } from 'zod'
import type { HashDep } from '#shared/foundation/deps.ts'
import { type ChainLine, EMPTY_CHAIN, isSameHash } from './access-chain.ts'
import { accessEventSchema } from './access-event.ts'
import { canonicalText, type JsonValue } from './canonical-text.ts'

/**
 * How a centre judges a line that a PC sends, beside the lines of the same chain that it has. Whatever it finds, it keeps
 * the line: what is wrong with it is said beside it.
 */

export const LINE_MARKS = [
  'gap', // no line before it is here
  'link', // those before it are others than it follows
  'fork', // another line has its number: a store was set back, or copied
  'text', // its text is not the one that was hashed
  'unreadable', // rightly hashed or not, it is no event
  'foreign', // it names another PC than the one that sent it
  'clock_back', // its time is before that of the line before it
  'clock_ahead' // its time had not come when the centre received it
] as const
export const lineMarkSchema = z.enum(LINE_MARKS)
export type LineMark = z.infer<typeof lineMarkSchema>

/** A PC's clock may be set right by so much without a word. */
const CLOCK_PLAY_MS = 60_000
/** A PC's clock may go before the centre's by so much. */
const AHEAD_PLAY_MS = 5 * 60_000

/** An act that a newer desk knows is an act, and what else it says of it is kept as it is. */
const sentEventSchema = accessEventSchema
  .extend({ act: z.string().regex(/^[a-z_]{1,40}$/), at: accessEventSchema.shape.at.refine(isInDatabases) })
  .loose()
export type SentEvent = z.infer<typeof sentEventSchema>

/** Of a line that is here already. */
export interface KnownLine {
  readonly no: number
  readonly hash: Uint8Array
  /** What the text hashes to. */
  readonly reckoned: Uint8Array
  /** The time in it; null: it is no event. */
  readonly at: string | null
}

export interface JudgedLine extends ChainLine {
  readonly reckoned: Uint8Array
  /** null: the text is no event. */
  readonly event: SentEvent | null
  readonly marks: readonly LineMark[]
}

export interface JudgeOptions {
  /** Every line that is here of the number before, and of the same number. */
  readonly before: readonly KnownLine[]
  readonly same: readonly KnownLine[]
  /** The chain's name: the hash of its first line. */
  readonly chain: Uint8Array
  readonly deviceId: string
  readonly receivedAt: string
}

/** null: the very same line is here. */
export function judgeLine({ sha256 }: HashDep, line: ChainLine, options: JudgeOptions): JudgedLine | null {
  const reckoned = sha256(line.previousHash, line.body)
  const isHere = (known: KnownLine): boolean =>
    isSameHash(known.hash, line.hash) && isSameHash(known.reckoned, reckoned)
  if (options.same.some(isHere)) return null
  const event = readSentEvent(line.body)
  const marks: LineMark[] = [
    ...placeMarks(line, options),
    ...(isSameHash(reckoned, line.hash) ? [] : (['text'] as const)),
    ...(event === null ? (['unreadable'] as const) : eventMarks(event, line, options))
  ]
  return { ...line, reckoned, event, marks }
}

function placeMarks(line: ChainLine, { before, same, chain }: JudgeOptions): LineMark[] {
  const fork: LineMark[] = same.length > 0 ? ['fork'] : []
  if (line.no === 1) {
    const isFirst = isSameHash(line.previousHash, EMPTY_CHAIN.hash) && isSameHash(line.hash, chain)
    return isFirst ? fork : [...fork, 'link']
  }
  if (before.length === 0) return [...fork, 'gap']
  return before.some(({ hash }) => isSameHash(hash, line.previousHash)) ? fork : [...fork, 'link']
}

function eventMarks(event: SentEvent, line: ChainLine, { before, deviceId, receivedAt }: JudgeOptions): LineMark[] {
  const previous = before.find(({ hash }) => isSameHash(hash, line.previousHash)) ?? before[0]
  const at = Date.parse(event.at)
  const marks: LineMark[] = []
  if (event.deviceId !== deviceId) marks.push('foreign')
  if (previous?.at != null && at < Date.parse(previous.at) - CLOCK_PLAY_MS) marks.push('clock_back')
  if (at > Date.parse(receivedAt) + AHEAD_PLAY_MS) marks.push('clock_ahead')
  return marks
}

/** The event of a text that is exactly the canonical one; null: it is none. */
export function readSentEvent(body: string): SentEvent | null {
  try {
    const json = JSON.parse(body) as JsonValue
    if (canonicalText(json) !== body) return null
    return sentEventSchema.safeParse(json).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return null
    throw error
  }
}

/** ISO 8601 knows years that no column holds. */
function isInDatabases(instant: string): boolean {
  const ms = Date.parse(instant)
  return ms >= Date.UTC(1970, 0, 1) && ms < Date.UTC(9999, 0, 1)
}
