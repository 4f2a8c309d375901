import type { Readable } from 'node:stream'

import { BodyUnreadableError } from './body-unreadable.ts'

export interface LineLimits {
  /** Of all lines, unpacked. */
  readonly bodyBytes: number
  readonly lineBytes: number
}

const TOO_LARGE = 413
const BROKEN = 400
const NEW_LINE = 10

/**
 * The lines of a body as they come, several at a time, without the empty ones. Reads on only when the next ones are asked
 * for, so that a sender is held back by whoever works on the lines. A last line without its end counts too: only a whole
 * body ends without an error.
 * @throws BodyUnreadableError
 */
export async function* bodyLines(body: Readable, limits: LineLimits): AsyncGenerator<Buffer[]> {
  let read = 0
  let rest: Buffer[] = []
  let restBytes = 0
  const grow = (piece: Buffer): void => {
    rest.push(piece)
    restBytes += piece.length
    if (restBytes > limits.lineBytes) throw new BodyUnreadableError(TOO_LARGE, 'MNK_LINE_TOO_LONG')
  }
  const takeLine = (): Buffer => {
    const line = rest.length === 1 && rest[0] !== undefined ? rest[0] : Buffer.concat(rest)
    rest = []
    restBytes = 0
    return line
  }
  for await (const chunk of chunksOf(body)) {
    read += chunk.length
    if (read > limits.bodyBytes) throw new BodyUnreadableError(TOO_LARGE, 'MNK_BODY_TOO_LARGE')
    const lines: Buffer[] = []
    let from = 0
    for (let end = chunk.indexOf(NEW_LINE); end >= 0; end = chunk.indexOf(NEW_LINE, from)) {
      grow(chunk.subarray(from, end))
      const line = takeLine()
      if (line.length > 0) lines.push(line)
      from = end + 1
    }
    grow(chunk.subarray(from))
    if (lines.length > 0) yield lines
  }
  if (restBytes > 0) yield [takeLine()]
}

async function* chunksOf(body: Readable): AsyncGenerator<Buffer> {
  try {
    yield* body as AsyncIterable<Buffer>
  } catch (fault) {
    throw fault instanceof BodyUnreadableError ? fault : new BodyUnreadableError(BROKEN, codeOf(fault))
  }
}

const codeOf = (fault: unknown): string =>
  fault instanceof Error && 'code' in fault && typeof fault.code === 'string' ? fault.code : 'MNK_BODY_BROKEN'
