/** UUIDs lie in the store as 16-byte BLOBs: less than half of their text, and in the order of their making (UUIDv7). */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Where the two digits of each byte stand in the text. */
const PLACES = [0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34] as const

export function uuidToBlob(uuid: string): Uint8Array {
  if (!UUID.test(uuid)) throw new Error('not a UUID')
  const blob = new Uint8Array(PLACES.length)
  for (let byte = 0; byte < PLACES.length; byte++) {
    const at = PLACES[byte] ?? 0
    blob[byte] = (digitAt(uuid, at) << 4) | digitAt(uuid, at + 1)
  }
  return blob
}

/** `0` to `9` and the letters of either case: the low nibble of a letter begins at 1. */
function digitAt(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code < 0x3a ? code - 0x30 : (code & 0xf) + 9
}

const LENGTH = 36
const LOWER_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Whether it comes back from its bytes as it is. */
export const isLowerUuid = (text: string): boolean => text.length === LENGTH && LOWER_UUID.test(text)

const DIGITS = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

export function blobToUuid(blob: Uint8Array): string {
  if (blob.length !== 16) throw new Error(`a UUID has 16 bytes, got ${blob.length}`)
  let hex = ''
  for (const byte of blob) hex += DIGITS[byte]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
