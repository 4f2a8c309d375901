// Keeps node_modules equal to package-lock.json, and costs nothing when it is.
import fs from 'node:fs'
import path from 'node:path'
import { mustRun, npmCommand, root, say, withWords } from './project.mjs'

/** Installs when node_modules is missing, unfinished, or not what package-lock.json says. */
export async function installNpmPackages() {
  const installed = readJson('node_modules/.package-lock.json') // npm writes it last, so it also tells a broken run
  if (installed && isUpToDate({ wanted: readJson('package-lock.json'), installed })) return
  say(
    installed ? 'Bringing the packages up to date ...' : 'Installing the packages (a minute or two the first time) ...'
  )
  // With packages in place npm may be running on a Node inside of them, which "ci" would delete under its feet.
  const npm = npmCommand([
    installed ? 'install' : 'ci',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--loglevel=error'
  ])
  const options = { ...npm.options, stdio: ['ignore', 'ignore', 'inherit'] }
  await withWords(() => mustRun(npm.command, npm.args, options))
}

function readJson(file) {
  const place = path.join(root, file)
  return fs.existsSync(place) ? JSON.parse(fs.readFileSync(place, 'utf8')) : undefined
}

/** True when every package that this machine needs is there in the wanted version; both are lock files. */
export function isUpToDate({ wanted, installed }) {
  return Object.entries(wanted.packages).every(([place, entry]) => {
    if (place === '') return true
    const found = installed.packages[place]
    return found ? found.version === entry.version : entry.optional && !isForThisMachine(entry)
  })
}

/** An optional package without a platform belongs to one with a platform, and comes or stays away with it. */
function isForThisMachine({ os, cpu, libc }) {
  if (!os && !cpu) return false
  return allows(os, process.platform) && allows(cpu, process.arch) && allows(libc, 'glibc')
}

/** npm's os, cpu and libc fields: a name or several, possibly negated; none allows everything. */
function allows(names, name) {
  if (!names) return true
  const list = [names].flat()
  return list.includes(name) || (list.every((entry) => entry.startsWith('!')) && !list.includes(`!${name}`))
}
