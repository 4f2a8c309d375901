// node scripts/with-electron.mjs node scripts/check-package.ts: looks into the package that electron-builder left in
// dist/linux-unpacked, and starts it as an office PC would.
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { listPackage } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { failPlainly, PlainError, root, say } from './project.mjs'

const executable = path.join(root, 'dist/linux-unpacked/manneungki-desk')
const archive = path.join(root, 'dist/linux-unpacked/resources/app.asar')
const START_LIMIT_MS = 60_000
const STOP_LIMIT_MS = 10_000

const EXPECTED_FUSES = {
  RunAsNode: FuseState.DISABLE,
  EnableCookieEncryption: FuseState.ENABLE,
  EnableNodeOptionsEnvironmentVariable: FuseState.DISABLE,
  EnableNodeCliInspectArguments: process.env.MNK_INSPECTABLE === '1' ? FuseState.ENABLE : FuseState.DISABLE,
  EnableEmbeddedAsarIntegrityValidation: FuseState.ENABLE,
  OnlyLoadAppFromAsar: FuseState.ENABLE,
  LoadBrowserProcessSpecificV8Snapshot: FuseState.DISABLE,
  GrantFileProtocolExtraPrivileges: FuseState.DISABLE
} as const

async function checkFuses(): Promise<void> {
  const wire = await getCurrentFuseWire(executable)
  const names = Object.keys(EXPECTED_FUSES) as (keyof typeof EXPECTED_FUSES)[]
  const wrong = names.filter((name) => wire[FuseV1Options[name]] !== EXPECTED_FUSES[name])
  if (wrong.length > 0) throw new PlainError(`These fuses are not as they should be: ${wrong.join(', ')}.`)
  say(`${names.length} fuses are set as they should be.`)
}

const ADDONS = [
  '/node_modules/better-sqlite3-multiple-ciphers/prebuilds/linux-x64.node',
  '/node_modules/sodium-native/prebuilds/linux-x64/sodium-native.node'
]
/** What is started by its place, so that nothing else would miss it. */
const PROGRAMS = ['/out/main/store.js', '/out/main/gather-thread.js']

const PACKED_MODULES = ['better-sqlite3-multiple-ciphers', 'sodium-native']
const isOfPackedModule = (file: string): boolean =>
  PACKED_MODULES.some((name) => `${file}/`.startsWith(`/node_modules/${name}/`))

function checkContents(): void {
  const files = listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'))
  const foreign = files.filter(
    (file) =>
      file.endsWith('.map') ||
      file.endsWith('.ts') ||
      (file.startsWith('/node_modules/') && !isOfPackedModule(file)) ||
      (file.endsWith('.node') && !ADDONS.includes(file))
  )
  if (foreign.length > 0)
    throw new PlainError(`The package holds what it should not: ${foreign.slice(0, 5).join(', ')}.`)
  const missing = [
    ...ADDONS.filter((addon) => !existsSync(`${archive}.unpacked${addon}`)),
    ...PROGRAMS.filter((program) => !files.includes(program))
  ]
  if (missing.length > 0) throw new PlainError(`The package lacks what it needs: ${missing.join(', ')}.`)
  say(`${files.length} files are packed, none foreign; ${ADDONS.length} native modules lie beside the archive.`)
}

// The packaged desk refuses to run without the system's vault, so it gets a real one with a throw-away keyring.
const UNLOCK_VAULT = 'echo | gnome-keyring-daemon --unlock --components=secrets >/dev/null && exec "$0" "$@"'

/** Resolves when the window is ready and the store process has opened. */
async function checkStart(): Promise<void> {
  const home = mkdtempSync(path.join(tmpdir(), 'mnk-package-'))
  const started = Date.now()
  const switches = ['--password-store=gnome-libsecret', ...(process.env.NO_SANDBOX === '1' ? ['--no-sandbox'] : [])]
  const desk = spawn('dbus-run-session', ['--', 'sh', '-c', UNLOCK_VAULT, executable, ...switches], {
    env: { ...process.env, MNK_T0: String(started), ...homeAt(home) },
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true // a group of its own, so that session, keyring and desk can be ended together
  })
  const ended = new Promise<number | null>((resolve) => desk.once('close', resolve))
  try {
    await marksOf(desk.stdout, ['store-started', 'ready-to-show'], ended)
    say(`The packaged desk opens its window and its store (${Date.now() - started} ms).`)
  } finally {
    await endGroup(desk.pid, ended)
    rmSync(home, { recursive: true, force: true })
  }
}

function homeAt(home: string): Record<string, string> {
  const runtime = path.join(home, 'run')
  mkdirSync(runtime, { mode: 0o700 })
  return { HOME: home, XDG_CONFIG_HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, XDG_RUNTIME_DIR: runtime }
}

async function endGroup(pid: number | undefined, ended: Promise<unknown>): Promise<void> {
  if (pid === undefined) return
  const limit = setTimeout(() => process.kill(-pid, 'SIGKILL'), STOP_LIMIT_MS)
  process.kill(-pid, 'SIGTERM')
  await ended
  clearTimeout(limit)
}

function marksOf(output: NodeJS.ReadableStream, wanted: string[], ended: Promise<number | null>): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new PlainError('The packaged desk did not open in time.')), START_LIMIT_MS)
    let text = ''
    output.on('data', (chunk) => {
      text += String(chunk)
      if (!wanted.every((mark) => text.includes(`MNK_MARK ${mark} `))) return
      clearTimeout(limit)
      resolve()
    })
    ended.then((code) => {
      clearTimeout(limit)
      reject(new PlainError(`The packaged desk ended with code ${code} before its window was ready.`))
    }, reject)
  })
}

async function main(): Promise<void> {
  await checkFuses()
  checkContents()
  await checkStart()
}

main().catch(failPlainly)
