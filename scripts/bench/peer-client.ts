import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { PeerName, PeerReply, PeerRequest } from './peer.ts'

/** A peer in its process. */
export interface Peer {
  readonly name: PeerName
  readonly built: Extract<PeerReply, { type: 'built' }>
  search(queries: readonly string[]): Promise<readonly number[]>
  stop(): void
}

const MOST_HEAP_MB = 8192

export async function startPeer(
  name: PeerName,
  { seed, cases, of }: { seed: number; cases: number; of: number }
): Promise<Peer> {
  const child = fork(fileURLToPath(new URL('./peer.ts', import.meta.url)), {
    execArgv: [`--max-old-space-size=${MOST_HEAP_MB}`]
  })
  const built = await ask(child, { type: 'build', peer: name, seed, cases, of })
  if (built.type !== 'built') throw new Error('the peer did not build')
  return {
    name,
    built,
    search: async (queries) => {
      const reply = await ask(child, { type: 'search', queries })
      if (reply.type !== 'searched') throw new Error('the peer did not search')
      return reply.milliseconds
    },
    stop: () => {
      child.kill()
    }
  }
}

/** The child's next message; a child that ends instead had too little memory. */
function ask(child: ChildProcess, request: PeerRequest): Promise<PeerReply> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error('the peer ended'))
    child.once('exit', ended)
    child.once('message', (reply: PeerReply) => {
      child.off('exit', ended)
      resolve(reply)
    })
    child.send(request)
  })
}
