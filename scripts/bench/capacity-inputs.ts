import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Measured, measuredSchema } from '../capacity/measured.ts'
import type { benchManyDesks } from './many-desks.ts'

type ManyDesks = Awaited<ReturnType<typeof benchManyDesks>>

const KNOWN = join(import.meta.dirname, '../capacity/measured.json')

/** What `scripts/capacity.ts` reckons from, with what this run has measured anew. */
export function capacityInputs(desks: ManyDesks, measuredOn: string): Measured {
  const known = measuredSchema.parse(JSON.parse(readFileSync(KNOWN, 'utf8')))
  const { atOnce, pulls, storage, streams, serverPeakMB, signInCpuMs } = desks
  return {
    measuredOn,
    signIn: { serverCpuMs: signInCpuMs },
    push: {
      ...known.push,
      serverCpuMsACommand: atOnce.serverCpuMsACommand,
      postgresCpuMsACommand: atOnce.postgresCpuMsACommand
    },
    pull: {
      ...known.pull,
      serverCpuMsAPull: pulls.serverCpuMsAPull,
      postgresCpuMsAPull: pulls.postgresCpuMsAPull,
      bytesAPull: pulls.bytesAPull
    },
    poke: { kibAStream: streams.kibAStream },
    storage: {
      bytesACase: storage.bytesACase,
      keyBytesACase: storage.keyBytesACase,
      bytesACommand: storage.bytesACommand,
      walBytesACommand: storage.walBytesACommand
    },
    serverMegabytes: serverPeakMB
  }
}
