import { connect } from 'node:net'
import type { Readable } from 'node:stream'
import fastify from 'fastify'
import { expect, test } from 'vitest'
import { acceptCompressedBodies } from './compressed-bodies.ts'

test('a sender who vanishes before anybody reads its body ends the request, not the server', async () => {
  const app = fastify()
  acceptCompressedBodies(app, { silenceMs: 5_000 })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
  const seen: string[] = []
  const hasEnded = new Promise<void>((settle) => {
    app.post('/', async (request) => {
      socket.resetAndDestroy()
      await new Promise((closed) => request.raw.once('close', closed)) // as while a lock is waited for
      try {
        for await (const part of request.body as Readable) seen.push(String(part))
      } catch (fault) {
        seen.push(fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown')
      }
      settle()
    })
  })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const address = app.server.address()
  const socket = connect(typeof address === 'object' && address !== null ? address.port : 0, '127.0.0.1')
  socket.write('POST / HTTP/1.1\r\nhost: centre\r\ncontent-type: text/plain\r\ncontent-length: 100\r\n\r\nhalf of it')
  await hasEnded
  expect(seen.at(-1)).toBe('ECONNRESET')
  await app.close()
})
