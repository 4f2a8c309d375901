import { z } from 'zod'
import type { HashDep } from '#shared/foundation/deps.ts'
import { instantSchema, uuidSchema } from '#shared/foundation/primitives.ts'
import { keyFingerprint } from './signed-file.ts'
import type { Statement } from './statement.ts'

/** Public keys as they are handed to whoever checks a file: the centre's list (JSON), a PEM, or the key in base64. */

export const keyListSchema = z.object({
  format: z.literal(1),
  keys: z.array(
    z.object({
      accountId: uuidSchema,
      name: z.string(),
      /** The PC on which the key lies. */
      device: z.string(),
      /** Ed25519, base64. */
      publicKey: z.base64().length(44),
      since: instantSchema,
      /** null: in force. */
      endedAt: instantSchema.nullable()
    })
  )
})
export type KeyList = z.infer<typeof keyListSchema>
type ListedKey = KeyList['keys'][number]

export interface GivenKey {
  readonly publicKey: Uint8Array
  /** null: a bare key says not whose it is. */
  readonly listed: ListedKey | null
}

/** null: it is none of the three. */
export function readGivenKeys(text: string): readonly GivenKey[] | null {
  const list = readList(text)
  if (list !== null) return list.keys.map((listed) => ({ publicKey: bytesOf(listed.publicKey), listed }))
  const bare = text.replace(/-----(?:BEGIN|END) PUBLIC KEY-----/g, '').replace(/\s/g, '')
  if (!z.base64().safeParse(bare).success) return null
  const bytes = bytesOf(bare)
  if (bytes.length === KEY_BYTES) return [{ publicKey: bytes, listed: null }]
  const isSpki = bytes.length === SPKI_START.length + KEY_BYTES && SPKI_START.every((byte, at) => bytes[at] === byte)
  return isSpki ? [{ publicKey: bytes.subarray(SPKI_START.length), listed: null }] : null
}

const KEY_BYTES = 32
/** What stands before an Ed25519 key in a PEM (RFC 8410). */
const SPKI_START = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00]

function readList(text: string): KeyList | null {
  try {
    return keyListSchema.safeParse(JSON.parse(text)).data ?? null
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))

/** The one that a file names; undefined: it is not among them. */
export const keyNamedBy = (deps: HashDep, keys: readonly GivenKey[], fingerprint: string): GivenKey | undefined =>
  keys.find(({ publicKey }) => keyFingerprint(deps, publicKey) === fingerprint)

/** By so much a PC's clock may differ from the centre's. */
const CLOCKS_APART_MS = 86_400_000

/** What the list says against a statement that the key did sign: it is another person's, or was not in force then. */
export function listedFault(
  { accountId, since, endedAt }: ListedKey,
  { signer, signedAt }: Pick<Statement, 'signer' | 'signedAt'>
): 'SignerWrong' | 'KeyNotInForce' | null {
  if (accountId !== signer) return 'SignerWrong'
  const at = Date.parse(signedAt)
  const isBefore = at < Date.parse(since) - CLOCKS_APART_MS
  const isAfter = endedAt !== null && at > Date.parse(endedAt) + CLOCKS_APART_MS
  return isBefore || isAfter ? 'KeyNotInForce' : null
}
