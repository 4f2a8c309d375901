// npm run capacity: what 25 districts, 10,000 PCs and 10 million cases need (capacity.usage.txt).

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { createDemoRandom } from '#shared/domain/demo/random.ts'
import { type Measured, measuredSchema, SEOUL } from './capacity/measured.ts'
import { arrivals, busiestMegabits, USUAL_MONDAY, waits } from './capacity/monday.ts'
import { storage, workday } from './capacity/workday.ts'
import { readScriptOptions } from './script-options.ts'

const DEFAULT_FILE = join(import.meta.dirname, 'capacity/measured.json')
const DEFAULT_SEED = 20_261_123
/** A core shall not be busier than this, or waiting times grow without end. */
const MOST_BUSY = 0.6
const STREAMS_A_SERVER = 2_500

const optionsSchema = z.object({
  measured: z.string().default(DEFAULT_FILE),
  seed: z.coerce.number().int().default(DEFAULT_SEED)
})

const { measured: file, seed } = readScriptOptions(import.meta.url, optionsSchema)
const measured = measuredSchema.parse(JSON.parse(readFileSync(file, 'utf8')))

process.stdout.write(`Measured on: ${measured.measuredOn}. Seed ${seed}.\n`)
console.table(mondayTable(measured, seed))
console.table(workdayTable(measured))
console.table(rounded(storage(SEOUL, measured)))
console.table(streamsTable(measured))

/** How long a desk is on its way to "up to date" on Monday, by how many cores serve. */
function mondayTable(of: Measured, withSeed: number) {
  const chance = createDemoRandom()
  chance.begin(withSeed, 1)
  const desks = arrivals(SEOUL, USUAL_MONDAY, of, () => chance.next() / 2 ** 32)
  const megabits = busiestMegabits(desks)
  return [4, 8, 16].map((cores) => {
    const sorted = waits(desks, cores).sort((a, b) => a - b)
    const at = (share: number): number => sorted[Math.floor(sorted.length * share)] ?? Number.NaN
    return rounded({ cores, medianSeconds: at(0.5), p95Seconds: at(0.95), megabitsInTheBusiestMinute: megabits })
  })
}

/** The more changes are told together, the fewer pulls; the later they show. */
function workdayTable(of: Measured) {
  return [30, 250, 1_000].map((gatherMs) => {
    const day = workday(SEOUL, of, { gatherMs })
    return rounded({ gatherMs, ...day, appCoresToHave: (day.pushCores + day.pullCores) / MOST_BUSY })
  })
}

function streamsTable({ poke, serverMegabytes }: Measured) {
  const servers = Math.ceil(SEOUL.desks / STREAMS_A_SERVER)
  const megabytes = (SEOUL.desks * poke.kibAStream) / 1_024
  return rounded({
    streams: SEOUL.desks,
    appServers: servers,
    megabytesOfStreams: megabytes,
    megabytesAServer: serverMegabytes + megabytes / servers
  })
}

function rounded<T extends Record<string, number>>(figures: T): Record<string, number> {
  return Object.fromEntries(Object.entries(figures).map(([name, value]) => [name, Number(value.toPrecision(3))]))
}
