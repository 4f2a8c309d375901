import { connect, createServer, type Socket } from 'node:net'

/** The line between one PC and the centre. */
export interface Line {
  /** The centre's address at this end. */
  readonly url: string
  /** Nothing goes through any more; what is on its way is lost. */
  cut(): void
  mend(): void
  /** What is pushed still reaches the centre, but no answer comes back: it is done and the desk does not hear of it. */
  loseAnswersToPushes(): void
  /** What the centre sends comes this slowly from now on; null: as fast as it can. */
  limitTo(bytesPerSecond: number | null): void
  close(): Promise<void>
}

/** What a slow line lets through at a time. */
const PIECE_BYTES = 1024

/** A real line of TCP, which can fail as a real one does. */
export async function openLine(centreUrl: string): Promise<Line> {
  const { hostname, port } = new URL(centreUrl)
  const open = new Set<Socket>()
  let limit: number | null = null
  let state: 'sound' | 'cut' | 'answers to pushes lost' = 'sound'

  const server = createServer((desk) => {
    if (state === 'cut') return void desk.destroy()
    const centre = connect(Number(port), hostname)
    for (const [socket, other] of [
      [desk, centre],
      [centre, desk]
    ] as const) {
      open.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        open.delete(socket)
        other.destroy()
      })
    }
    let isPushing = false
    desk.on('data', (bytes) => {
      isPushing ||= bytes.includes('POST /v1/push')
      centre.write(bytes)
    })
    centre.on('data', (bytes) => {
      if (isPushing && state === 'answers to pushes lost') desk.destroy()
      else if (limit === null) desk.write(bytes)
      else {
        centre.pause()
        void passSlowly(
          bytes,
          (piece) => desk.write(piece),
          () => limit
        ).then(() => centre.resume())
      }
    })
  })
  const change = (next: typeof state, endOpen: boolean): void => {
    state = next
    if (endOpen) for (const socket of open) socket.destroy()
  }
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const address = server.address()
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`,
    cut: () => change('cut', true),
    mend: () => change('sound', false),
    loseAnswersToPushes: () => change('answers to pushes lost', false),
    limitTo: (bytesPerSecond) => {
      limit = bytesPerSecond
    },
    close: () =>
      new Promise((closed) => {
        change('cut', true)
        server.close(() => closed())
      })
  }
}

async function passSlowly(bytes: Buffer, pass: (piece: Buffer) => void, limit: () => number | null): Promise<void> {
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    const rate = limit()
    if (rate !== null) await new Promise((settle) => setTimeout(settle, (PIECE_BYTES / rate) * 1000))
    pass(bytes.subarray(from, from + PIECE_BYTES))
  }
}
