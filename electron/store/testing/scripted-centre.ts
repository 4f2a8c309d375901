import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync, gzipSync, zstdDecompressSync } from 'node:zlib'
import { v7 as newUuid } from 'uuid'
import type { CaseRecord } from '#shared/domain/case/case.ts'
import type { AccessLogLine } from '#shared/sync-protocol/access-log.ts'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'
import type { PullLine } from '#shared/sync-protocol/pull.ts'
import type { PushAnswerLine, PushLine, PushOutcome, RawCommand } from '#shared/sync-protocol/push.ts'

/** Speaks the protocol over a real socket and says what a test tells it to: for what a real centre seldom says. */
export interface ScriptedCentre {
  readonly url: string
  centreId: string
  generation: number
  /** The highest number of the PC's commands that it says it has. */
  deviceSeq: number
  /** The stream, oldest first. */
  readonly changes: Array<Extract<PullLine, { type: 'case' | 'gone' }>>
  /** Answers every request with this instead; null: as usual. */
  error: { readonly status: number; readonly error: ApiError } | null
  /** Ends a pull's answer after so many lines, in the middle of the next one. */
  cutAfterLines: number | null
  /** Further lines put into a pull as they are. */
  extraLines: string[]
  outcomeOf: (command: RawCommand) => PushOutcome
  /** The end of every answer to a push; null: the answer is cut there. */
  pushEnd: PushAnswerLine | null
  /** The commands of each push. */
  readonly pushed: RawCommand[][]
  readonly requests: string[]
  /** Sends an event to whoever listens. */
  poke(cursor: number): void
  listeners(): number
  add(record: CaseRecord): void
  /** Nobody answers at the address any more; `resume` comes back to it. */
  pause(): Promise<void>
  resume(): Promise<void>
}

export async function startScriptedCentre(): Promise<ScriptedCentre> {
  const ears = new Set<ServerResponse>()
  const centre: ScriptedCentre = {
    url: '',
    centreId: newUuid(),
    generation: 0,
    deviceSeq: 0,
    changes: [],
    error: null,
    cutAfterLines: null,
    extraLines: [],
    outcomeOf: ({ id }) => ({ type: 'Applied', commandId: id, rev: 1, seq: centre.changes.length + 1 }),
    pushEnd: { type: 'end' },
    pushed: [],
    requests: [],
    poke: (cursor) => {
      for (const ear of ears) ear.write(`data: ${JSON.stringify({ cursor })}\n\n`)
    },
    listeners: () => ears.size,
    add: (record) => void centre.changes.push({ type: 'case', seq: centre.changes.length + 1, record }),
    pause: async () => {
      const closed = new Promise((settle) => server.close(settle))
      server.closeAllConnections()
      await closed
    },
    resume: () => listen(server, port)
  }
  const server = createServer((request, response) => void answer(centre, ears, request, response))
  await listen(server, 0)
  const { port } = server.address() as AddressInfo
  return Object.assign(centre, { url: `http://127.0.0.1:${port}` })
}

const listen = (server: Server, port: number): Promise<void> =>
  new Promise((settle) => server.listen(port, '127.0.0.1', () => settle()))

async function answer(
  centre: ScriptedCentre,
  ears: Set<ServerResponse>,
  request: IncomingMessage,
  response: ServerResponse
): Promise<void> {
  const url = new URL(request.url ?? '', 'http://centre')
  centre.requests.push(`${request.method} ${url.pathname}`)
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  if (centre.error !== null) {
    const { status, error } = centre.error
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }))
  } else if (url.pathname === '/v1/push') {
    answerPush(centre, readPush(request, Buffer.concat(parts)), response)
  } else if (url.pathname === '/v1/access-log') {
    const upTo = Math.max(0, ...readLines<AccessLogLine>(request, Buffer.concat(parts)).map(lineNoOf))
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ upTo }))
  } else if (url.pathname === '/v1/restore') {
    const { centreId, generation, deviceSeq, changes } = centre
    const stand = { centreId, isClosed: false, generation, streamEnd: changes.at(-1)?.seq ?? 0, deviceSeq }
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(stand))
  } else if (url.pathname === '/v1/changes') {
    answerPull(centre, Number(url.searchParams.get('cursor')), response)
  } else if (url.pathname === '/v1/snapshot') {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ type: 'Unavailable' }))
  } else {
    ears.add(response)
    response.once('close', () => ears.delete(response))
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
  }
}

const readPush = (request: IncomingMessage, body: Buffer): RawCommand[] =>
  readLines<PushLine>(request, body).flatMap((line) => (line.type === 'command' ? [line.command] : []))

function readLines<T>(request: IncomingMessage, body: Buffer): T[] {
  const unpack = request.headers['content-encoding'] === 'zstd' ? zstdDecompressSync : gunzipSync
  const lines = unpack(body).toString('utf8').trimEnd().split('\n')
  return lines.map((text) => JSON.parse(text) as T)
}

/** What a centre has that takes every line. */
const lineNoOf = (line: AccessLogLine): number => (line.type === 'line' ? line.no : (line.points[0]?.no ?? 0))

function answerPush(centre: ScriptedCentre, commands: RawCommand[], response: ServerResponse): void {
  centre.pushed.push(commands)
  centre.deviceSeq = Math.max(centre.deviceSeq, ...commands.map(({ deviceSeq }) => deviceSeq))
  const outcomes: PushAnswerLine = { type: 'outcomes', outcomes: commands.map(centre.outcomeOf) }
  const lines = centre.pushEnd === null ? [outcomes] : [outcomes, centre.pushEnd]
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  response.end(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
}

function answerPull(centre: ScriptedCentre, cursor: number, response: ServerResponse): void {
  const changes = centre.changes.filter(({ seq }) => seq > cursor)
  const end = centre.changes.at(-1)?.seq ?? 0
  const lines = [
    JSON.stringify({
      ...{ type: 'start', centreId: centre.centreId, total: changes.length },
      ...{ generation: centre.generation, deviceSeq: centre.deviceSeq }
    }),
    ...changes.map((change) => JSON.stringify(change)),
    ...centre.extraLines,
    JSON.stringify({ type: 'end', cursor: end, serverTime: '2026-11-23T02:00:00.000Z', receipt: `receipt-${end}` })
  ]
  response.writeHead(200, { 'content-type': 'application/x-ndjson', 'content-encoding': 'gzip' })
  if (centre.cutAfterLines === null) {
    response.end(gzipSync(lines.map((line) => `${line}\n`).join('')))
    return
  }
  const kept = lines.slice(0, centre.cutAfterLines).map((line) => `${line}\n`)
  const whole = gzipSync(`${kept.join('')}${lines[centre.cutAfterLines]?.slice(0, 20) ?? ''}`)
  response.write(whole.subarray(0, -8)) // without the trailer: the stream is not over
  setTimeout(() => response.destroy(), 20)
}
