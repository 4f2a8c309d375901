import type { Cipher } from '#shared/cipher/cipher.ts'
import type { ChainLine } from '#shared/domain/access-log/access-chain.ts'
import type { TimeDep } from '#shared/foundation/deps.ts'
import { err, ok, type Result } from '#shared/foundation/result.ts'
import {
  type AccessLogAnswer,
  type AccessLogLine,
  accessLogLineSchema,
  MAX_LINES_A_LOG
} from '#shared/sync-protocol/access-log.ts'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'
import type { Pool } from '../db/pool.ts'
import { runTx } from '../db/run-tx.ts'
import { type ChainId, knownPoint, type LogSender, noteChain, noteWhole, storeLines } from './store-lines.ts'

export interface AccessLogDeps extends TimeDep {
  readonly pool: Pool
  readonly cipher: Cipher
}

type LogError = Extract<ApiError, { type: 'RequestInvalid' }>
type Start = Extract<AccessLogLine, { type: 'start' }>

/** Lines of one transaction. */
const PIECE = 200

interface Begun {
  readonly chain: ChainId
  readonly start: Start
  /** Up to where the centre has the log as the PC has it. */
  upTo: number
  /** The centre lacks what the lines of this request follow. */
  readonly isBehind: boolean
}

/**
 * Takes the lines of a PC's log while they come, each piece in a transaction of its own: what was taken before a cut
 * stays. Nothing that comes is left out because something is wrong with it.
 */
export async function receiveAccessLog(
  deps: AccessLogDeps,
  sender: LogSender,
  lines: AsyncIterable<readonly Buffer[]>
): Promise<Result<AccessLogAnswer, LogError>> {
  let begun: Begun | null = null
  let ready: ChainLine[] = []
  let no = 0
  const take = async ({ chain, isBehind }: Begun): Promise<number | undefined> => {
    const piece = ready
    ready = []
    if (piece.length === 0 || isBehind) return undefined
    await runTx(deps.pool, (tx) => storeLines(tx, deps, chain, piece))
    return piece.at(-1)?.no
  }
  for await (const texts of lines) {
    for (const text of texts) {
      no += 1
      const line = accessLogLineSchema.safeParse(parseJson(text)).data
      if (line === undefined) return invalid(`/line/${no}`)
      if (line.type === 'start') {
        if (begun !== null) return invalid(`/line/${no}/type`)
        if (line.deviceId !== sender.deviceId) return invalid('/line/1/deviceId')
        begun = await begin(deps, sender, line)
      } else if (begun === null) return invalid('/line/1/type')
      else {
        if (no > MAX_LINES_A_LOG + 1) return invalid('/lines')
        ready.push(chainLine(line))
        if (ready.length === PIECE) begun.upTo = (await take(begun)) ?? begun.upTo
      }
    }
  }
  if (begun === null) return invalid('')
  begun.upTo = (await take(begun)) ?? begun.upTo
  if (begun.upTo >= begun.start.newest) await noteWhole(deps.pool, begun.chain, deps.now())
  return ok({ upTo: begun.upTo })
}

const invalid = (where: string): Result<never, LogError> => err({ type: 'RequestInvalid', where: [`body${where}`] })

async function begin(deps: AccessLogDeps, sender: LogSender, start: Start): Promise<Begun> {
  const chain = { ...sender, chain: Buffer.from(start.chain, 'hex') }
  await noteChain(deps.pool, chain, { newest: start.newest, now: deps.now() })
  const upTo = await knownPoint(deps.pool, chain, start.points)
  return { chain, start, upTo, isBehind: upTo < (start.points[0]?.no ?? 0) }
}

const chainLine = (line: Extract<AccessLogLine, { type: 'line' }>): ChainLine => ({
  no: line.no,
  body: line.body,
  previousHash: Buffer.from(line.previousHash, 'hex'),
  hash: Buffer.from(line.hash, 'hex')
})

/** undefined, which is no line: the text is no JSON. */
function parseJson(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString('utf8'))
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined
    throw fault
  }
}
