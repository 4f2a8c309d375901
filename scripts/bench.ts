// npm run bench: measures, prints tables and writes out/bench/*.json (bench.usage.txt).

import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { type BenchStore, buildStore } from './bench/bench-store.ts'
import { capacityInputs } from './bench/capacity-inputs.ts'
import { benchCentre } from './bench/centre.ts'
import { benchDeskDownload } from './bench/desk-download.ts'
import { benchDeskErasure } from './bench/desk-erasure.ts'
import { buildDeskFolder } from './bench/desk-folder.ts'
import { benchDestruction } from './bench/destruction.ts'
import { benchDownload } from './bench/download.ts'
import { benchKeystrokes } from './bench/keystrokes.ts'
import { benchLatency } from './bench/latency.ts'
import { benchList } from './bench/list.ts'
import { benchManyDesks } from './bench/many-desks.ts'
import { machine, say } from './bench/measure.ts'
import { benchPush } from './bench/push.ts'
import { benchReports } from './bench/report.ts'
import { benchScale } from './bench/scale.ts'
import { benchScreenLatency } from './bench/screen-latency.ts'
import { benchSearch } from './bench/search.ts'
import { benchStartup } from './bench/startup.ts'
import { readScriptOptions } from './script-options.ts'

const PARTS = [
  'search',
  'list',
  'centre',
  'desk',
  'download',
  'desk-download',
  'push',
  'desks',
  'latency',
  'screen-latency',
  'scale',
  'destruction',
  'desk-erasure',
  'reports'
] as const

const optionsSchema = z.object({
  cases: z.coerce.number().int().min(2000).max(5_000_000).default(1_000_000),
  'peer-cases': z.coerce.number().int().min(1000).max(1_000_000).optional(),
  seed: z.coerce.number().int().default(1),
  rounds: z.coerce.number().int().min(1).max(100).default(5),
  only: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(PARTS)))
    .default([...PARTS])
})

const DEFAULT_PEER_CASES = 100_000

async function bench(options: z.infer<typeof optionsSchema>): Promise<void> {
  const { only } = options
  if (only.includes('search') || only.includes('list')) await benchStore(options)
  if (only.includes('centre')) await benchServer(options)
  if (only.includes('desk')) await benchDesk(options)
  if (only.includes('download')) await benchFirstDownload(options)
  await benchDesksAndCentre(options)
}

const PUSH_CASES = 100_000
const SMALL_CENTRE = 10_000
const DESKS = 200
const DESTROYED_CASES = 10_000
const STREAMS_A_DESK = 25
const LOGGED_ACTS = 2_000

/** What comes down to a running desk; what goes up: from a desk, from many, and on to another. */
async function benchDesksAndCentre({
  cases: wanted,
  seed,
  rounds,
  only
}: z.infer<typeof optionsSchema>): Promise<void> {
  const cases = Math.min(wanted, PUSH_CASES)
  const edits = Math.min(MOST_COMMANDS, Math.floor(cases / 3))
  const part = async (name: (typeof PARTS)[number], measure: () => Promise<object>): Promise<void> => {
    if (!only.includes(name)) return
    const figures = await measure()
    say(JSON.stringify(figures, null, 2))
    write(name, { measuredOn: machine(), figures })
  }
  await part('desk-download', () => benchDeskDownload({ cases }))
  await part('push', () => benchPush({ seed, cases, edits, rounds: Math.min(rounds, 3) }))
  await part('desks', async () => {
    const options = { cases, desks: DESKS, rounds: rounds * 4, streamsADesk: STREAMS_A_DESK }
    const figures = await benchManyDesks(options)
    const { cpu, cores } = machine()
    write('capacity', capacityInputs(figures, `${cores} cores, ${cpu}`))
    return figures
  })
  await part('latency', () => benchLatency({ cases: Math.min(cases, SMALL_CENTRE), edits: 100 }))
  await part('screen-latency', () => benchScreenLatency({ cases: Math.min(cases, SMALL_CENTRE), edits: 50 }))
  await part('destruction', () =>
    benchDestruction({ seed, cases: Math.min(Math.floor(wanted / 2), DESTROYED_CASES), keys: wanted })
  )
  await part('desk-erasure', () =>
    benchDeskErasure({
      ...{ seed, cases: wanted, rounds: Math.min(rounds, 3) },
      destroyed: Math.min(Math.floor(wanted / 100), DESTROYED_CASES)
    })
  )
  await part('reports', () => benchReports({ entries: wanted, acts: LOGGED_ACTS }))
  await part('scale', () => benchScale({ sizes: [SMALL_CENTRE, wanted], commands: 500, rounds: rounds + 2 }))
}

async function benchStore({ cases, seed, rounds, only, ...rest }: z.infer<typeof optionsSchema>): Promise<void> {
  const peerCases = Math.min(cases, rest['peer-cases'] ?? DEFAULT_PEER_CASES)
  say(`building an encrypted store with ${cases} cases of seed ${seed}`)
  const store = buildStore({ seed, cases })
  try {
    console.table(store.built)
    const about = { measuredOn: machine(), seed, cases, store: store.built }
    if (only.includes('search')) {
      write('search', { ...about, ...(await benchSearch(store, { seed, cases, peerCases, rounds })) })
    }
    if (only.includes('list')) write('list', { ...about, ...benchList(store satisfies BenchStore, { cases, rounds }) })
  } finally {
    store.remove()
  }
}

const MOST_CENTRE_CASES = 100_000
const MOST_COMMANDS = 5000
const SIGN_INS = 9

async function benchServer({ cases: wanted }: z.infer<typeof optionsSchema>): Promise<void> {
  const cases = Math.min(wanted, MOST_CENTRE_CASES)
  const commands = Math.min(MOST_COMMANDS, Math.floor(cases / 8))
  const figures = await benchCentre({ cases, commands, signIns: SIGN_INS })
  console.table(figures)
  write('centre', { measuredOn: machine(), ...figures })
}

const MOST_DESK_CASES = 300_000

async function benchDesk({ cases: wanted, seed, rounds }: z.infer<typeof optionsSchema>): Promise<void> {
  const cases = Math.min(wanted, MOST_DESK_CASES)
  const folder = await buildDeskFolder({ seed, cases })
  try {
    const start = await benchStartup(folder, { rounds })
    const keystrokes = await benchKeystrokes(folder)
    console.table(keystrokes.toPaintedRows)
    console.table(keystrokes.framesDropped)
    write('desk', { measuredOn: machine(), seed, cases, start, keystrokes })
  } finally {
    folder.remove()
  }
}

const MOST_DOWNLOADED = 100_000

async function benchFirstDownload({ cases: wanted, rounds }: z.infer<typeof optionsSchema>): Promise<void> {
  const figures = await benchDownload({ cases: Math.min(wanted, MOST_DOWNLOADED), rounds: Math.min(rounds, 5) })
  console.table(figures.ways)
  write('download', { measuredOn: machine(), ...figures })
}

function write(part: (typeof PARTS)[number] | 'capacity', figures: object): void {
  const folder = join(resolve(import.meta.dirname, '..'), 'out/bench')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${part}.json`), `${JSON.stringify(figures, null, 2)}\n`)
  say(`wrote out/bench/${part}.json`)
}

await bench(readScriptOptions(import.meta.url, optionsSchema))
