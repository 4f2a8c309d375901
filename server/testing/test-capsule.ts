import { v7 as newUuid } from 'uuid'
import type { Command } from '#shared/commands/command.ts'
import type { AttachCommand } from '#shared/commands/unnumbered.ts'
import { CHUNK_BYTES } from '#shared/domain/document/case-document.ts'
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

export interface TestDocument {
  readonly command: AttachCommand
  /** The sealed pieces by address; nobody at the centre opens one. */
  readonly pieces: ReadonlyMap<string, Buffer>
}

/** A document that its PC has attached and not numbered, as its capsule holds it. */
export function makeDocument(
  desk: { deviceId: string; account: { id: string } },
  caseId: string,
  { pieces: count = 2, deviceSeq = 1_000_000 }: { pieces?: number; deviceSeq?: number } = {}
): TestDocument {
  const contents = Array.from({ length: count }, () => Buffer.from(nodeCipher.randomBytes(200)))
  const pieces = new Map(contents.map((content) => [hexHash(content), content]))
  const documentId = newUuid()
  const envelope = { id: documentId, caseId, base: {}, issuedAt: '2026-11-23T03:00:00.000Z', deviceSeq }
  const command = {
    ...{ ...envelope, issuedBy: desk.account.id, deviceId: desk.deviceId, name: 'case.attach' },
    args: {
      ...{ documentId, title: 'bankbook', mediaType: 'application/pdf', chunks: [...pieces.keys()] },
      bytes: count * CHUNK_BYTES,
      sha256: hexHash(Buffer.concat(contents)),
      key: Buffer.from(nodeCipher.randomBytes(32)).toString('base64')
    }
  } as const satisfies Omit<AttachCommand, 'args'> & { args: object }
  return { command: command as AttachCommand, pieces }
}

const hexHash = (bytes: Uint8Array): string => Buffer.from(nodeCipher.sha256(bytes)).toString('hex')
