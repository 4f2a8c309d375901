import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { jsonSchemaTransform } from 'fastify-type-provider-zod'
import { apiErrorSchema } from '#shared/sync-protocol/api-error.ts'
import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/sync-protocol/protocol-version.ts'
import { SERVER_LIMITS } from './limits.ts'

/** Every answer that is not 2xx, on every route. */
export const errorResponses = { '4xx': apiErrorSchema, '5xx': apiErrorSchema } as const

const INFO = {
  title: 'Manneungki Desk: the centre',
  description: `Requests to /v1/ carry the header ${PROTOCOL_HEADER}: ${PROTOCOL_VERSION}. What may be sent, how much and how often, is in x-limits, here and at each route. See docs/specs/centre.md.`,
  version: String(PROTOCOL_VERSION),
  'x-limits': SERVER_LIMITS
}

/** Collects the routes that are registered after it into one OpenAPI document. */
export async function describeRoutes(app: FastifyInstance): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: INFO,
      components: {
        securitySchemes: { session: { type: 'http', scheme: 'bearer' }, device: { type: 'http', scheme: 'device' } }
      }
    },
    transform: jsonSchemaTransform
  })
}
