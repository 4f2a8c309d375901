import type { RescueTerms } from '#shared/sync-protocol/rescue-terms.ts'
import type { KeyRing } from '../keys/key-ring.ts'
import { nodeCipher } from '../keys/node-crypto.ts'

/** What the PC seals its unsent work with: the centre's public key, and a ticket that only this PC was given. */
export const rescueTermsOf = (
  { keyRing }: { readonly keyRing: Pick<KeyRing, 'rescueBox' | 'rescueTicketKey'> },
  deviceId: string
): RescueTerms => ({
  publicKey: toBase64(keyRing.rescueBox.publicKey),
  ticket: toBase64(rescueTicket(keyRing, deviceId))
})

export const rescueTicket = ({ rescueTicketKey }: Pick<KeyRing, 'rescueTicketKey'>, deviceId: string): Uint8Array =>
  nodeCipher.hmac(rescueTicketKey, `mnk rescue ticket 1 ${deviceId}`)

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
