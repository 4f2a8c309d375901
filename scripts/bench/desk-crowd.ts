// Two hundred desks in one process of their own: real sessions, lines that stay open, pushes as a desk sends them.
import { Agent, type ClientRequest, get, request } from 'node:http'
import { gunzipSync, gzipSync } from 'node:zlib'
import type { PushAnswerLine, PushLine } from '#shared/sync-protocol/push.ts'

export interface CrowdDesk {
  readonly deviceId: string
  readonly headers: Readonly<Record<string, string>>
}

export type CrowdRequest =
  | { readonly type: 'open'; readonly url: string; readonly desks: readonly CrowdDesk[] }
  /** Every desk pushes its commands, each after its pause from now. */
  | {
      readonly type: 'push'
      readonly pushes: ReadonlyArray<{ readonly commands: readonly object[]; readonly pauseMs: number }>
    }
  /** Every desk pulls what is behind its cursor, one after the other of so many times. */
  | { readonly type: 'pull'; readonly cursors: readonly number[]; readonly times: number }
  /** An event stream of each of these sessions, held open. */
  | { readonly type: 'listen'; readonly sessions: readonly CrowdDesk[] }
  | { readonly type: 'hangUp' }
export type CrowdReply =
  | { readonly type: 'opened' }
  | {
      readonly type: 'pushed'
      readonly milliseconds: readonly number[]
      readonly applied: number
      readonly seconds: number
    }
  | { readonly type: 'pulled'; readonly pulls: number; readonly bytes: number }
  | { readonly type: 'listening'; readonly streams: number }
  | { readonly type: 'hungUp' }

const agent = new Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY })
let centre = new URL('http://127.0.0.1')
let desks: readonly CrowdDesk[] = []
const listening: ClientRequest[] = []

process.on('message', (message: CrowdRequest) => {
  answer(message).then(
    (reply) => process.send?.(reply),
    (fault: unknown) => {
      process.stderr.write(`${String(fault)}\n`)
      process.exit(1)
    }
  )
})

async function answer(message: CrowdRequest): Promise<CrowdReply> {
  switch (message.type) {
    case 'open':
      centre = new URL(message.url)
      desks = message.desks
      return { type: 'opened' }
    case 'push': {
      const bodies = message.pushes.map(({ commands }, index) => bodyOf(desks[index]?.deviceId ?? '', commands))
      const began = performance.now()
      const answers = await Promise.all(
        message.pushes.map(async ({ pauseMs }, index) => {
          if (pauseMs > 0) await new Promise((resume) => setTimeout(resume, pauseMs))
          return push(desks[index]?.headers ?? {}, bodies[index] ?? Buffer.of())
        })
      )
      const seconds = (performance.now() - began) / 1_000
      const milliseconds = answers.map((one) => one.milliseconds)
      return { type: 'pushed', milliseconds, applied: answers.reduce((sum, one) => sum + one.applied, 0), seconds }
    }
    case 'pull': {
      const bytes = await Promise.all(
        message.cursors.map((cursor, index) => pullTimes(desks[index]?.headers ?? {}, cursor, message.times))
      )
      const pulls = message.cursors.length * message.times
      return { type: 'pulled', pulls, bytes: bytes.reduce((sum, one) => sum + one, 0) }
    }
    case 'listen': {
      const all = message.sessions
      for (let at = 0; at < all.length; at += 100) await Promise.all(all.slice(at, at + 100).map(listen))
      return { type: 'listening', streams: all.length }
    }
    case 'hangUp':
      for (const stream of listening.splice(0)) stream.destroy()
      return { type: 'hungUp' }
  }
}

function bodyOf(deviceId: string, commands: readonly object[]): Buffer {
  const lines = [
    { type: 'start', deviceId } satisfies PushLine,
    ...commands.map((command) => ({ type: 'command', command }))
  ]
  return gzipSync(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), { level: 1 })
}

function push(
  headers: Readonly<Record<string, string>>,
  body: Buffer
): Promise<{ milliseconds: number; applied: number }> {
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const sending = request(
      new URL('/v1/push', centre),
      {
        agent,
        method: 'POST',
        headers: {
          ...headers,
          'content-type': 'application/x-ndjson',
          'content-encoding': 'gzip',
          'accept-encoding': 'gzip',
          'transfer-encoding': 'chunked'
        }
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (part: Buffer) => parts.push(part))
        response.once('error', reject)
        response.once('end', () => {
          const milliseconds = performance.now() - began
          const bytes = Buffer.concat(parts)
          const text = (response.headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8')
          if (response.statusCode !== 200) reject(new Error(`a push was answered ${response.statusCode}: ${text}`))
          else resolve({ milliseconds, applied: appliedIn(text) })
        })
      }
    )
    sending.once('error', reject)
    sending.end(body)
  })
}

function appliedIn(text: string): number {
  const lines = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as PushAnswerLine)
  if (lines.at(-1)?.type !== 'end') throw new Error('an answer to a push was cut')
  return lines.reduce(
    (sum, line) => sum + (line.type === 'outcomes' ? line.outcomes.filter(({ type }) => type === 'Applied').length : 0),
    0
  )
}

async function pullTimes(headers: Readonly<Record<string, string>>, cursor: number, times: number): Promise<number> {
  let bytes = 0
  for (let no = 0; no < times; no += 1) bytes += await pull(headers, cursor)
  return bytes
}

function pull(headers: Readonly<Record<string, string>>, cursor: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const url = new URL(`/v1/changes?cursor=${cursor}`, centre)
    const asking = get(url, { headers: { ...headers, 'accept-encoding': 'zstd' }, agent }, (response) => {
      let bytes = 0
      response.on('data', (part: Buffer) => {
        bytes += part.length
      })
      response.once('error', reject)
      response.once('end', () => {
        if (response.statusCode === 200) resolve(bytes)
        else reject(new Error(`a pull was answered ${response.statusCode}`))
      })
    })
    asking.once('error', reject)
  })
}

function listen({ headers }: CrowdDesk): Promise<void> {
  return new Promise((resolve, reject) => {
    const asking = get(new URL('/v1/poke', centre), { headers, agent }, (response) => {
      response.resume()
      if (response.statusCode === 200) resolve()
      else reject(new Error(`a stream was answered ${response.statusCode}`))
    })
    asking.on('error', reject)
    listening.push(asking)
  })
}
