import type { AnyCommand } from '#shared/commands/any-command.ts'
import type { Account, Actor } from '#shared/domain/account/account.ts'
import { type CapsuleOpener, type RescuedCommands, readRescueCapsule } from '../keys/rescue-capsule.ts'
import type { OpenFiles } from './open-store.ts'

/** What an earlier store of this PC had not sent comes into the one that was just opened. */
export interface Restoring {
  readonly dataDir: string
  readonly serverUrl: string
  readonly files: OpenFiles
  readonly account: Account
  readonly openers: readonly CapsuleOpener[]
  /** The highest number that the centre has of this PC's id. */
  readonly lastDeviceSeq: number
}

/** A capsule by whichever opener reads most of it. */
export function readBest(file: string, openers: readonly CapsuleOpener[]): RescuedCommands {
  const readings = openers.map((opener) => readRescueCapsule({ file, opener }))
  const [best] = readings.sort((a, b) => b.commands.length - a.commands.length)
  if (best === undefined) throw new Error('nothing to open the capsule with')
  return best
}

/** The author of a command that comes back, as far as this PC knows her. */
export const actorOf = (command: AnyCommand, { role, districtCode }: Account): Actor => ({
  id: command.issuedBy,
  role,
  districtCode
})
