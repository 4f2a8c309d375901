// On Debian: the libraries and tools that npm cannot bring. Elsewhere nothing is checked.
import { spawnSync } from 'node:child_process'
import { mustRun, PlainError, say } from './project.mjs'

const NEEDED = [
  ...['xvfb', 'xauth'], // a display where there is none
  ...['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'], // what the Electron binary links against
  'fonts-noto-cjk', // Korean outside of our own font: dialogs, fallback
  ...['dbus', 'gnome-keyring', 'libsecret-1-0'], // a real key store to keep the device secret in
  'poppler-utils', // reads back the documents that tests print
  ...['unzip', 'python3', 'make', 'g++'] // the stand-in Electron and its SQLite addon
]

const FORMAT = ['Package', 'db:Status-Status']
  .map((field) => `\${${field}}`)
  .join(' ')
  .concat('\n')

/** Installs what is missing when we are root; otherwise ends with the command to run. */
export async function installSystemPackages() {
  const missing = missingPackages()
  if (missing.length === 0) return
  if (process.getuid?.() !== 0) {
    throw new PlainError(
      `Some system packages are missing. Please run this once, then start again:\n\n  sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}\n`
    )
  }
  say(`Installing system packages: ${missing.join(' ')} ...`)
  const options = {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    stdio: ['ignore', 'ignore', 'inherit']
  }
  await mustRun('apt-get', ['update', '-qq'], options)
  await mustRun('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing], options)
}

/** Names that dpkg does not know as installed; since the 64-bit time change some carry the ending t64. */
function missingPackages() {
  const names = NEEDED.flatMap((name) => [name, `${name}t64`])
  const query = spawnSync('dpkg-query', ['-W', '-f', FORMAT, ...names], { encoding: 'utf8' })
  if (query.error) return [] // not a Debian
  const installed = new Set(
    query.stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0])
  )
  return NEEDED.filter((name) => !installed.has(name) && !installed.has(`${name}t64`))
}
