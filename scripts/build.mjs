// Builds the desk into out/ with the project's Node, wherever the call comes from.
import path from 'node:path'
import { projectNode } from './pinned-node.mjs'
import { mustRun, root, say } from './project.mjs'

export async function buildDesk() {
  say('Building the desk ...')
  const electronVite = path.join(root, 'node_modules/electron-vite/bin/electron-vite.js')
  await mustRun(projectNode(), [electronVite, 'build', '--logLevel', 'warn'])
}
