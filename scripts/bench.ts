// npm run bench -- [--cases N] [--peer-cases N] [--seed S] [--rounds R] [--only search,list]: measures, prints tables
// and writes out/bench/*.json. Nothing here is asserted: a busy machine must not fail a build.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { type BenchStore, buildStore } from './bench/bench-store.ts'
import { benchList } from './bench/list.ts'
import { machine, say } from './bench/measure.ts'
import { benchSearch } from './bench/search.ts'

const PARTS = ['search', 'list'] as const

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

const { values } = parseArgs({
  options: {
    cases: { type: 'string' },
    'peer-cases': { type: 'string' },
    seed: { type: 'string' },
    rounds: { type: 'string' },
    only: { type: 'string' }
  }
})
const parsed = optionsSchema.safeParse(values)
if (parsed.success) await bench(parsed.data)
else {
  process.stderr.write(`${z.prettifyError(parsed.error)}\n`)
  process.exitCode = 2
}

async function bench({ cases, seed, rounds, only, ...rest }: z.infer<typeof optionsSchema>): Promise<void> {
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

function write(part: (typeof PARTS)[number], figures: object): void {
  const folder = join(resolve(import.meta.dirname, '..'), 'out/bench')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${part}.json`), `${JSON.stringify(figures, null, 2)}\n`)
  say(`wrote out/bench/${part}.json`)
}
