import { Agent, createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { assertNever } from '#shared/foundation/assert-never.ts'
import {
  type CentreEnd,
  type HeldAnswer,
  type HeldRequest,
  readAnswer,
  readBody,
  sendPart,
  sendWhole
} from './held-request.ts'
import type { LineFault, LineFaultType } from './line-fault.ts'

/** The line between one desk and the centre: real TCP and HTTP, which can fail in every way that `LineFault` names. */
export interface FaultProxy {
  /** The centre's address at this end. */
  readonly url: string
  /** What went wrong so far, by kind. */
  readonly happened: Map<LineFaultType, number>
  /** The next exchanges go wrong, one fault each. */
  expect(faults: readonly LineFault[]): void
  /** Something in between answers in the centre's place where it gives an answer: for planting a bug. */
  answerInstead(give: ((held: HeldRequest) => HeldAnswer | null) | null): void
  /** Nothing goes through any more; what is on its way is lost. */
  cut(): void
  /** The same until the returned function is called, which leaves it as it was. */
  interrupt(): () => Promise<void>
  /** The line is sound, and everything that was late has arrived. */
  mend(): Promise<void>
  close(): Promise<void>
}

/** Requests that are kept for `replay`. */
const MOST_KEPT = 6

/** `localAddress`: under which the centre sees the desk; each has one of its own, as it limits some requests by it. */
export async function openFaultProxy(options: { centreUrl: string; localAddress: string }): Promise<FaultProxy> {
  const line = new Line(options)
  const server = createServer((request, response) => void line.exchange(request, response))
  server.on('connection', (socket) => line.connected(socket))
  server.keepAliveTimeout = 60_000
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    happened: line.happened,
    expect: (faults) => line.ahead.push(...faults),
    answerInstead: (give) => {
      line.instead = give
    },
    cut: () => line.cut(),
    interrupt: () => line.interrupt(),
    mend: () => line.mend(),
    close: async () => {
      line.cut()
      line.agent.destroy()
      await new Promise((closed) => server.close(closed))
    }
  }
}

class Line {
  readonly happened = new Map<LineFaultType, number>()
  readonly ahead: LineFault[] = []
  readonly agent = new Agent({ keepAlive: true, maxSockets: 64 })
  instead: ((held: HeldRequest) => HeldAnswer | null) | null = null
  readonly #centre: CentreEnd
  readonly #open = new Set<Socket>()
  readonly #underWay = new Set<Promise<unknown>>()
  readonly #kept: HeldRequest[] = []
  #isDown = false

  constructor({ centreUrl, localAddress }: { centreUrl: string; localAddress: string }) {
    const { hostname, port } = new URL(centreUrl)
    this.#centre = { hostname, port, localAddress, agent: this.agent }
  }

  connected(socket: Socket): void {
    if (this.#isDown) return void socket.destroy()
    this.#open.add(socket)
    socket.on('error', () => undefined) // the other end went away: `close` follows
    socket.on('close', () => this.#open.delete(socket))
  }

  cut(): void {
    this.#isDown = true
    this.ahead.length = 0
    for (const socket of this.#open) socket.destroy()
  }

  interrupt(): () => Promise<void> {
    const wasDown = this.#isDown
    this.cut()
    return async () => {
      if (!wasDown) await this.mend()
    }
  }

  async mend(): Promise<void> {
    this.#isDown = false
    this.ahead.length = 0
    await Promise.allSettled(this.#underWay)
  }

  async exchange(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.#isDown) return void request.socket.destroy()
    const isPoke = request.url?.startsWith('/v1/poke') === true
    const fault = isPoke ? undefined : this.ahead.shift()
    if (this.instead !== null && !isPoke) return this.#answerInstead(this.instead, request, response)
    if (fault === undefined) return this.#pass(request, response)
    this.happened.set(fault.type, (this.happened.get(fault.type) ?? 0) + 1)
    const held = await readBody(request)
    if (held === null) return void request.socket.destroy()
    try {
      await this.#goWrong(fault, held, response)
    } catch {
      request.socket.destroy() // the centre is away, too: to the desk it is a broken line
    }
  }

  async #answerInstead(
    give: (held: HeldRequest) => HeldAnswer | null,
    request: IncomingMessage,
    response: ServerResponse
  ): Promise<void> {
    const held = await readBody(request)
    if (held === null) return void request.socket.destroy()
    sendWhole(response, give(held) ?? (await this.#deliver(held)), {})
  }

  /** Both directions stream, as far as either end goes. */
  #pass(request: IncomingMessage, response: ServerResponse): void {
    const { method, url: path, headers } = request
    const onward = httpRequest({ ...this.#centre, method, path, headers })
    const isKept = method === 'POST' && path?.startsWith('/v1/push') === true
    const body: Buffer[] = []
    if (isKept) request.on('data', (part: Buffer) => body.push(part))
    request.on('end', () => isKept && this.#keep({ method, path, headers, body: Buffer.concat(body) }))
    request.pipe(onward)
    const breakOff = (): void => {
      request.socket.destroy()
      onward.destroy()
    }
    onward.on('error', breakOff)
    response.on('close', () => response.writableFinished || onward.destroy())
    onward.on('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers)
      response.flushHeaders()
      answer.pipe(response)
      answer.on('error', breakOff)
    })
  }

  #keep(held: HeldRequest): void {
    this.#kept.push(held)
    if (this.#kept.length > MOST_KEPT) this.#kept.shift()
  }

  readonly #deliver = (held: HeldRequest) => readAnswer(this.#centre, held)

  async #goWrong(fault: LineFault, held: HeldRequest, response: ServerResponse): Promise<void> {
    const desk = response.socket
    switch (fault.type) {
      case 'refused':
        return void desk?.destroy()
      case 'request_cut':
        await sendPart(this.#centre, held, fault.share)
        return void desk?.destroy()
      case 'answer_cut':
      case 'head_cut': {
        const answer = await this.#deliver(held)
        const share = fault.type === 'head_cut' ? null : fault.share
        return sendWhole(response, answer, { share })
      }
      case 'twice':
        return this.#twice(fault, held, response)
      case 'late':
        this.#inBackground(sleep(fault.ms).then(() => this.#deliver(held)))
        return void desk?.destroy()
      case 'slow':
        await sleep(fault.ms)
        sendWhole(response, await this.#deliver(held), { afterMs: fault.ms })
        return
      case 'black_hole':
        await sleep(fault.ms)
        return void desk?.destroy()
      case 'captive_portal':
        return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>로그인</body></html>')
      case 'bad_gateway':
        return void response.writeHead(502, { 'content-type': 'text/html' }).end('<html>502</html>')
      case 'replay': {
        const old = this.#kept[0]
        if (old !== undefined) this.#inBackground(this.#deliver(old))
        return sendWhole(response, await this.#deliver(held), {})
      }
      default:
        return assertNever(fault)
    }
  }

  async #twice(
    fault: Extract<LineFault, { type: 'twice' }>,
    held: HeldRequest,
    response: ServerResponse
  ): Promise<void> {
    const first = this.#deliver(held)
    if (!fault.atOnce) await first
    const second = this.#deliver(held)
    const [one, other] = await Promise.all([first, second])
    sendWhole(response, fault.hears === 'first' ? one : other, {})
  }

  /** What the desk does not wait for; `mend` does. */
  #inBackground(work: Promise<unknown>): void {
    const ended = work.catch(() => undefined).finally(() => this.#underWay.delete(ended))
    this.#underWay.add(ended)
  }
}
