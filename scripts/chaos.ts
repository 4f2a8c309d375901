// npm run chaos: plays an office of real desks and the real centre through faults (chaos.usage.txt, docs/specs/chaos.md).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { startEmbeddedPostgres } from '../server/embedded-postgres.ts'
import { type ChaosReport, runChaos } from '../tests/chaos/run-chaos.ts'
import { readScriptOptions } from './script-options.ts'

const whole = z.coerce.number().int().positive()
const argumentsSchema = z.object({
  seed: whole.max(2 ** 31).optional(),
  rounds: whole.max(1_000_000).default(500),
  /** So many seeds, counted up from the first. */
  runs: whole.max(10_000).default(1),
  'check-every': whole.default(50),
  verbose: z.boolean().default(false)
})

const wanted = readScriptOptions(import.meta.url, argumentsSchema, { flags: ['verbose'] })
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130)) // what is mounted goes
process.exitCode = await main(wanted)

async function main(wanted: z.infer<typeof argumentsSchema>): Promise<number> {
  const dir = mkdtempSync(path.join(tmpdir(), 'mnk-chaos-'))
  process.env.NODE_COMPILE_CACHE ??= path.join(tmpdir(), 'mnk-chaos-code') // desks start often
  const postgres = await startEmbeddedPostgres({
    dir: path.join(dir, 'postgres'),
    settings: { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }
  })
  const firstSeed = wanted.seed ?? 1 + Math.floor(Math.random() * 1_000_000)
  let isSound = false // also where the bed itself breaks: its data is kept
  try {
    for (let run = 0; run === 0 || (isSound && run < wanted.runs); run += 1) {
      isSound = false
      isSound = await play({ ...wanted, seed: firstSeed + run, dir, postgresUrl: postgres.url('postgres') })
    }
  } finally {
    await postgres.stop()
    if (isSound) rmSync(dir, { recursive: true, force: true })
  }
  return isSound ? 0 : 1
}

interface Play {
  readonly seed: number
  readonly rounds: number
  readonly 'check-every': number
  readonly verbose: boolean
  readonly dir: string
  readonly postgresUrl: string
}

async function play({ seed, rounds, 'check-every': checkEvery, verbose, dir, postgresUrl }: Play): Promise<boolean> {
  const begun = performance.now()
  const lines: string[] = []
  const log = (line: string): void => {
    lines.push(`${Math.round(performance.now() - begun)} ${line}`)
    if (verbose) process.stdout.write(`${line}\n`)
  }
  const report = await runChaos({ seed, rounds, checkEvery, log, postgresUrl, dir: path.join(dir, `seed-${seed}`) })
  process.stdout.write(wordsOf(report))
  if (report.breaches.length === 0) return true
  writeFileSync(path.join(dir, `seed-${seed}.log`), `${lines.join('\n')}\n${wordsOf(report)}`)
  process.stdout.write(
    `\nAgain: npm run chaos -- --seed ${seed} --rounds ${rounds} --check-every ${checkEvery}\nData and plan: ${dir}\n`
  )
  return false
}

function wordsOf({ seed, rounds, played, lineFaults, saved, checks, breaches, ms }: ChaosReport): string {
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([what, count]) => `${what} ${count}`)
      .join(', ')
  const head = `seed ${seed}: ${rounds} rounds in ${(ms / 1000).toFixed(1)} s (${((rounds * 1000) / ms).toFixed(1)}/s), ${saved} commands saved, ${checks} looks, ${breaches.length} breaches`
  const found = breaches.map(({ invariant, line }) => `  BROKEN: ${invariant}\n    ${line}`)
  return `${[head, `  rounds: ${list(played)}`, `  lines: ${list(lineFaults)}`, ...found].join('\n')}\n`
}
