// What every script needs before anything is installed: Node built-ins only, and nothing newer than Node 20.
import { spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url)) // import.meta.dirname came with Node 20.11

/** Machine-wide cache for what takes long to get: the stand-in Electron and its SQLite addon. */
export const cacheDir = process.env.MNK_CACHE_DIR ?? path.join(systemCacheDir(), 'manneungki-desk')

function systemCacheDir() {
  if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local')
  return process.env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache')
}

/** Progress for the person who waits, on stderr so that stdout stays free for results. */
export function say(text) {
  process.stderr.write(`▸ ${text}\n`)
}

const WORD_EVERY_S = 30

/** Does `work` and says every half minute that it goes on: on a slow machine silence looks like a standstill. */
export async function withWords(work, tell = say) {
  let seconds = 0
  const timer = setInterval(() => {
    seconds += WORD_EVERY_S
    tell(`... still at it after ${seconds} seconds`)
  }, WORD_EVERY_S * 1000)
  try {
    return await work()
  } finally {
    clearInterval(timer)
  }
}

/** An ending that needs words, not a stack trace. */
export class PlainError extends Error {}

/** Prints what went wrong and ends the process with code 1; a bug keeps its stack. */
export function failPlainly(error) {
  process.stderr.write(`\n✗ ${error instanceof PlainError ? error.message : (error?.stack ?? error)}\n`)
  process.exit(1)
}

/**
 * Makes `dir` once: `make` fills a temporary sibling that is then renamed into place, so neither a broken run nor two
 * runs at the same time leave a half-made folder behind.
 */
export async function makeOnce(dir, make) {
  if (fs.existsSync(dir)) return dir
  fs.mkdirSync(path.dirname(dir), { recursive: true })
  const unfinished = fs.mkdtempSync(`${dir}.unfinished-`)
  try {
    await make(unfinished)
    fs.chmodSync(unfinished, 0o755)
    try {
      fs.renameSync(unfinished, dir)
    } catch (error) {
      if (!fs.existsSync(dir)) throw error
    }
  } finally {
    fs.rmSync(unfinished, { recursive: true, force: true })
  }
  return dir
}

/** Runs a command to its end and resolves with its exit code (1 when a signal ended it). Signals to us are passed on. */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', cwd: root, ...options })
    // Ctrl+C in a terminal reaches the child by itself; a second SIGINT would tell it to give up its orderly end.
    const passOn = (signal) => (signal === 'SIGINT' && process.stdin.isTTY) || child.kill(signal)
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
    for (const signal of signals) process.on(signal, passOn)
    const forget = () => {
      for (const signal of signals) process.off(signal, passOn)
    }
    child.once('error', (error) => {
      forget()
      reject(error)
    })
    child.once('close', (code) => {
      forget()
      resolve(code ?? 1)
    })
  })
}

/** Like `run`, but anything except exit code 0 is an error. */
export async function mustRun(command, args, options) {
  const code = await run(command, args, options)
  if (code !== 0) throw new PlainError(`"${[command, ...args].join(' ')}" ended with code ${code}`)
}

/** The command that runs npm without a shell: npm's own script when we were started by npm, else a shell finds it. */
export function npmCommand(args) {
  const cli = process.env.npm_execpath
  if (cli?.endsWith('.js') && fs.existsSync(cli))
    return { command: process.execPath, args: [cli, ...args], options: {} }
  return { command: 'npm', args, options: { shell: process.platform === 'win32' } }
}

/** True for the module that was started, false for one that is imported. */
export function isMain(moduleUrl) {
  return process.argv[1] !== undefined && fs.realpathSync(process.argv[1]) === fileURLToPath(moduleUrl)
}
