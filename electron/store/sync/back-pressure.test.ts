import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { afterEach, expect, test } from 'vitest'
import { createCentreClient } from './centre-client.ts'

/** Four times what the sockets of both sides hold between them at most. */
const PIECES = 800
const PIECE_BYTES = 48 * 1024
const AT_REST_MS = 150

interface Source {
  readonly pieces: AsyncGenerator<string>
  readonly taken: () => number
}

/** Lines that no packer makes smaller; tells how many were asked for. */
function countedSource(): Source {
  let taken = 0
  const pieces = (async function* () {
    for (; taken < PIECES; taken += 1) yield `${randomBytes(PIECE_BYTES).toString('base64')}\n`
  })()
  return { pieces, taken: () => taken }
}

/** As many as are asked for while nobody reads on. */
async function atRest(taken: () => number): Promise<number> {
  for (let before = -1; before !== taken(); ) {
    before = taken()
    await new Promise((resolve) => setTimeout(resolve, AT_REST_MS))
  }
  return taken()
}

let server: Server | null = null
afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  if (server !== null) await once(server, 'close')
  server = null
})

async function clientOf(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  server = createServer(answer)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const serverUrl = `http://127.0.0.1:${port}`
  return createCentreClient({
    fetch,
    serverUrl,
    authorization: () => 'Bearer token',
    receipt: () => null,
    report: () => ''
  })
}

test('a desk makes no more of a push than a busy centre reads, and goes on when it does', async () => {
  let readOn: () => void = () => undefined
  const client = await clientOf((request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' }).flushHeaders()
    readOn = () => {
      request.resume()
      request.once('end', () => response.end('{"type":"end"}\n'))
    }
  })
  const source = countedSource()
  const answer = await client.push(source.pieces, new AbortController().signal)
  if (!answer.ok) throw new Error('the answer did not begin')
  const heldBack = await atRest(source.taken)
  expect(heldBack).toBeLessThan(PIECES / 2)
  readOn()
  const heard: string[] = []
  for await (const lines of answer.value) heard.push(...lines.filter((line) => line !== ''))
  expect([heard, source.taken()]).toEqual([['{"type":"end"}'], PIECES])
})

test('a centre makes no more of a stream than a busy desk stores, and goes on when it does', async () => {
  const source = countedSource()
  const client = await clientOf((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/x-ndjson' })
    pipeline(Readable.from(source.pieces, { highWaterMark: 1 }), response).catch(() => undefined)
  })
  const answer = await client.pull({ cursor: 0, staffTag: '' }, new AbortController().signal)
  if (!answer.ok) throw new Error('the answer did not begin')
  const parts = answer.value[Symbol.asyncIterator]()
  expect(await parts.next()).toMatchObject({ done: false })
  const heldBack = await atRest(source.taken)
  expect(heldBack).toBeLessThan(PIECES / 2)
  let characters = 0
  for (let part = await parts.next(); part.done !== true; part = await parts.next()) {
    if (part.value.type === 'lines') for (const line of part.value.lines) characters += line.length
  }
  expect(source.taken()).toBe(PIECES)
  expect(characters).toBeGreaterThan((PIECES - heldBack) * PIECE_BYTES)
})
