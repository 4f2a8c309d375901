// Starts server/main.ts with demo data as a process of its own and waits until it says that it is ready.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { projectNode } from './pinned-node.mjs'
import { PlainError, root } from './project.mjs'

const READY = 'READY '
const STOP_LIMIT_MS = 30_000

/** @returns {Promise<{ url: string, stop(): Promise<void> }>} */
export async function startDemoServer() {
  // A session of its own: Ctrl+C in the terminal must not stop the server under a desk that still sends. It stops when
  // told to over the channel (Windows knows no SIGTERM), and also when we are gone and the channel with us.
  const server = spawn(projectNode(), ['server/main.ts', '--demo'], {
    cwd: root,
    env: { MNK_LOG_LEVEL: 'warn', ...process.env }, // requests would bury what the person who waits should read
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true,
    windowsHide: true
  })
  const ended = new Promise((resolve) => server.once('close', resolve))
  const { url } = await readyLine(server, ended)
  const stop = async () => {
    const limit = setTimeout(() => server.kill('SIGKILL'), STOP_LIMIT_MS)
    if (server.connected) server.send('shutdown')
    await ended
    clearTimeout(limit)
  }
  return { url, stop }
}

function readyLine(server, ended) {
  return new Promise((resolve, reject) => {
    createInterface({ input: server.stdout }).on('line', (line) => {
      if (line.startsWith(READY)) resolve(JSON.parse(line.slice(READY.length)))
    })
    ended.then((code) => reject(new PlainError(`The server ended with code ${code} before it was ready.`)))
  })
}
