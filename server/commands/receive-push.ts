import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'
import { MAX_COMMANDS_A_PUSH, type PushAnswerLine, pushLineSchema } from '#shared/sync-protocol/push.ts'
import type { DeskSession } from '../accounts/sessions.ts'
import type { DevicePiece } from './device-sequence.ts'
import type { PushLanes } from './push-lanes.ts'
import { type ReadCommand, readCommand } from './read-command.ts'

/** Commands that are applied together at most: what the centre holds of a push at a time is twice this. */
const PIECE_COMMANDS = 250
const PIECE_BYTES = 1_024 * 1_024
/** Commands that came over a slow line wait this long for others before they are applied. */
const LINGER_MS = 50

export type PushError = Extract<ApiError, { type: 'RequestInvalid' | 'DeviceSequenceGap' }>

/**
 * Applies a PC's commands in its order while they come. Each line of the answer follows the commit of its piece; while
 * one is applied, the next is read, and no further one: the sender is held back. A fault, of the database or of the
 * body, is thrown; what was answered before holds, and what was read and not answered may have been applied or not.
 */
export async function* receivePush(
  lanes: PushLanes,
  session: DeskSession,
  lines: AsyncIterable<readonly Buffer[]>
): AsyncGenerator<PushAnswerLine[]> {
  const pieces = commandPieces(session, lines)
  try {
    let next = pieces.next()
    for (;;) {
      const piece = await next
      if (piece.done === true) {
        yield [END]
        return
      }
      if (!piece.value.ok) {
        yield [{ type: 'stopped', error: piece.value.error }]
        return
      }
      const applying = lanes(session.account.districtCode, {
        ...piece.value.value,
        deviceId: session.deviceId,
        numbering: 'own'
      })
      let isLast = false
      next = pieces.next()
      next.then(({ done }) => {
        isLast = done === true
      }, ignore) // a fault is thrown where the next piece is awaited
      const { outcomes, missingSeq, isCopied } = await applying
      const answered: PushAnswerLine[] = outcomes.length > 0 ? [{ type: 'outcomes', outcomes: [...outcomes] }] : []
      if (missingSeq !== null) {
        yield [...answered, { type: 'stopped', error: { type: 'DeviceSequenceGap', expected: missingSeq } }]
        return
      }
      const isOver = isLast || isCopied
      yield isOver ? [...answered, END] : answered
      if (isOver) return
    }
  } finally {
    void pieces.return(undefined).catch(ignore)
  }
}

const END: PushAnswerLine = { type: 'end' }
const ignore = (): void => undefined

type ReadPiece = Pick<DevicePiece, 'commands' | 'givenUpTo'>
type Pieces = AsyncGenerator<Result<ReadPiece, PushError>>

/** The commands in pieces: full ones while they come fast, what there is when they come slowly. An error is the last. */
async function* commandPieces(session: DeskSession, lines: AsyncIterable<readonly Buffer[]>): Pieces {
  const source = lines[Symbol.asyncIterator]()
  const read = createCommandReader(session)
  let piece: ReadCommand[] = []
  let bytes = 0
  const take = (): ReadPiece => {
    const commands = piece
    piece = []
    bytes = 0
    return { commands, givenUpTo: read.givenUpTo() }
  }
  try {
    let reading = source.next()
    for (;;) {
      const came = piece.length === 0 ? await reading : await withinMs(LINGER_MS, reading)
      if (came === 'later') yield ok(take())
      else if (came.done === true) break
      else {
        for (const line of came.value) {
          const command = read(line)
          if (!command.ok) {
            if (piece.length > 0) yield ok(take())
            yield command
            return
          }
          if (command.value === null) continue
          piece.push(command.value)
          bytes += line.length
          if (piece.length === PIECE_COMMANDS || bytes > PIECE_BYTES) yield ok(take())
        }
        reading = source.next()
        reading.catch(ignore) // a fault is thrown where it is awaited
      }
    }
    if (piece.length > 0) yield ok(take())
    const missing = read.missing()
    if (missing !== null) yield err(missing)
  } finally {
    await source.return?.()
  }
}

interface CommandReader {
  /** null for the line that begins the push. */
  (line: Buffer): Result<ReadCommand | null, PushError>
  /** Numbers up to here that the PC gives up; known once the first line was read. */
  givenUpTo(): number
  /** What is wrong with a push that ends here. */
  missing(): PushError | null
}

function createCommandReader({ deviceId, account }: DeskSession): CommandReader {
  let no = 0
  let givenUpTo = 0
  const invalid = (where: string): PushError => ({ type: 'RequestInvalid', where: [where] })
  const read = (text: Buffer): Result<ReadCommand | null, PushError> => {
    no += 1
    const line = pushLineSchema.safeParse(parseJson(text))
    if (!line.success) return err(invalid(`body/line/${no}`))
    const isStart = line.data.type === 'start'
    if (isStart !== (no === 1)) return err(invalid(`body/line/${no}/type`))
    if (line.data.type === 'start') {
      givenUpTo = line.data.givenUpTo ?? 0
      return line.data.deviceId === deviceId ? ok(null) : err(invalid('body/line/1/deviceId'))
    }
    if (no > MAX_COMMANDS_A_PUSH + 1) return err(invalid('body/commands'))
    return ok(readCommand(line.data.command, { deviceId, sentBy: account.id }))
  }
  return Object.assign(read, { givenUpTo: () => givenUpTo, missing: () => (no === 0 ? invalid('body') : null) })
}

function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'))
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined
    throw fault
  }
}

async function withinMs<T>(ms: number, work: Promise<T>): Promise<T | 'later'> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<'later'>((resolve) => {
    timer = setTimeout(() => resolve('later'), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
