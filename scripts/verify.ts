// npm run verify: everything CI checks. All parts run even when one fails; the last line sums them up.
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { buildDesk } from './build.mjs'
import { failPlainly, root, run, say } from './project.mjs'
import { addUp, checkTally, type Tally, testTally, verdict } from './test-tally.ts'
import { runWithElectron } from './with-electron.mjs'

const bin = (file: string) => path.join(root, 'node_modules', file)
const report = (name: string) => path.join(root, 'reports', `${name}.json`)

const biome = bin('@biomejs/biome/bin/biome')
const tsc = bin('typescript/bin/tsc')
const vitest = bin('vitest/vitest.mjs')
const playwright = bin('@playwright/test/cli.js')
const electronBuilder = bin('electron-builder/cli.js')

const parts: Record<string, () => Promise<Tally>> = {
  lint: async () => checkTally(await run(process.execPath, [biome, 'check', '--error-on-warnings', '.'])),
  types: async () => checkTally(await run(process.execPath, [tsc, '-p', '.'])),
  'unit tests': () => runVitest('unit'),
  'PostgreSQL tests': () => runVitest('pg'),
  'tests of the real desk': runEndToEnd,
  ...(process.platform === 'linux' && { 'the packaged desk': checkPackage })
}

async function runVitest(project: string): Promise<Tally> {
  const file = report(project)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = await run(process.execPath, [vitest, 'run', '--project', project, ...reporters])
  return testTally({ kind: 'vitest', file, code })
}

async function runEndToEnd(): Promise<Tally> {
  await buildDesk()
  const code = await runWithElectron(process.execPath, [playwright, 'test'])
  return testTally({ kind: 'playwright', file: report('e2e'), code })
}

/** Packages what the tests of the desk have built, looks into the package and starts it. */
async function checkPackage(): Promise<Tally> {
  const config = ['--config', 'electron-builder.config.mjs']
  const packed = await runWithElectron(process.execPath, [electronBuilder, '--linux', 'dir', ...config])
  if (packed !== 0) return checkTally(packed)
  return checkTally(await runWithElectron(process.execPath, ['scripts/check-package.ts']))
}

async function runPart(name: string, part: () => Promise<Tally>): Promise<Tally> {
  say(`${name} ...`)
  const started = performance.now()
  const tally = await part().catch((fault: unknown) => {
    process.stderr.write(`${fault instanceof Error ? fault.stack : String(fault)}\n`)
    return checkTally(1)
  })
  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  say(`${name}: ${verdict(tally)} (${seconds} s)`)
  return tally
}

async function verify(): Promise<number> {
  rmSync(path.join(root, 'reports'), { recursive: true, force: true }) // an old report must not speak for a new run
  mkdirSync(path.join(root, 'reports'))
  const tallies: Tally[] = []
  for (const [name, part] of Object.entries(parts)) tallies.push(await runPart(name, part))
  const total = addUp(tallies)
  process.stdout.write(`${verdict(total)}\n`)
  return total.failed === 0 && total.passed > 0 ? 0 : 1
}

verify().then((code) => process.exit(code), failPlainly)
