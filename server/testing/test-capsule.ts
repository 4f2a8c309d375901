import { v7 as newUuid } from 'uuid'
import type { Command } from '#shared/commands/command.ts'
import { capsuleHeader, sealRecord, wrapForCentre } from '#shared/sync-protocol/capsule.ts'
import type { RescueTerms } from '#shared/sync-protocol/rescue-terms.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { sealedBoxes } from '../keys/sodium.ts'

/** A capsule as a PC makes it, sealed to the centre alone. */
export function makeCapsule(
  pc: { deviceId: string; rescue: RescueTerms | null },
  commands: readonly Command[]
): Buffer {
  if (pc.rescue === null) throw new Error('an administrator has no PC')
  const storeId = newUuid()
  const key = nodeCipher.randomBytes(32)
  const header = capsuleHeader({
    storeId,
    deviceId: pc.deviceId,
    wraps: [wrapForCentre(sealedBoxes, key, pc.rescue)]
  })
  const records = commands.map((content) => sealRecord(nodeCipher, { key, content, storeId }))
  return Buffer.concat([Buffer.from(header), ...records])
}
