/** UUIDs lie in the store as 16-byte BLOBs: less than half of their text, and in the order of their making (UUIDv7). */

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

export function uuidToBlob(uuid: string): Uint8Array {
  if (!UUID.test(uuid)) throw new Error('not a UUID')
  return Buffer.from(uuid.replaceAll('-', ''), 'hex')
}

export function blobToUuid(blob: Uint8Array): string {
  if (blob.length !== 16) throw new Error(`a UUID has 16 bytes, got ${blob.length}`)
  const hex = Buffer.from(blob.buffer, blob.byteOffset, 16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
