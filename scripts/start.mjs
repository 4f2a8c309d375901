// npm start: from a fresh clone to an open desk. Sets up what is missing, builds, starts the central server with demo
// data on an embedded PostgreSQL, and opens the desk on it. Closing the desk stops the server. What both keep lies in
// .data/, so that deleting that folder begins anew: a desk belongs to the centre that it first met.
import path from 'node:path'
import { buildDesk } from './build.mjs'
import { startDemoServer } from './local-server.mjs'
import { projectNode } from './pinned-node.mjs'
import { failPlainly, root, say } from './project.mjs'
import { setUp } from './setup.mjs'
import { hasDisplay, runWithElectron } from './with-electron.mjs'

/** Chromium's own notes (no bus, no graphics card) would bury what the person who waits should read. */
const QUIET = '--log-level=3'

async function main() {
  await setUp()
  await buildDesk()
  if (!hasDisplay()) {
    say('This machine has no display (neither DISPLAY nor WAYLAND_DISPLAY is set), so no window can be opened.')
    say('Running the guided demo under a virtual display instead; its pictures go to out/demo/.')
    return runWithElectron(projectNode(), ['scripts/demo.ts'])
  }
  say('Starting the central server with demo data ...')
  const server = await startDemoServer()
  say(`The server is ready at ${server.url}. Opening the desk; close it to stop everything.`)
  try {
    const env = { MNK_SERVER_URL: server.url, MNK_DEMO: '1', MNK_DATA_DIR: path.join(root, '.data/desk') }
    return await runWithElectron('electron', ['.', QUIET], { env })
  } finally {
    await server.stop()
  }
}

main().then((code) => process.exit(code), failPlainly)
