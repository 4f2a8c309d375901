import type { FastifyReply, FastifyRequest, FastifyServerOptions } from 'fastify'

export interface LogOptions {
  readonly level: string
  /** Where lines go; standard output when absent. */
  readonly stream?: { write(line: string): void }
}

/**
 * JSON lines with ids, statuses and times. A line never holds a body, a query, a header or the text of an error: each
 * of them can quote a citizen's data. Where a fault came from is told by its class, its code and its stack's frames.
 */
export function logOptions({
  level,
  stream
}: LogOptions): Exclude<FastifyServerOptions['logger'], boolean | undefined> {
  return {
    level,
    ...(stream && { stream }),
    redact: { paths: ['*.password', '*.token', '*.deviceShare', '*.authorization', 'headers', 'body'], remove: true },
    serializers: { req: requestLine, res: (reply) => ({ statusCode: reply.statusCode }), err: faultLine }
  }
}

/** The route as it is declared, not the URL as it came. */
const requestLine = (request: FastifyRequest) => ({
  method: request.method,
  route: request.routeOptions?.url ?? 'none',
  remoteAddress: request.ip
})

/** The session's ids, for the line that says what was answered. */
export const answerLine = (request: FastifyRequest, reply: FastifyReply) => ({
  ...requestLine(request),
  accountId: request.session?.account.id,
  deviceId: request.session?.deviceId,
  statusCode: reply.statusCode,
  ...(reply.refusedWith !== null && { error: reply.refusedWith }),
  ms: Math.round(reply.elapsedTime)
})

export function faultLine(fault: Error) {
  const frames = behindWords(fault)
    .split('\n')
    .filter((frame) => /^ {4}at \S.*:\d+:\d+\)?$/.test(frame))
  const code = 'code' in fault ? String(fault.code) : undefined
  return { type: fault.name, message: '(not logged)', stack: frames.slice(0, 12).join('\n'), ...(code && { code }) }
}

/** The stack behind the message, which may have lines that look like places in the code. Nothing, where it is put otherwise. */
function behindWords({ stack = '', message }: Error): string {
  const at = stack.indexOf(message)
  return at < 0 ? '' : stack.slice(at + message.length)
}
