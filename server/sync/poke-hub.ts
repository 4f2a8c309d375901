import { PassThrough } from 'node:stream'
import { Client } from 'pg'
import { z } from 'zod'
import { districtCodeSchema } from '#shared/foundation/primitives.ts'
import type { Poke } from '#shared/sync-protocol/poke.ts'
import { STREAMS_A_SESSION } from '../http/limits.ts'
import { STREAM_CHANNEL } from './district-stream.ts'

/** Tells connected desks that their district's stream went on: PostgreSQL's NOTIFY in, server-sent events out. */
export interface PokeHub {
  /**
   * A new event stream of the district, beginning with where its stream stands. It ends at once when the hub was closed,
   * and it ends the session's oldest when there are too many.
   */
  connect(desk: PokedDesk): PassThrough
  connected(): readonly PokedDesk[]
  /** Ends the event streams of these desks. */
  disconnect(isGone: (desk: PokedDesk) => boolean): void
  close(): Promise<void>
}

export interface PokedDesk {
  readonly districtCode: string
  readonly tokenHash: Uint8Array
  /** Where the district's stream stands now. */
  readonly cursor: number
}

export interface PokeHubDeps {
  readonly connectionString: string
  /** Where a district's stream stands; asked after the connection to PostgreSQL was lost and found again. */
  readonly streamEnd: (districtCode: string) => Promise<number>
  /** Called at every heartbeat, to shut out desks whose session has ended. */
  readonly onHeartbeat: () => Promise<void>
  readonly onFault: (fault: unknown) => void
  /** The connection to PostgreSQL was lost and is found again: what moved meanwhile was not heard. */
  readonly onFound?: () => Promise<void>
  /** A district's stream has gone on, whoever wrote to it. */
  readonly onMoved?: (districtCode: string, cursor: number) => void
  /** Pokes within this time are sent as one; with many desks connected, within a longer one (`gatherMs`). */
  readonly coalesceMs?: number
  readonly heartbeatMs?: number
}

const noticeSchema = z.union([
  z.object({ districtCode: districtCodeSchema, cursor: z.int().nonnegative() }),
  /** Sessions have ended: each app server looks at once whose streams it still holds. */
  z.object({ sessionsEnded: z.literal(true) })
])
const RECONNECT_MS = 1_000

export async function createPokeHub(deps: PokeHubDeps): Promise<PokeHub> {
  const { coalesceMs = 30, heartbeatMs = 15_000, onFault } = deps
  const desks = new Map<PassThrough, PokedDesk>()
  const ofSession = createStreamsBySession()
  const dirty = new Map<string, number>()
  let flushTimer: NodeJS.Timeout | undefined
  let isClosed = false

  const flush = () => {
    flushTimer = undefined
    for (const [stream, desk] of desks) {
      const cursor = dirty.get(desk.districtCode)
      if (cursor !== undefined) writeEvent(stream, { cursor })
    }
    dirty.clear()
  }
  const poke = (districtCode: string, cursor: number) => {
    deps.onMoved?.(districtCode, cursor)
    dirty.set(districtCode, Math.max(cursor, dirty.get(districtCode) ?? 0))
    flushTimer ??= setTimeout(flush, gatherMs(coalesceMs, desks.size))
  }
  const pokeAll = async () => {
    await deps.onFound?.()
    for (const districtCode of new Set([...desks.values()].map((desk) => desk.districtCode))) {
      poke(districtCode, await deps.streamEnd(districtCode))
    }
  }
  const listener = createListener({
    connectionString: deps.connectionString,
    poke,
    onSessionsEnded: () => deps.onHeartbeat().catch(onFault),
    onReconnect: pokeAll,
    onFault
  })
  await listener.start()
  const heartbeat = setInterval(() => {
    for (const stream of desks.keys()) if (stream.writableLength === 0) stream.write(': still here\n\n')
    deps.onHeartbeat().catch(onFault)
  }, heartbeatMs)
  heartbeat.unref()
  return {
    connect: (desk) => {
      const stream = new PassThrough()
      desks.set(stream, desk)
      stream.once('close', () => desks.delete(stream))
      ofSession.add(desk.tokenHash, stream)
      writeEvent(stream, { cursor: desk.cursor })
      if (isClosed) stream.end() // a desk that asked while the server stops would hold it up for as long as it waits
      return stream
    },
    connected: () => [...desks.values()],
    disconnect: (isGone) => {
      for (const [stream, desk] of desks) if (isGone(desk)) stream.end()
    },
    close: async () => {
      isClosed = true
      clearInterval(heartbeat)
      clearTimeout(flushTimer)
      for (const stream of desks.keys()) stream.end()
      await listener.stop()
    }
  }
}

/** A PC holds one, and for a while those of lines that it lost; a program that opens them without end shall not fill us. */
function createStreamsBySession() {
  const streams = new Map<string, Set<PassThrough>>()
  return {
    add: (tokenHash: Uint8Array, stream: PassThrough): void => {
      const session = Buffer.from(tokenHash).toString('hex')
      const held = streams.get(session) ?? new Set()
      streams.set(session, held.add(stream))
      stream.once('close', () => {
        held.delete(stream)
        if (held.size === 0 && streams.get(session) === held) streams.delete(session)
      })
      const [oldest] = held
      if (held.size <= STREAMS_A_SESSION || oldest === undefined) return
      held.delete(oldest)
      oldest.end()
    }
  }
}

const GATHER_MS_A_DESK = 0.1
const MOST_GATHER_MS = 250

/**
 * Each event makes every desk of the district ask at once: with thousands connected those requests are nearly all that the
 * centre does (docs/capacity.md), and a quarter of a second more halves them. A small office hears at once.
 */
export const gatherMs = (coalesceMs: number, desks: number): number =>
  Math.min(MOST_GATHER_MS, coalesceMs + desks * GATHER_MS_A_DESK)

/** A desk that does not read gets no second event on top: the one it finds makes it pull everything. */
function writeEvent(stream: PassThrough, poke: Poke): void {
  if (stream.writableLength === 0) stream.write(`data: ${JSON.stringify(poke)}\n\n`)
}

interface ListenerDeps {
  readonly connectionString: string
  readonly poke: (districtCode: string, cursor: number) => void
  readonly onSessionsEnded: () => void
  readonly onReconnect: () => Promise<void>
  readonly onFault: (fault: unknown) => void
}

/** LISTEN on a connection of its own, opened again whenever it breaks. */
function createListener({ connectionString, poke, onSessionsEnded, onReconnect, onFault }: ListenerDeps) {
  let client: Client | undefined
  let retryTimer: NodeJS.Timeout | undefined
  let stopped = false

  const connect = async () => {
    const next = new Client({ connectionString, application_name: 'mnk-poke', keepAlive: true })
    next.on('error', onFault)
    next.on('end', () => {
      if (!stopped) retryTimer = setTimeout(reconnect, RECONNECT_MS)
    })
    next.on('notification', ({ payload = '' }) => {
      const notice = readNotice(payload)
      if (notice === null) return
      if ('sessionsEnded' in notice) onSessionsEnded()
      else poke(notice.districtCode, notice.cursor)
    })
    await next.connect()
    await next.query(`LISTEN ${STREAM_CHANNEL}`)
    client = next
  }
  const reconnect = () => {
    connect().then(onReconnect, onFault).catch(onFault)
  }
  return {
    start: connect,
    stop: async () => {
      stopped = true
      clearTimeout(retryTimer)
      await client?.end()
    }
  }
}

/** null for a notice of another version of the program. */
function readNotice(payload: string): z.infer<typeof noticeSchema> | null {
  try {
    return noticeSchema.safeParse(JSON.parse(payload)).data ?? null
  } catch {
    return null
  }
}
