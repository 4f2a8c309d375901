// node scripts/run-ready.mjs [--build] [--electron] FILE [ARGUMENTS]: sets up what is missing, builds the desk when
// asked to, and runs the file with the project's Node, with Electron at hand when asked to.
import { buildDesk } from './build.mjs'
import { projectNode } from './pinned-node.mjs'
import { failPlainly, PlainError, run } from './project.mjs'
import { setUp } from './setup.mjs'
import { runWithElectron } from './with-electron.mjs'

async function main(args) {
  const fileAt = args.findIndex((arg) => !arg.startsWith('--'))
  if (fileAt < 0) throw new PlainError('usage: node scripts/run-ready.mjs [--build] [--electron] FILE [ARGUMENTS]')
  const wanted = args.slice(0, fileAt)
  await setUp()
  if (wanted.includes('--build')) await buildDesk()
  const command = args.slice(fileAt)
  return wanted.includes('--electron') ? runWithElectron(projectNode(), command) : run(projectNode(), command)
}

main(process.argv.slice(2)).then((code) => process.exit(code), failPlainly)
