import { EventEmitter, once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import fastify from 'fastify'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { handleErrors } from './error-handling.ts'
import { compressedStream } from './stream-encoding.ts'

const lines: string[] = []
const app = () => fastify({ logger: { level: 'error', stream: { write: (line: string) => lines.push(line) } } })
let server: ReturnType<typeof app>
beforeEach(() => {
  lines.length = 0
  server = app()
  handleErrors(server, { isClosing: () => false })
})
afterEach(() => server.close())

/** Has nothing to say as long as anybody waits. */
async function* never(): AsyncGenerator<Uint8Array> {
  await new Promise((resolve) => setTimeout(resolve, 1_000))
  yield Buffer.from('too late')
}

async function* pieces(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('a piece')
}
const streamOf = () =>
  compressedStream(pieces(), { acceptEncoding: 'zstd', onFault: (fault) => lines.push(String(fault)) })

/** A caller whose request is read to its end, and who hangs up when its answer is begun. */
async function hangUp(isAsked: Promise<unknown>): Promise<void> {
  const { port } = server.server.address() as AddressInfo
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write('POST / HTTP/1.1\r\nhost: centre\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}')
  await isAsked
  socket.destroy()
}

test('a reader who hangs up before the first piece of her answer is no fault of the program', async () => {
  const route = new EventEmitter()
  const [isAsked, isOver] = [once(route, 'asked'), once(route, 'over')]
  server.post('/', (_request, reply) => {
    const { stream } = compressedStream(never(), {
      acceptEncoding: 'zstd',
      onFault: (fault) => lines.push(String(fault))
    })
    stream.once('close', () => setImmediate(() => route.emit('over')))
    setImmediate(() => route.emit('asked'))
    return reply.send(stream)
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  await hangUp(isAsked)
  await isOver
  expect(lines).toEqual([])
})

test('a stream that breaks under a reader who is there is one', async () => {
  server.get('/', (_request, reply) => {
    const { stream } = streamOf()
    stream.destroy()
    return reply.send(stream)
  })
  const response = await server.inject('/')
  expect(response.json()).toMatchObject({ error: { type: 'ServerFault' } })
  expect(lines).toMatchObject([expect.stringContaining('request failed')])
})
