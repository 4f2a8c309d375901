import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'

/** A line to a centre that gives times of use as short as a test needs them; everything else passes as it is. */
export interface LeaseLine {
  readonly url: string
  /** What sign-ins and renewals are granted from now on, in milliseconds from then. */
  grant(term: Term): void
  cut(): void
  mend(): void
  close(): void
}

interface Term {
  readonly left: number
  readonly grace: number
}

const DAY_MS = 86_400_000
/** A lease is given for longer than it lasts, so that what is left is its last third. */
const GIVEN_AGO = 5 * DAY_MS

export async function openLeaseLine(centreUrl: string): Promise<LeaseLine> {
  const { hostname, port } = new URL(centreUrl)
  let term: Term | null = null
  let isCut = false
  const server = createServer((asked, answer) => {
    if (isCut) return void asked.socket.destroy()
    const { 'accept-encoding': _, ...headers } = asked.headers
    const passed = request({ hostname, port, path: asked.url, method: asked.method, headers }, (given) => {
      if (term !== null && /\/(sign-in|lease)$/.test(asked.url ?? '')) void shorten(given, answer, term)
      else given.pipe(answer.writeHead(given.statusCode ?? 500, given.headers))
    })
    passed.on('error', () => answer.destroy())
    answer.on('close', () => passed.destroy())
    asked.pipe(passed)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    grant: (next) => {
      term = next
    },
    cut: () => {
      isCut = true
      server.closeAllConnections()
    },
    mend: () => {
      isCut = false
    },
    close: () => {
      server.closeAllConnections()
      server.close()
    }
  }
}

async function shorten(given: IncomingMessage, answer: ServerResponse, { left, grace }: Term): Promise<void> {
  const pieces: Buffer[] = []
  for await (const piece of given) pieces.push(piece as Buffer)
  const now = Date.now()
  const at: Readonly<Record<string, number>> = {
    issuedAt: now - GIVEN_AGO,
    endsAt: now + left,
    graceEndsAt: now + left + grace,
    renewAfter: now + left
  }
  const text = Buffer.concat(pieces)
    .toString()
    .replace(/"(issuedAt|endsAt|graceEndsAt|renewAfter)":"[^"]*"/g, (whole, name: string) => {
      const instant = at[name]
      return instant === undefined ? whole : `"${name}":"${new Date(instant).toISOString()}"`
    })
  answer.writeHead(given.statusCode ?? 500, { 'content-type': given.headers['content-type'] ?? 'application/json' })
  answer.end(text)
}
