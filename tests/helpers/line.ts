import { connect, createServer, type Socket } from 'node:net'

/** The line between one PC and the centre. */
export interface Line {
  /** The centre's address at this end. */
  readonly url: string
  /** Nothing goes through any more; what is on its way is lost. */
  cut(): void
  mend(): void
  /** Requests still reach the centre, but no answer comes back: it does its work and the desk does not hear of it. */
  loseAnswers(): void
  close(): Promise<void>
}

/** A real line of TCP, which can fail as a real one does. */
export async function openLine(centreUrl: string): Promise<Line> {
  const { hostname, port } = new URL(centreUrl)
  const open = new Set<Socket>()
  let state: 'sound' | 'cut' | 'answers lost' = 'sound'

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
    desk.pipe(centre)
    centre.on('data', (bytes) => {
      if (state === 'answers lost') desk.destroy()
      else desk.write(bytes)
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
    loseAnswers: () => change('answers lost', false),
    close: () =>
      new Promise((closed) => {
        change('cut', true)
        server.close(() => closed())
      })
  }
}
