// Starts server/main.ts with demo data as a process of its own and waits until it says that it is ready.
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { projectNode } from './pinned-node.mjs'
import { PlainError, root } from './project.mjs'

const READY = 'READY '
const STOP_LIMIT_MS = 20_000

/** @returns {Promise<{ url: string, stop(): Promise<void> }>} */
export async function startDemoServer() {
  // A session of its own: Ctrl+C in the terminal must not stop the server under the desk that still sends.
  const server = spawn(projectNode(), ['server/main.ts', '--demo'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: process.platform !== 'win32'
  })
  const ended = new Promise((resolve) => server.once('close', resolve))
  const { url } = await readyLine(server, ended)
  const stop = async () => {
    const limit = setTimeout(() => server.kill('SIGKILL'), STOP_LIMIT_MS)
    server.kill('SIGTERM')
    await ended
    clearTimeout(limit)
  }
  process.once('exit', () => server.kill('SIGTERM'))
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
