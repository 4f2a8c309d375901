import { z } from 'zod'

const cost = z.number().nonnegative()

/** What the benches measured and the simulation reckons from. Processor times are of one core of that machine. */
export const measuredSchema = z.object({
  measuredOn: z.string(),
  signIn: z.object({ serverCpuMs: cost }),
  push: z.object({ serverCpuMsACommand: cost, postgresCpuMsACommand: cost, bytesACommand: cost }),
  pull: z.object({
    serverCpuMsAPull: cost,
    postgresCpuMsAPull: cost,
    serverCpuMsACase: cost,
    bytesACase: cost,
    bytesAPull: cost
  }),
  poke: z.object({ kibAStream: cost }),
  storage: z.object({ bytesACase: cost, keyBytesACase: cost, bytesACommand: cost, walBytesACommand: cost }),
  serverMegabytes: cost
})
export type Measured = z.infer<typeof measuredSchema>

/** A city as it shall be served. */
export interface City {
  readonly districts: number
  readonly desks: number
  readonly cases: number
  /** Saved changes of a desk in a working day. */
  readonly editsADesk: number
  readonly hoursADay: number
  /** The busiest minute of a day against its mean. */
  readonly peak: number
  /** Years that the commands of a case are kept for its history. */
  readonly years: number
}

export const SEOUL: City = {
  districts: 25,
  desks: 10_000,
  cases: 10_000_000,
  editsADesk: 60,
  hoursADay: 8,
  peak: 3,
  years: 5
}
