import type { FastifyReply } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { reportLineSchema } from '#shared/sync-protocol/report-lines.ts'
import {
  deletedReportSchema,
  finishReportSchema,
  orderedReportSchema,
  orderReportSchema,
  reportParamsSchema,
  reportsQuerySchema,
  reportsResponseSchema
} from '#shared/sync-protocol/reports.ts'
import type { Centre } from '../centre.ts'
import { cancelReport, finishReport, listReports, noteDeleted, orderReport, readReport } from '../reports/register.ts'
import { reportLines } from '../reports/report-stream.ts'
import { sendError } from './api-errors.ts'
import { errorResponses } from './openapi.ts'
import { createSessionGuard, requireSession } from './session-guard.ts'
import { compressedStream } from './stream-encoding.ts'

const security = [{ session: [] }]
const done = { 204: z.null(), ...errorResponses }

type App = Parameters<FastifyPluginAsyncZod>[0]

/** 보고서, for those who oversee: a number, the lines for it, how it ended, and the register. */
export const reportRoutes =
  (centre: Centre): FastifyPluginAsyncZod =>
  async (app) => {
    app.addHook('onRequest', createSessionGuard(centre)(['supervisor', 'privacy_officer']))
    orderRoutes(app, centre)
    linesRoute(app, centre)
    registerRoutes(app, centre)
  }

function orderRoutes(app: App, centre: Centre): void {
  app.post(
    '/v1/reports',
    {
      schema: {
        summary: 'Give a report its number',
        security,
        body: orderReportSchema,
        response: { 200: orderedReportSchema, ...errorResponses }
      }
    },
    async (request, reply) => {
      const ordered = await orderReport(centre, requireSession(request).account, request.body)
      if (ordered.ok) return ordered.value
      return ordered.error.type === 'NotFound'
        ? sendError(reply, { type: 'NotFound' })
        : sendError(reply, { type: 'RequestInvalid', where: ['body/deleteBy'] })
    }
  )
  app.post(
    '/v1/reports/:reportId/finish',
    {
      schema: {
        summary: 'The file of a report is whole',
        security,
        params: reportParamsSchema,
        body: finishReportSchema,
        response: done
      }
    },
    async (request, reply) => {
      const result = { id: request.params.reportId, ...request.body }
      const isTaken = await finishReport(centre, requireSession(request).account, result)
      return isTaken ? reply.code(204).send(null) : sendError(reply, { type: 'NotFound' })
    }
  )
  app.post(
    '/v1/reports/:reportId/cancel',
    {
      schema: {
        summary: 'A report was broken off; its number stays',
        security,
        params: reportParamsSchema,
        response: done
      }
    },
    async (request, reply) => {
      const isTaken = await cancelReport(centre, requireSession(request).account, request.params.reportId)
      return isTaken ? reply.code(204).send(null) : sendError(reply, { type: 'NotFound' })
    }
  )
}

function linesRoute(app: App, centre: Centre): void {
  app.get(
    '/v1/reports/:reportId/lines',
    {
      schema: {
        summary: 'What a report that was asked for holds, as NDJSON',
        description: 'Lines of type start, rows, end; a stream without an end line was cut.',
        security,
        params: reportParamsSchema,
        response: {
          200: {
            description: 'Lines, each of this form',
            content: { 'application/x-ndjson': { schema: reportLineSchema } }
          },
          ...errorResponses
        }
      }
    },
    async (request, reply) => {
      const report = await readReport(centre.pool, request.params.reportId)
      const isHers = report?.authorId === requireSession(request).account.id
      if (report === null || !isHers || report.end.type !== 'open') return sendError(reply, { type: 'NotFound' })
      const { encoding, stream } = compressedStream(reportLines(centre, report), {
        acceptEncoding: request.headers['accept-encoding'],
        onFault: (fault) => request.log.error({ err: fault }, 'report was cut')
      })
      if (encoding !== 'identity') reply.header('content-encoding', encoding)
      reply.header('vary', 'accept-encoding').type('application/x-ndjson')
      return (reply as { send(payload: unknown): unknown }).send(stream) as FastifyReply
    }
  )
}

function registerRoutes(app: App, centre: Centre): void {
  app.get(
    '/v1/reports',
    {
      schema: {
        summary: 'The register of the reports of the district, the newest first',
        security,
        querystring: reportsQuerySchema,
        response: { 200: reportsResponseSchema, ...errorResponses }
      }
    },
    async (request) => {
      const { districtCode } = requireSession(request).account
      return await listReports(centre.pool, { ...request.query, districtCode })
    }
  )
  app.post(
    '/v1/reports/:reportId/deleted',
    {
      schema: {
        summary: 'The file of a report is deleted everywhere',
        security,
        params: reportParamsSchema,
        body: deletedReportSchema,
        response: done
      }
    },
    async (request, reply) => {
      const deleted = { id: request.params.reportId, how: request.body.how }
      const isTaken = await noteDeleted(centre, requireSession(request).account, deleted)
      return isTaken ? reply.code(204).send(null) : sendError(reply, { type: 'NotFound' })
    }
  )
}
