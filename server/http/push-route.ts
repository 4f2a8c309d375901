import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import {
  MAX_PUSH_LINE_BYTES,
  type PushAnswerLine,
  pushAnswerLineSchema,
  pushLineSchema
} from '#shared/sync-protocol/push.ts'
import type { Centre } from '../centre.ts'
import { receivePush } from '../commands/receive-push.ts'
import { sendError, statusOf } from './api-errors.ts'
import { bodyLines } from './body-lines.ts'
import { apiErrorOf } from './error-handling.ts'
import { limitsOf } from './limits.ts'
import { errorResponses } from './openapi.ts'
import { type Guard, requireDesk } from './session-guard.ts'
import { compressedStream } from './stream-encoding.ts'

const NDJSON = 'application/x-ndjson'
const LIMITS = { lineBytes: MAX_PUSH_LINE_BYTES, ...limitsOf('POST', '/v1/push') }

/** A stream of commands in, a stream of outcomes out, both at the same time. */
export const pushRoute =
  (centre: Centre, onRequest: Guard): FastifyPluginAsyncZod =>
  async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(NDJSON, (_request, payload, done) => done(null, payload))
    app.post(
      '/v1/push',
      {
        schema: {
          summary: "Apply a PC's waiting commands in its order",
          security: [{ session: [] }],
          consumes: [NDJSON],
          body: pushLineSchema,
          response: {
            200: {
              description: 'A line for each committed piece, then `end` or `stopped`',
              content: { [NDJSON]: { schema: pushAnswerLineSchema } }
            },
            ...errorResponses
          }
        },
        validatorCompiler: () => (value) => ({ value }), // each line is checked as it comes
        onRequest
      },
      async (request, reply) => {
        const body: unknown = request.body
        if (!(body instanceof Readable)) return sendError(reply, { type: 'RequestInvalid', where: ['body'] })
        reply.raw.once('close', () => body.destroy())
        const answers = receivePush(centre.pushLanes, requireDesk(request), bodyLines(body, LIMITS))
        return await answer(request, reply, answers)
      }
    )
  }

type Answers = AsyncGenerator<readonly PushAnswerLine[]>

/** Nothing was applied yet: an error has a status of its own. Later ones end the stream of outcomes. */
async function answer(request: FastifyRequest, reply: FastifyReply, answers: Answers): Promise<FastifyReply> {
  const first = await answers.next().catch((fault: unknown) => {
    leaveUnread(request)
    throw fault
  })
  const lines = first.done === true ? [] : first.value
  const [line] = lines
  if (line?.type === 'stopped') {
    leaveUnread(request)
    return sendError(reply, line.error, statusOf(line.error))
  }
  reply.type(NDJSON)
  if (lines.at(-1)?.type === 'end') return reply.send(textOf(lines)) // a small push, answered in one piece
  const { encoding, stream } = compressedStream(piecesOf(request, reply, { lines, answers }), {
    acceptEncoding: request.headers['accept-encoding'],
    onFault: (fault) => request.log.warn({ err: fault }, 'the answer to a push was cut'),
    isLive: true
  })
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  return reply.header('vary', 'accept-encoding').send(stream)
}

async function* piecesOf(
  request: FastifyRequest,
  reply: FastifyReply,
  { lines, answers }: { readonly lines: readonly PushAnswerLine[]; readonly answers: Answers }
): AsyncGenerator<Uint8Array> {
  let last = lines
  yield Buffer.from(textOf(lines))
  try {
    for await (const more of answers) {
      last = more
      yield Buffer.from(textOf(more))
    }
  } catch (fault) {
    if (!(fault instanceof Error)) throw fault
    const error = apiErrorOf(fault, request)
    if (error.type === 'ServerFault' || error.type === 'NotReady') request.log.error({ err: fault }, 'push failed')
    last = [{ type: 'stopped', error }]
    yield Buffer.from(textOf(last))
  }
  const end = last.at(-1)
  if (end?.type !== 'stopped') return
  reply.refusedWith = end.error.type
  leaveUnread(request)
}

const textOf = (lines: readonly PushAnswerLine[]): string => lines.map((line) => `${JSON.stringify(line)}\n`).join('')

/** What a sender may still send after an answer that came early: more than a line's buffers hold, which are full by then. */
const UNREAD_BYTES = 8 * 1_024 * 1_024
const UNREAD_MS = 2_000

/**
 * The answer comes before the end of the request. Closing the line at once would take the answer from a sender that is
 * still writing (so does `connection: close`, with which Node closes after the answer), so the rest is thrown away
 * unread, and the line is closed on a sender who does not come to an end.
 */
function leaveUnread({ raw }: FastifyRequest): void {
  if (raw.complete) return
  let bytes = 0
  raw.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes > UNREAD_BYTES) raw.destroy()
  })
  raw.once('error', () => undefined)
  raw.resume()
  const timer = setTimeout(() => raw.destroy(), UNREAD_MS)
  raw.once('close', () => clearTimeout(timer))
}
