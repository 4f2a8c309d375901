import { MOST_CAPSULE_BYTES } from '#shared/domain/administration/rescue-entry.ts'
import { CHUNK_BYTES } from '#shared/domain/document/case-document.ts'
import { MAX_LINES_A_LOG, MAX_LOG_BYTES, MAX_LOG_LINE_BYTES } from '#shared/sync-protocol/access-log.ts'
import { MAX_COMMANDS_A_PUSH, MAX_PUSH_BYTES, MAX_PUSH_LINE_BYTES } from '#shared/sync-protocol/push.ts'

/**
 * Every limit of the centre's HTTP server in one table: it is what the server obeys, what `/openapi.json` says of each
 * route (`x-limits`) and what the tests try.
 */
export interface RouteLimits {
  /** Of the body as it is read, unpacked. */
  readonly bodyBytes: number
  /** Of one line of an NDJSON body, unpacked. */
  readonly lineBytes?: number
  /** Commands of one request. */
  readonly commands?: number
  /** Lines of an access log in one request. */
  readonly lines?: number
  /** Event streams that a session holds at once; one more ends its oldest. */
  readonly streams?: number
  readonly rate: Rate
}

/**
 * A bucket for each device (each address, where nobody has signed in yet): it holds `burst` requests and fills up again
 * by so many a minute. Counted by each app server for itself.
 */
export interface Rate {
  readonly per: 'device' | 'address'
  readonly aMinute: number
  readonly burst: number
}

const KIB = 1_024
/** A district of 100,000 cases, unpacked, with room to spare. */
const MAX_GIVE_BACK_BYTES = 1_024 * KIB * KIB

export const STREAMS_A_SESSION = 3

/** What a route has that is not in the table. */
export const USUAL_LIMITS: RouteLimits = {
  bodyBytes: 64 * KIB,
  rate: { per: 'device', aMinute: 600, burst: 200 }
}

/** A PC sends its capsule once, and again when the answer is lost. */
const CAPSULE_LIMITS: RouteLimits = {
  bodyBytes: MOST_CAPSULE_BYTES,
  rate: { per: 'device', aMinute: 60, burst: 30 }
}

/** About 300 MB a minute, once a long outbox with many documents comes in. */
const CHUNK_RATE: Rate = { per: 'device', aMinute: 1_200, burst: 1_200 }
/** A little above what fits, so that a desk that sends too much hears why. */
const CHUNK_BODY_BYTES = 2 * CHUNK_BYTES

/**
 * A desk at work asks a few times a minute. The rates leave room for a PC that comes back after weeks and for one whose
 * line breaks all the time, and stop a program that has gone wrong: what it is told to wait, it waits.
 */
const ROUTE_LIMITS: Readonly<Record<string, RouteLimits>> = {
  /** A whole office may share one address. */
  'POST /v1/sign-in': { bodyBytes: 16 * KIB, rate: { per: 'address', aMinute: 120, burst: 120 } },
  'POST /v1/push': {
    bodyBytes: MAX_PUSH_BYTES,
    lineBytes: MAX_PUSH_LINE_BYTES,
    commands: MAX_COMMANDS_A_PUSH,
    rate: { per: 'device', aMinute: 1_200, burst: 600 }
  },
  'GET /v1/changes': { bodyBytes: 0, rate: { per: 'device', aMinute: 1_200, burst: 600 } },
  'POST /v1/access-log': {
    bodyBytes: MAX_LOG_BYTES,
    lineBytes: MAX_LOG_LINE_BYTES,
    lines: MAX_LINES_A_LOG,
    rate: { per: 'device', aMinute: 600, burst: 300 }
  },
  'POST /v1/give-back': {
    bodyBytes: MAX_GIVE_BACK_BYTES,
    lineBytes: 4 * KIB * KIB, // a case with every paper, conflict and edit that it may have
    rate: { per: 'device', aMinute: 60, burst: 30 }
  },
  'POST /v1/give-back/offer': { bodyBytes: 1_024 * KIB, rate: { per: 'device', aMinute: 1_200, burst: 600 } },
  'POST /v1/rescue': CAPSULE_LIMITS,
  'PUT /v1/rescue/:rescueId/chunks/:sha256': { bodyBytes: CHUNK_BODY_BYTES, rate: CHUNK_RATE },
  'POST /v1/admin/rescues': CAPSULE_LIMITS,
  'GET /v1/poke': { bodyBytes: 0, streams: STREAMS_A_SESSION, rate: { per: 'device', aMinute: 120, burst: 60 } },
  /** Everybody of a run in one request, with her revision. */
  'PUT /v1/provisions/:runId': { bodyBytes: 4 * KIB * KIB, rate: { per: 'device', aMinute: 60, burst: 30 } },
  'HEAD /v1/cases/:caseId/chunks/:sha256': { bodyBytes: 0, rate: CHUNK_RATE },
  'PUT /v1/cases/:caseId/chunks/:sha256': { bodyBytes: CHUNK_BODY_BYTES, rate: CHUNK_RATE },
  'GET /v1/cases/:caseId/chunks/:sha256': { bodyBytes: 0, rate: CHUNK_RATE }
}

export const limitsOf = (method: string, url: string): RouteLimits => ROUTE_LIMITS[`${method} ${url}`] ?? USUAL_LIMITS

export interface ServerLimits {
  /** The head of a request must be there within this time. */
  readonly headMs: number
  /** The whole request must be there within this time. */
  readonly requestMs: number
  /** How long a sender may be silent in the middle of a body. */
  readonly silenceMs: number
  /** How long an idle line stays open. */
  readonly keepAliveMs: number
}

export const SERVER_LIMITS: ServerLimits = {
  headMs: 15_000,
  requestMs: 120_000,
  silenceMs: 20_000,
  keepAliveMs: 65_000
}
