import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { chunkAddressSchema } from '#shared/sync-protocol/chunks.ts'
import { missingChunksQuerySchema, missingChunksSchema } from '#shared/sync-protocol/missing-chunks.ts'
import type { Centre } from '../centre.ts'
import { hasChunk, putChunk, readChunk } from '../documents/chunk-store.ts'
import { isMissing, listMissing } from '../documents/missing-chunks.ts'
import { sendError } from './api-errors.ts'
import { MOST_CHUNK_BYTES, readChunkBody } from './chunk-body.ts'
import { errorResponses } from './openapi.ts'
import { type Guard, requireSession } from './session-guard.ts'

const BYTES = 'application/octet-stream'
/** The sealed pieces of documents: asked for, sent, fetched one by one. */
export const chunkRoutes =
  (centre: Centre, onRequest: Guard): FastifyPluginAsyncZod =>
  async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser(BYTES, { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
    const common = { security: [{ session: [] }], params: chunkAddressSchema }

    app.head(
      '/v1/cases/:caseId/chunks/:sha256',
      { onRequest, schema: { ...common, summary: 'Whether a piece of a document is here' } },
      async (request, reply) => {
        const { districtCode } = requireSession(request).account
        const isHere = await hasChunk(centre.pool, { ...request.params, districtCode })
        return reply.code(isHere ? 204 : 404).send()
      }
    )

    missingRoute(app, centre, onRequest)
    app.put(
      '/v1/cases/:caseId/chunks/:sha256',
      {
        onRequest,
        schema: {
          ...common,
          summary: 'Send a piece of a document, ahead of the command that attaches it',
          description: `At most ${MOST_CHUNK_BYTES} bytes, whose SHA-256 is the address.`,
          consumes: [BYTES],
          response: { 204: z.null(), ...errorResponses }
        }
      },
      async (request, reply) => await takeChunk(centre, { ...request, session: requireSession(request) }, reply)
    )

    app.get(
      '/v1/cases/:caseId/chunks/:sha256',
      {
        onRequest,
        schema: { ...common, summary: 'Fetch a piece of a document', response: { ...errorResponses } }
      },
      async (request, reply) => {
        const { districtCode } = requireSession(request).account
        const content = await readChunk(centre.pool, { ...request.params, districtCode })
        if (content !== null) return reply.type(BYTES).send(Buffer.from(content) as never)
        const isLost = await isMissing(centre.pool, { ...request.params, districtCode })
        return sendError(reply, { type: isLost ? 'ChunkLost' : 'NotFound' })
      }
    )
  }

function missingRoute(app: Parameters<FastifyPluginAsyncZod>[0], centre: Centre, onRequest: Guard): void {
  app.get(
    '/v1/missing-chunks',
    {
      onRequest,
      schema: {
        summary: 'Pieces of documents that the centre lost with a restore and asks PCs for',
        security: [{ session: [] }],
        querystring: missingChunksQuerySchema,
        response: { 200: missingChunksSchema, ...errorResponses }
      }
    },
    async (request) => {
      const { districtCode } = requireSession(request).account
      return await listMissing(centre.pool, { districtCode, after: request.query.after })
    }
  )
}

async function takeChunk(
  { pool, cipher, now }: Centre,
  request: {
    readonly body: unknown
    readonly params: z.infer<typeof chunkAddressSchema>
    readonly session: ReturnType<typeof requireSession>
  },
  reply: FastifyReply
): Promise<FastifyReply> {
  const { body, params, session } = request
  const content = readChunkBody(cipher, body, params.sha256)
  if (!content.ok) return sendError(reply, content.error)
  const { districtCode } = session.account
  const kept = await putChunk(pool, { ...params, districtCode, content: content.value, now: now() })
  return kept.ok ? reply.code(204).send(null) : sendError(reply, kept.error)
}
