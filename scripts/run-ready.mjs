// node scripts/run-ready.mjs [--build] [--electron] FILE [ARGUMENTS]: sets up what is missing, builds the desk when
// asked to, and runs the file with the project's Node, with Electron at hand when asked to. --help among the arguments
// prints how the file is called, and nothing else happens.
import path from 'node:path'
import { buildDesk } from './build.mjs'
import { projectNode } from './pinned-node.mjs'
import { failPlainly, PlainError, root, run } from './project.mjs'
import { setUp } from './setup.mjs'
import { asksForUsage, usageOf } from './usage.mjs'
import { runWithElectron } from './with-electron.mjs'

async function main(args) {
  const fileAt = args.findIndex((arg) => !arg.startsWith('--'))
  if (fileAt < 0) throw new PlainError('usage: node scripts/run-ready.mjs [--build] [--electron] FILE [ARGUMENTS]')
  const wanted = args.slice(0, fileAt)
  const command = args.slice(fileAt)
  if (asksForUsage(command)) {
    process.stdout.write(usageOf(path.join(root, command[0])))
    return 0
  }
  await setUp()
  if (wanted.includes('--build')) await buildDesk()
  return wanted.includes('--electron') ? runWithElectron(projectNode(), command) : run(projectNode(), command)
}

main(process.argv.slice(2)).then((code) => process.exit(code), failPlainly)
