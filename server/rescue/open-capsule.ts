import { err, ok, type Result } from '#shared/foundation/result.ts'
import type { ApiError } from '#shared/sync-protocol/api-error.ts'
import {
  type CapsuleHeader,
  parseCapsule,
  type RescuedCommands,
  readCommands,
  unwrapAtCentre
} from '#shared/sync-protocol/capsule.ts'
import { rescueTicket } from '../accounts/rescue-terms.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { nodeCipher } from '../keys/node-crypto.ts'
import { sealedBoxes } from '../keys/sodium.ts'

export type CapsuleRefused = Extract<ApiError, { type: 'CapsuleRefused' }>

export interface OpenedCapsule extends RescuedCommands {
  readonly deviceId: CapsuleHeader['deviceId']
  /** The same capsule again has the same one. */
  readonly digest: Uint8Array
}

/**
 * Opens a capsule with the centre's own key. Its ticket shows that the PC it names has sealed it: the public key alone,
 * which anybody may know, makes no capsule.
 */
export function openCapsule(
  keyRing: Pick<KeyRing, 'rescueBox' | 'rescueTicketKey'>,
  bytes: Uint8Array
): Result<OpenedCapsule, CapsuleRefused> {
  const refuse = (cause: CapsuleRefused['cause']) => err<CapsuleRefused>({ type: 'CapsuleRefused', cause })
  const parsed = parseCapsule(bytes)
  if (parsed === null) return refuse('damaged')
  const opened = unwrapAtCentre(sealedBoxes, keyRing.rescueBox, parsed.header)
  if (opened === null) return refuse('foreign')
  const { deviceId } = parsed.header
  if (!nodeCipher.equal(opened.ticket, rescueTicket(keyRing, deviceId))) return refuse('forged')
  const read = readCommands(nodeCipher, opened.key, parsed)
  // Bytes after the last whole record are one that was cut: it is counted as lost, never guessed at.
  const cut = parsed.wholeBytes < bytes.length ? 1 : 0
  return ok({ ...read, unreadable: read.unreadable + cut, deviceId, digest: nodeCipher.sha256(bytes) })
}
