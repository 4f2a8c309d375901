import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { rescueResponseSchema } from '#shared/sync-protocol/administrator-rescues.ts'
import { rescuedChunkSchema } from '#shared/sync-protocol/rescued-chunk.ts'
import type { Centre } from '../centre.ts'
import { takeRescuedChunk } from '../rescue/rescued-chunks.ts'
import { endRescue } from '../rescue/rescues.ts'
import { sendError } from './api-errors.ts'
import { MOST_CHUNK_BYTES, readChunkBody } from './chunk-body.ts'
import { createDeviceGuard, requireDevice } from './device-guard.ts'
import { errorResponses } from './openapi.ts'

const BYTES = 'application/octet-stream'
const security = [{ device: [] }]

/** Pieces of the documents of a capsule that the PC itself has sent; also of a PC that was shut out. */
export const rescuedChunkRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    const onRequest = createDeviceGuard(centre)
    app.addContentTypeParser(BYTES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    app.put(
      '/v1/rescue/:rescueId/chunks/:sha256',
      {
        onRequest,
        schema: {
          summary: 'Send a piece that the answer to a capsule asked for',
          description: `At most ${MOST_CHUNK_BYTES} bytes, whose SHA-256 is the address.`,
          security,
          params: rescuedChunkSchema,
          consumes: [BYTES],
          response: { 204: z.null(), ...errorResponses }
        }
      },
      async (request, reply) => {
        const chunk = { ...request.params, deviceId: requireDevice(request).id }
        return await takeChunk(centre, { ...chunk, body: request.body }, reply)
      }
    )
    app.post(
      '/v1/rescue/:rescueId/end',
      {
        onRequest,
        schema: {
          summary: 'The PC has no more pieces for this rescue: documents that lack some are lost',
          security,
          params: rescuedChunkSchema.pick({ rescueId: true }),
          response: { 200: rescueResponseSchema, ...errorResponses }
        }
      },
      async (request, reply) => {
        const { rescueId } = request.params
        const rescue = await endRescue(centre, { rescueId, deviceId: requireDevice(request).id })
        return rescue === null ? sendError(reply, { type: 'NotFound' }) : reply.send({ rescue })
      }
    )
  }

async function takeChunk(
  { pool, cipher }: Centre,
  chunk: z.infer<typeof rescuedChunkSchema> & { readonly deviceId: string; readonly body: unknown },
  reply: FastifyReply
): Promise<FastifyReply> {
  const content = readChunkBody(cipher, chunk.body, chunk.sha256)
  if (!content.ok) return sendError(reply, content.error)
  const kept = await takeRescuedChunk(pool, { ...chunk, content: content.value })
  return kept.ok ? reply.code(204).send(null) : sendError(reply, kept.error)
}
