// node scripts/with-electron.mjs COMMAND [ARGUMENTS]: runs the command with an Electron at hand, under a virtual
// display where the machine has none. The command finds in its environment:
//   ELECTRON_OVERRIDE_DIST_PATH, ELECTRON_EXEC_PATH   the runtime (electron and Playwright; electron-vite)
//   MNK_SQLITE_ADDON   the SQLite addon to load, when the package's own does not fit the runtime
//   MNK_STAND_IN=1     the runtime is the stand-in
//   NO_SANDBOX=1       we are root, where Chromium's sandbox refuses to work
import { spawn } from 'node:child_process'
import path from 'node:path'
import { electronRuntime } from './electron-runtime.mjs'
import { nativeAddon } from './native-addon.mjs'
import { failPlainly, isMain, PlainError, root, run } from './project.mjs'

const VIRTUAL_SCREEN = '1920x1080x24'

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY) || Boolean(process.env.WAYLAND_DISPLAY)

const isRoot = () => process.getuid?.() === 0

/** The environment in which electron, Playwright, electron-vite and electron-builder all find the same runtime. */
export async function electronEnvironment() {
  const runtime = await electronRuntime()
  const addon = await nativeAddon(runtime)
  const { ELECTRON_RUN_AS_NODE: _dropped, ...inherited } = process.env
  return {
    ...inherited,
    PATH: path.join(root, 'node_modules/.bin') + path.delimiter + process.env.PATH,
    ELECTRON_OVERRIDE_DIST_PATH: runtime.dist,
    ELECTRON_EXEC_PATH: runtime.exec,
    ...(addon && { MNK_SQLITE_ADDON: addon }),
    ...(!runtime.own && { MNK_STAND_IN: '1' }),
    ...(isRoot() && { NO_SANDBOX: '1' })
  }
}

/** Runs a command with Electron at hand and resolves with its exit code. The command "electron" is the runtime itself. */
export async function runWithElectron(command, args, { env = {} } = {}) {
  const environment = { ...(await electronEnvironment()), ...env }
  const isElectron = command === 'electron'
  const program = isElectron ? environment.ELECTRON_EXEC_PATH : command
  const display = hasDisplay() ? undefined : await startVirtualDisplay()
  try {
    return await run(program, isElectron && isRoot() ? [...args, '--no-sandbox'] : args, {
      env: { ...environment, ...(display && { DISPLAY: display.name }) },
      cwd: process.cwd(),
      shell: process.platform === 'win32' && !path.isAbsolute(program) // npm's commands are .cmd files there
    })
  } finally {
    display?.stop()
  }
}

/** An Xvfb of our own instead of xvfb-run, which does not pass a signal on to the command it wraps. */
function startVirtualDisplay() {
  return new Promise((resolve, reject) => {
    const args = ['-displayfd', '3', '-screen', '0', VIRTUAL_SCREEN, '-nolisten', 'tcp']
    // A session of its own: Ctrl+C must not take the screen away while the desk still closes its file.
    const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'], detached: true })
    process.once('exit', () => server.kill('SIGTERM'))
    server.once('error', () =>
      reject(new PlainError('Xvfb is missing: run "node scripts/setup.mjs" for what to install.'))
    )
    server.once('exit', (code) => reject(new PlainError(`Xvfb ended early with code ${code}.`)))
    server.stdio[3].once('data', (number) => {
      resolve({ name: `:${String(number).trim()}`, stop: () => server.kill('SIGTERM') })
    })
  })
}

if (isMain(import.meta.url)) {
  const [command, ...args] = process.argv.slice(2)
  if (!command) failPlainly(new Error('usage: node scripts/with-electron.mjs COMMAND [ARGUMENTS]'))
  runWithElectron(command, args).then((code) => process.exit(code), failPlainly)
}
