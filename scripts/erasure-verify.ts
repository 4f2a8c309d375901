// npm run erasure:verify: looks for what is left of destroyed cases (erasure-verify.usage.txt).
import { tmpdir } from 'node:os'
import { z } from 'zod'
import { uuidSchema } from '#shared/foundation/primitives.ts'
import { readDatabaseConfig } from '../server/config.ts'
import { openDatabases } from '../server/database-access.ts'
import { runSelfTest } from './erasure/self-test.ts'
import { verifyBatch } from './erasure/verify-batch.ts'
import { readScriptOptions } from './script-options.ts'

const optionsSchema = z.object({
  batch: uuidSchema.optional(),
  by: z.string().min(1).optional(),
  backup: z.string().min(1).optional(),
  logs: z.string().min(1).optional(),
  temp: z.string().min(1).default(tmpdir()),
  store: z.string().min(1).optional(),
  data: z.string().optional(),
  'self-test': z.boolean().default(false)
})
type Options = z.output<typeof optionsSchema>

const options = readScriptOptions(import.meta.url, optionsSchema, { flags: ['self-test'] })
process.exitCode = options['self-test'] ? await selfTest() : await verify(options)

async function selfTest(): Promise<number> {
  const tested = await runSelfTest()
  for (const { what, place, isFound } of tested) say(`${isFound ? 'found ' : 'MISSED'}  ${place.padEnd(12)} ${what}`)
  const missed = tested.filter(({ isFound }) => !isFound).length
  say(missed === 0 ? `All ${tested.length} residues were found.` : `${missed} of ${tested.length} were MISSED.`)
  return missed === 0 ? 0 : 1
}

async function verify({ batch, by, backup, logs, temp, store, data }: Options): Promise<number> {
  if (batch === undefined || by === undefined) {
    process.stderr.write('Not usable: --batch and --by belong together (--help).\n')
    return 2
  }
  const config = readDatabaseConfig(process.env, data)
  if (!config.ok) {
    process.stderr.write(`${config.error.message}\n`)
    return 2
  }
  const databases = await openDatabases(config.value)
  try {
    const wanted = {
      ...{ batchId: batch, login: by, backup: backup?.split(',') ?? null },
      ...{ logs: logs?.split(',') ?? [], temps: temp.split(',') },
      store: store === undefined ? null : { file: store, key: Buffer.from(process.env.MNK_STORE_KEY ?? '', 'base64') }
    }
    const { isClean, lines } = await verifyBatch(databases, wanted)
    for (const line of lines) say(line)
    return isClean ? 0 : 1
  } finally {
    await databases.stop()
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
