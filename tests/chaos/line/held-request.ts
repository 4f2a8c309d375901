import {
  type Agent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse
} from 'node:http'

/** A request that has been read whole, so that it can be sent in parts, twice or later. */
export interface HeldRequest {
  readonly method: string | undefined
  readonly path: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** Where the centre is, and by which connections the line reaches it. */
export interface CentreEnd {
  readonly hostname: string
  readonly port: string
  readonly localAddress: string
  readonly agent: Agent | undefined
}

export interface HeldAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

/** null: the desk left in the middle of it. */
export async function readBody(request: IncomingMessage): Promise<HeldRequest | null> {
  const parts: Buffer[] = []
  try {
    for await (const part of request) parts.push(part as Buffer)
  } catch {
    return null
  }
  const { method, url: path, headers } = request
  return { method, path, headers, body: Buffer.concat(parts) }
}

/** Sends it to the centre and reads the whole answer. Rejects when the line behind breaks. */
export function readAnswer(centre: CentreEnd, held: HeldRequest): Promise<HeldAnswer> {
  return new Promise((settle, fail) => {
    const onward = open(centre, held)
    onward.on('error', fail)
    onward.on('response', (answer) => {
      const parts: Buffer[] = []
      answer.on('data', (part: Buffer) => parts.push(part))
      answer.on('error', fail)
      answer.on('end', () => {
        settle({ status: answer.statusCode ?? 502, headers: answer.headers, body: Buffer.concat(parts) })
      })
    })
    onward.end(held.body)
  })
}

/** Half-sent: the centre gets this share of the body and then a broken connection. */
export function sendPart(centre: CentreEnd, held: HeldRequest, share: number): Promise<void> {
  return new Promise((sent) => {
    const onward = open({ ...centre, agent: undefined }, { ...held, headers: { ...held.headers, connection: 'close' } })
    onward.on('error', () => sent())
    const part = held.body.subarray(0, Math.floor(held.body.length * share))
    onward.flushHeaders()
    onward.write(part.length > 0 ? part : Buffer.alloc(0), () => {
      setTimeout(() => onward.destroy(), 5) // time to arrive before the reset
    })
    onward.on('close', () => sent())
  })
}

const open = (centre: CentreEnd, { method, path, headers }: HeldRequest) =>
  httpRequest({ ...centre, method, path, headers })

/**
 * Gives an answer to the desk. `share`: so much of its body and then a cut; null: a cut within its headers. `afterMs`:
 * the second half comes that much later.
 */
export function sendWhole(
  response: ServerResponse,
  answer: HeldAnswer,
  { share, afterMs = 0 }: { share?: number | null; afterMs?: number }
): void {
  const { socket } = response
  if (share === null) {
    socket?.write('HTTP/1.1 200 OK\r\ncontent-ty', () => socket.destroy())
    return
  }
  response.writeHead(answer.status, answer.headers)
  if (share !== undefined) {
    const part = answer.body.subarray(0, Math.floor(answer.body.length * share))
    response.flushHeaders()
    response.write(part.length > 0 ? part : Buffer.alloc(0), () => setTimeout(() => socket?.destroy(), 5))
    return
  }
  const half = afterMs === 0 ? answer.body.length : answer.body.length >> 1
  response.write(answer.body.subarray(0, half))
  setTimeout(() => response.end(answer.body.subarray(half)), afterMs)
}
