// The Node that the project is built and tested with comes as a package, so that any Node >= 20 can start us.
import fs from 'node:fs'
import path from 'node:path'
import { PlainError, root, run } from './project.mjs'

const OLDEST_START = 20
/** Runs TypeScript without a build. */
const OLDEST_WORK = 24

const majorOf = (version) => Number.parseInt(version, 10)

/** Ends with plain words on a Node that cannot even install the packages. */
export function checkStartingNode() {
  if (majorOf(process.versions.node) < OLDEST_START) {
    throw new PlainError(`Node ${OLDEST_START} or newer is needed; this is ${process.version}.`)
  }
}

function pinnedNode() {
  const platform = process.platform === 'win32' ? 'win' : process.platform
  const binary = process.platform === 'win32' ? 'node.exe' : 'node'
  const file = path.join(root, 'node_modules', `node-${platform}-${process.arch}`, 'bin', binary)
  return fs.existsSync(file) ? file : undefined
}

/** The Node to run the project with; packages must be installed. */
export function projectNode() {
  if (majorOf(process.versions.node) >= OLDEST_WORK) return process.execPath
  const pinned = pinnedNode()
  if (pinned) return pinned
  throw new PlainError(
    `There is no packaged Node for ${process.platform} ${process.arch}: please install Node ${OLDEST_WORK} yourself (this is ${process.version}).`
  )
}

/** Starts the running script again under the project's Node, if it is not that already, and ends with its exit code. */
export async function continueUnderProjectNode() {
  const node = projectNode()
  if (node === process.execPath) return
  process.exit(await run(node, process.argv.slice(1), { cwd: process.cwd() }))
}
